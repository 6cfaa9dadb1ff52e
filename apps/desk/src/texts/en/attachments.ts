import type { Texts } from '../shape.ts'
import type { attachments as ruAttachments, fileErrors as ruFileErrors } from '../ru/attachments.ts'

export const attachments: Texts<typeof ruAttachments> = {
  attach: 'Attach a file',
  list: 'Files with the message',
  drop: 'Drop to attach',
  picture: 'Picture',
  uploading: 'Uploading: {{percent}}%',
  waiting: 'Waiting for the connection', inTurn: 'Waiting its turn',
  checking: 'Being checked',
  cancel: 'Do not upload {{name}}',
  remove: 'Remove {{name}}',
  retry: 'Upload {{name}} again',
  download: 'Download',
  open: 'Open the picture {{name}}',
  takeBack: 'Remove the sent file: {{name}}', takeBackTitle: 'Remove the file?', takeBackDo: 'Remove',
  takeBackText: '“{{name}}” goes for you and for the customer. It cannot be brought back, and who has saved it keeps it.',
  removedBy: 'File removed by {{name}}', removed: 'File removed',
  leftOut: 'Sent without these files: {{names}}',
  unsent: 'Send or remove the files first',
  refused: {
    tooMany: 'No room: a message takes at most {{most}} files',
    fileTooLarge: 'Over {{size}}: such a file cannot be sent',
    fileTypeRefused: 'Files of this kind are not taken. You can send pictures, PDF, Office and OpenDocument files, TXT, CSV, ZIP, MP3, OGG, WAV and MP4',
    fileMismatch: 'The content is not what the name says: check that this is the right file',
    fileBroken: 'The picture is damaged or too large: up to {{megapixels}} megapixels are taken',
    fileEmpty: 'The file is empty',
    fileLimitReached: 'Too much was uploaded within a day',
    fileGone: 'Not uploaded. Attach it again',
  },
}

export const fileErrors: Texts<typeof ruFileErrors> = {
  fileTooLarge: 'The file is too large',
  fileTypeRefused: 'Files of this kind are not taken',
  fileMismatch: 'The content of the file is not what its name says',
  fileBroken: 'The picture is damaged or too large',
  fileEmpty: 'The file is empty',
  fileLimitReached: 'Too much was uploaded within a day',
  fileGone: 'The file is not on the server. Attach it again',
}
