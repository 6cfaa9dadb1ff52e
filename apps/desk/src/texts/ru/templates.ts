/** Ready answers and the palette. */
export const templates = {
  title: 'Шаблоны', own: 'мой', onlyIn: 'Есть только на другом языке: {{language}}', nothing: 'Такого шаблона нет', loading: 'Шаблоны загружаются', failed: 'Шаблоны не загрузились', sentAsIs: 'Чтобы отправить как есть: Esc, затем Enter', takeIn: { ru: 'вставить по-русски', en: 'вставить по-английски' }, noneYet: 'Шаблонов пока нет', add: 'Добавить свой', closesWith: 'закроет: «{{name}}»',
  ownTitle: 'Мои шаблоны', which: 'Какой', fresh: 'Новый', ru: 'По-русски', en: 'По-английски', used: { one: 'Вы брали его {{count}} раз, последний: {{when}}', few: 'Вы брали его {{count}} раза, последний: {{when}}', many: 'Вы брали его {{count}} раз, последний: {{when}}', other: 'Вы брали его {{count}} раза, последний: {{when}}' }, neverUsed: 'Вы его ещё не брали', uses: { one: '{{count}} раз', few: '{{count}} раза', many: '{{count}} раз', other: '{{count}} раза' },
  wordsNeeded: 'Напишите хотя бы на одном языке',
  variables: 'Подставим сами: {{list}}', unknownVariables: {
    one: 'Неизвестная подстановка: {{list}}. Клиент увидел бы её как есть', few: 'Неизвестные подстановки: {{list}}. Клиент увидел бы их как есть',
    many: 'Неизвестные подстановки: {{list}}. Клиент увидел бы их как есть', other: 'Неизвестные подстановки: {{list}}. Клиент увидел бы их как есть',
  },
  disposition: 'Закрывать с итогом', noDisposition: 'Не закрывать', resolved: 'Решено',
  removed: 'Шаблон убран', willClose: 'После отправки закроется: «{{name}}»', willStay: 'Не закрывать',
} as const

export const palette = {
  title: 'Найти и сделать', placeholder: 'Контакт, клиент, команда, шаблон, страница', hint: '↑ ↓ и Enter', command: 'команда', contact: 'контакт', template: 'шаблон',
  page: 'страница', customer: 'клиент', article: 'статья', on: 'включено', off: 'выключено',
  /** Words that people look for what is called otherwise here; nobody reads them. */
  also: {
    theme: 'тема оформление ночная', ru: 'русский russian', en: 'английский english', signOut: 'выход закончить смену', pause: 'перерыв пауза обед не готов',
    available: 'доступен готов на линию', notifications: 'уведомления', sound: 'звук громкость', wall: 'табло стена экран', floor: 'мониторинг операторы',
    snooze: 'потом позже напомнить', transfer: 'передать', end: 'закрыть закончить', templates: 'шаблоны готовые ответы', create: 'создать добавить', help: 'горячие клавиши помощь',
  },
} as const
