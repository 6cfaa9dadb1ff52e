/** Every word of the widget, in Russian and English. Times are the visitor's own. */
import { acceptedFiles } from '@otklik/contract/attachment-rules'
import type { ErrorCode } from '@otklik/contract/errors'
import type { ExpectedWait } from '@otklik/contract/realtime'
import type { MessagePart } from '@otklik/contract/views'
import type { CloseReason } from '@otklik/model/contact'

type Notice = Extract<MessagePart, { kind: 'notice' }>['code']
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

const rules = {
  ru: new Intl.PluralRules('ru'),
  en: new Intl.PluralRules('en'),
}
/** A number with its word. */
const count = (language: 'ru' | 'en', number: number, forms: Forms): string => `${number} ${forms[rules[language].select(number)] ?? forms.other}`

const ruSpan = {
  second: { one: 'секунду', few: 'секунды', other: 'секунд' },
  minute: { one: 'минуту', few: 'минуты', other: 'минут' },
  hour: { one: 'час', few: 'часа', other: 'часов' },
} satisfies Record<string, Forms>
const enSpan = {
  second: { one: 'second', other: 'seconds' },
  minute: { one: 'minute', other: 'minutes' },
  hour: { one: 'hour', other: 'hours' },
} satisfies Record<string, Forms>

/** In the largest unit that does not promise too much: 45 s, 2 min for 61–120 s, 1 h. */
const span = (language: 'ru' | 'en', seconds: number, { second, minute, hour }: typeof enSpan): string =>
  seconds < 60 ? count(language, Math.max(1, Math.round(seconds)), second) : seconds <= 3600 ? count(language, Math.ceil(seconds / 60), minute) : count(language, Math.ceil(seconds / 3600), hour)

type Between = Extract<ExpectedWait, { kind: 'between' }>
/** @param of after words such as “up to” and “about”; @param forms by themselves */
const between = (language: 'ru' | 'en', { fromMinutes: from, toMinutes: to }: Between, [less, upTo, about]: readonly string[], of: Forms, forms: Forms): string =>
  to <= 1 ? `${less}` : from > 0 && from < to ? `${from}–${count(language, to, forms)}` : `${from === 0 ? upTo : about} ${count(language, to, of)}`
const ruUpTo = { one: 'минуты', other: 'минут' } satisfies Forms
/** Day and time in the visitor's zone. */
const moment = (locale: string, instant: string): string =>
  new Date(instant).toLocaleString(locale, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })

type Refused = Partial<Record<ErrorCode, string>>
const because = (what: string, why?: string): string => (why ? `${what}: ${why}` : what)
/** What is taken, for eyes: jpg, jpeg, png… */
const taken = acceptedFiles.replaceAll(',.', ', ').slice(1)

