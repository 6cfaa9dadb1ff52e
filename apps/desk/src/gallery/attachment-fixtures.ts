/** Files for the gallery: in the log, and beside what is being written, one of them refused. */
import type { FileView } from '@otklik/contract/attachments'
import type { Language } from '@otklik/contract/fields'
import type { MessageView } from '@otklik/contract/views'
import type { FileId } from '@otklik/model/ids'
import drawing from '../look/favicon.svg?no-inline'

const names = {
  ru: { picture: 'Экран телефона в день списания.png', tall: 'Чек.jpg', document: 'Заявление о возврате денежных средств за услугу, подписанное, скан, исправленный.pdf', sheet: 'Детализация за октябрь.xlsx', other: 'Договор.docx' },
  en: { picture: 'Phone screen on the day of the charge.png', tall: 'Receipt.jpg', document: 'Request for a refund of the service, signed, scanned, with corrections.pdf', sheet: 'Details for October.xlsx', other: 'Agreement.docx' },
} as const

const file = (number: number, name: string, type: string, bytes: number, image: FileView['image'] = null): FileView => ({ id: `file-${number}` as FileId, name, type, bytes, image })

/** The conversation with files in two of its messages. */
export const withFiles = (messages: readonly MessageView[], language: Language): MessageView[] => {
  const said = names[language]
  const picture = file(1, said.picture, 'image/png', 431_220, { width: 1600, height: 900 })
  const tall = file(2, said.tall, 'image/jpeg', 91_220, { width: 300, height: 1400 })
  const document = file(3, said.document, 'application/pdf', 2_431_220)
  return messages.map((message, index) => {
    if (index === 0) return { ...message, parts: [...message.parts, { kind: 'file', ...picture }] }
    if (index === 2) return { ...message, parts: [...message.parts, { kind: 'file', ...document }] }
    return index === messages.length - 1 ? { ...message, parts: [{ kind: 'file', ...tall }, { kind: 'file', ...document }] } : message
  })
}

/** As the drafts keep it: two are up, one was lost with the page that held it, others cannot go; the reasons are more than their place. */
export const filesInDraft = (language: Language): string =>
  JSON.stringify([
    { id: 'file-4', name: names[language].sheet, bytes: 18_220, view: file(4, names[language].sheet, '', 18_220) },
    { id: 'file-5', name: names[language].other, bytes: 48_220, view: file(5, names[language].other, '', 48_220) },
    { id: 'file-6', name: names[language].document, bytes: 2_431_220, view: null },
    { id: 'file-7', name: 'setup.exe', bytes: 2_431_220, view: null, refusal: 'fileTypeRefused' },
    { id: 'file-8', name: names[language].tall, bytes: 91_220, view: null, refusal: 'tooMany' },
  ])

export const fileLink = { url: drawing, previewUrl: drawing, expiresAt: '2099-01-01T00:00:00.000Z' }
