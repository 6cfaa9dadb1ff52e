/** Files in a conversation. */
export const attachments = {
  attach: 'Прикрепить файл',
  list: 'Файлы к сообщению',
  drop: 'Отпустите, чтобы прикрепить',
  picture: 'Картинка',
  uploading: 'Загружается: {{percent}} %',
  waiting: 'Ждёт связи', inTurn: 'Ждёт очереди',
  checking: 'Проверяется',
  cancel: 'Не загружать: {{name}}',
  remove: 'Убрать: {{name}}',
  retry: 'Загрузить ещё раз: {{name}}',
  download: 'Скачать',
  open: 'Открыть картинку: {{name}}',
  takeBack: 'Удалить отправленный файл: {{name}}', takeBackTitle: 'Удалить файл?', takeBackDo: 'Удалить',
  takeBackText: '«{{name}}» исчезнет у вас и у клиента. Вернуть его будет нельзя, а скачанное останется у того, кто скачал.',
  removedBy: '{{name}}: файл удалён', removed: 'Файл удалён',
  leftOut: 'Ушло без этих файлов: {{names}}',
  unsent: 'Сначала отправьте или уберите файлы',
  /** Why a file is not taken, and what is. */
  refused: {
    tooMany: 'Не поместились: к сообщению прикрепляют не больше {{most}} файлов',
    fileTooLarge: 'Больше {{size}}: такой файл не отправить',
    fileTypeRefused: 'Такие файлы не принимаем. Можно картинки, PDF, документы Office и OpenDocument, TXT, CSV, ZIP, MP3, OGG, WAV и MP4',
    fileMismatch: 'Внутри не то, что в названии: проверьте, тот ли это файл',
    fileBroken: 'Картинка повреждена или слишком большая: можно до {{megapixels}} Мпикс.',
    fileEmpty: 'Файл пустой',
    fileLimitReached: 'За сутки загружено слишком много',
    fileGone: 'Не загрузился. Прикрепите ещё раз',
  },
}

/** The same as answers to a message that names files. */
export const fileErrors = {
  fileTooLarge: 'Файл слишком большой',
  fileTypeRefused: 'Файлы такого вида не принимаются',
  fileMismatch: 'В файле не то, что в его названии',
  fileBroken: 'Картинка повреждена или слишком большая',
  fileEmpty: 'Файл пустой',
  fileLimitReached: 'За сутки загружено слишком много',
  fileGone: 'Файла нет на сервере. Прикрепите его ещё раз',
}