const ru = {
  locale: 'ru',
  support: 'Поддержка',
  chatWith: 'Чат с поддержкой',
  open: 'Открыть чат',
  collapse: 'Свернуть',
  newMessages: (number: number) => count('ru', number, { one: 'новое сообщение', few: 'новых сообщения', other: 'новых сообщений' }),
  toNewest: 'К новым сообщениям',
  usually: (seconds: number) => `Обычно отвечаем за ${span('ru', seconds, ruSpan)}`,
  removed: (by: string) => `${by}: файл удалён`,
  nobody: 'Сейчас никого нет на линии',
  typing: 'печатает…',
  online: 'на связи',
  place: (position: number) => `Вы ${position}-й в очереди`,
  /** @param isShut nothing can be written, so that no answer is promised */
  expected: (wait: ExpectedWait, isShut = false) => {
    if (wait.kind === 'nobody') return 'Ответим, как только кто-нибудь выйдет на линию'
    if (wait.kind === 'notReady') return 'Ответим, как только кто-нибудь освободится'
    if (wait.kind === 'closed') return wait.opensAt === null ? 'Сейчас мы не отвечаем' : `${isShut ? 'Откроемся' : 'Ответим, когда откроемся'}: ${moment('ru', wait.opensAt)}`
    const rest =
      wait.kind === 'moreThan'
        ? `больше ${count('ru', wait.minutes, ruUpTo)}`
        : between('ru', wait, ['меньше минуты', 'до', 'около'], ruUpTo, { one: 'минута', few: 'минуты', other: 'минут' })
    return wait.longer ? `Дольше, чем обычно: ещё ${rest}` : `Обычно ${rest}`
  },
  leaveMessage: 'Оставьте сообщение: оно дождётся нас, ответ придёт сюда.',
  soon: 'Скоро ответим',
  longer: 'Сегодня отвечаем дольше обычного',
  mayLeave: 'Страницу можно ненадолго закрыть: место сохранится, ответ придёт сюда.',
  backBy: (until: string) => `Вернёмся с ответом: ${moment('ru', until)}`,
  write: 'Напишите сообщение',
  send: 'Отправить',
  left: (number: number) => (number >= 0 ? `Осталось ${count('ru', number, ruChars)}` : `Лишних: ${count('ru', -number, ruChars)}`),
  terms: 'Подробнее',
  sending: 'отправляется',
  accepted: 'доставлено',
  read: 'прочитано',
  you: 'Вы',
  failed: (code: ErrorCode, file = 'Не отправлено'): string => because(file, ru.refused[code]),
  attach: 'Прикрепить файл',
  download: (name: string) => `Скачать: ${name}`,
  notLoaded: 'Не скачалось, попробуйте ещё раз',
  tooManyFiles: 'в сообщении до 10 файлов',
  refused: {
    consentNeeded: 'условия изменились',
    queueClosed: 'чат сейчас не принимает сообщения',
    fileTooLarge: 'больше 20 МБ не принимаем',
    fileTypeRefused: `принимаем только ${taken}`,
    fileMismatch: 'внутри файла не то, что в названии',
    fileBroken: 'картинка повреждена или слишком большая',
    fileEmpty: 'файл пустой',
    fileLimitReached: 'слишком много за сутки',
    fileGone: 'файл не загрузился, прикрепите снова',
  } as Refused,
  sendAgain: 'Отправить ещё раз',
  sendWithout: 'Отправить без файла',
  discard: 'Удалить',
  offline: 'Нет связи. Сообщение уйдёт само',
  wait: (seconds: number) => `Много сообщений подряд. Следующее уйдёт само через ${span('ru', seconds, ruSpan)}`,
  consent: 'Условия изменились. Прочитайте их внизу и отправьте сообщение ещё раз',
  blocked: 'Чат недоступен. Свяжитесь с нами другим способом',
  unavailable: 'Чат сейчас не работает. Попробуйте позже',
  notRated: 'Оценку принять не удалось',
  end: 'Закончить чат',
  askEnd: (isQueued: boolean): string => (isQueued ? 'Выйти из очереди?' : 'Закончить чат?'),
  doEnd: (isQueued: boolean): string => (isQueued ? 'Выйти' : 'Закончить'),
  stay: 'Остаться',
  ended: (reason: CloseReason | null, time: string): string =>
    reason === 'customerEnded'
      ? `Вы закончили чат в ${time}`
      : reason === 'agentEnded' || reason === 'blocked'
        ? `Поддержка закончила чат в ${time}`
        : `Чат закончен в ${time}${reason === 'customerAway' ? ': долго не было связи' : reason === 'customerSilent' ? ': давно не было сообщений' : ''}`,
  notice: { transferred: 'Передаём разговор коллеге', escalated: 'Передаём разговор старшим специалистам', agentLost: 'Ищем, кто продолжит разговор', answered: 'Передаём разговор коллеге', reopened: 'Чат снова открыт' } as Partial<Record<Notice, string>>,
  rateTitle: 'Мы вам помогли?',
  rateSeen: 'Оценку увидит тот, кто отвечал, и старший.',
  rateLow: 'совсем нет',
  rateHigh: 'да, всё решено',
  score: (number: number) => `${number} из 5`,
  comment: 'Что понравилось или чего не хватило?',
  rate: 'Отправить оценку',
  notSolved: 'Вопрос остался', writeOn: 'Напишите, что осталось, и мы продолжим',
  thanks: 'Спасибо за оценку!',
  thanksMore: 'Если появится вопрос, просто напишите.',
  today: 'Сегодня',
  yesterday: 'Вчера',
}
const ruChars = { one: 'знак', few: 'знака', other: 'знаков' }

export type Texts = typeof ru

const en: Texts = {
  locale: 'en-GB',
  support: 'Support',
  chatWith: 'Chat with support',
  open: 'Open chat',
  collapse: 'Minimise',
  newMessages: (number) => count('en', number, { one: 'new message', other: 'new messages' }),
  toNewest: 'To the new messages',
  usually: (seconds) => `We usually answer within ${span('en', seconds, enSpan)}`,
  removed: (by) => `File removed by ${by}`,
  nobody: 'Nobody is here right now',
  typing: 'is typing…',
  online: 'online',
  place: (position) => `You are number ${position} in line`,
  expected: (wait, isShut) => {
    if (wait.kind === 'nobody') return 'We answer as soon as somebody is back'
    if (wait.kind === 'notReady') return 'We answer as soon as somebody is free'
    if (wait.kind === 'closed') return wait.opensAt === null ? 'Nobody answers at the moment' : `${isShut ? 'We open' : 'We answer when we open'}: ${moment('en-GB', wait.opensAt)}`
    const rest =
      wait.kind === 'moreThan'
        ? `more than ${count('en', wait.minutes, enSpan.minute)}`
        : between('en', wait, ['less than a minute', 'up to', 'about'], enSpan.minute, enSpan.minute)
    return wait.longer ? `Longer than usual: ${rest} more` : `Usually ${rest}`
  },
  leaveMessage: 'Leave a message: it waits for us, and the answer comes here.',
  soon: 'We will be with you soon',
  longer: 'Answers take longer than usual today',
  backBy: (until) => `We will be back with an answer by ${moment('en-GB', until)}`,
  mayLeave: 'You can close this page for a while: your place is kept, and the answer comes here.',
  write: 'Write a message',
  send: 'Send',
  left: (number) => (number >= 0 ? `${count('en', number, enChars)} left` : `${count('en', -number, enChars)} too many`),
  terms: 'Read more',
  sending: 'sending',
  accepted: 'delivered',
  read: 'read',
  you: 'You',
  failed: (code, file = 'Not sent') => because(file, en.refused[code]),
  attach: 'Attach a file',
  download: (name) => `Download ${name}`,
  notLoaded: 'Not downloaded, try again',
  tooManyFiles: 'a message takes up to 10 files',
  refused: {
    consentNeeded: 'the terms have changed',
    queueClosed: 'the chat takes no messages right now',
    fileTooLarge: 'more than 20 MB is not taken',
    fileTypeRefused: `only ${taken} are taken`,
    fileMismatch: 'the content is not what the name says',
    fileBroken: 'the picture is damaged or too large',
    fileEmpty: 'the file is empty',
    fileLimitReached: 'too much within a day',
    fileGone: 'the file was not uploaded, attach it again',
  },
  sendAgain: 'Send again',
  sendWithout: 'Send without the file',
  discard: 'Delete',
  offline: 'No connection. Your message will go by itself',
  wait: (seconds) => `Many messages in a row. The next one goes by itself in ${span('en', seconds, enSpan)}`,
  consent: 'The terms have changed. Read them below and send your message again',
  blocked: 'The chat is not available. Please reach us another way',
  unavailable: 'The chat is not working right now. Please try later',
  notRated: 'Your rating could not be taken',
  end: 'End chat',
  askEnd: (isQueued) => (isQueued ? 'Leave the line?' : 'End the chat?'),
  doEnd: (isQueued) => (isQueued ? 'Leave' : 'End'),
  stay: 'Stay',
  ended: (reason, time) =>
    reason === 'customerEnded'
      ? `You ended the chat at ${time}`
      : reason === 'agentEnded' || reason === 'blocked'
        ? `Support ended the chat at ${time}`
        : `The chat ended at ${time}${reason === 'customerAway' ? ': there was no connection for long' : reason === 'customerSilent' ? ': there were no messages for long' : ''}`,
  notice: { transferred: 'Passing you to a colleague', escalated: 'Passing you to a senior specialist', agentLost: 'Finding somebody to go on with you', answered: 'Passing you to a colleague', reopened: 'The chat is open again' },
  rateTitle: 'Did we help you?',
  rateSeen: 'Seen by the person who answered and their lead.',
  rateLow: 'not at all',
  rateHigh: 'yes, all solved',
  score: (number) => `${number} of 5`,
  comment: 'What was good, what was missing?',
  rate: 'Send rating',
  notSolved: 'Not solved', writeOn: 'Write what is left, and we go on',
  thanks: 'Thank you for the rating!',
  thanksMore: 'If anything comes up, just write.',
  today: 'Today',
  yesterday: 'Yesterday',
}
const enChars = { one: 'character', other: 'characters' }

export const textsOf = (language: 'ru' | 'en'): Texts => (language === 'en' ? en : ru)

/** Time of day, such as 14:09. */
export const clock = (texts: Texts, at: Date): string => at.toLocaleTimeString(texts.locale, { hour: '2-digit', minute: '2-digit' })

/** The day as a heading: today, yesterday, 20 November. */
export const dayName = (texts: Texts, at: Date, now: Date): string => {
  const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0)
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
  if (days <= 0) return texts.today
  return days === 1 ? texts.yesterday : at.toLocaleDateString(texts.locale, { day: 'numeric', month: 'long' })
}
