/**
 * Which files a chat takes, how large and how many: one place for the server, which judges, and for desk and widget, which
 * say it before anything is sent. Without imports, so that the widget stays small.
 */
const mebibyte = 1024 * 1024

/** What a widget must know; by themselves, so that it carries nothing else. */
export const visitorBytes = 20 * mebibyte
export const filesPerMessage = 10

export const attachmentLimits = {
  visitorBytes,
  agentBytes: 50 * mebibyte,
  perMessage: filesPerMessage,
  /** Of one visitor, in 24 hours. */
  visitorBytesPerDay: 200 * mebibyte,
  visitorUploadsPerMinute: 10,
  agentUploadsPerMinute: 60,
  nameLength: 200,
  /** A file that was not sent is deleted after so long. */
  unsentHours: 24,
  /** An address of a file is good for so long. */
  linkMinutes: 5,
  /** The longer side of a preview, and the most pixels that a picture may have. */
  previewPixels: 640,
  megapixels: 40,
} as const

/** What is taken, by the end of a file's name, and as which type. */
export const fileTypes = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  // Without preview: the format needs a licence that free decoders lack.
  heic: 'image/heic',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
} as const
export type FileExtension = keyof typeof fileTypes
export type FileType = (typeof fileTypes)[FileExtension]

/** The end of a name, if files of that kind are taken. */
export const extensionOf = (name: string): FileExtension | undefined =>
  (Object.keys(fileTypes) as FileExtension[]).find((one) => name.toLowerCase().endsWith(`.${one}`))

/**
 * The same kinds for a file input, spelt out so that the widget goes without the table. Without HEIC: a phone that is not
 * offered it sends its photos as JPEG.
 */
export const acceptedFiles = '.jpg,.jpeg,.png,.gif,.webp,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.txt,.csv,.zip,.mp3,.ogg,.wav,.mp4'

/** What can be said of a file before it is sent; the server looks inside of it, too. */
export const refusalOf = (name: string, bytes: number, mostBytes: number): 'fileEmpty' | 'fileTooLarge' | 'fileTypeRefused' | undefined => {
  if (bytes === 0) return 'fileEmpty'
  if (bytes > mostBytes) return 'fileTooLarge'
  return `${acceptedFiles},.heic`.split(',').some((end) => name.toLowerCase().endsWith(end)) ? undefined : 'fileTypeRefused'
}

/** Bytes in the unit that reads best, one rule for both sides of a chat: 12 kB, 1.4 MB; less than a kilobyte is one. */
export const fileSize = (bytes: number, locale: string): string => {
  const kilobytes = Math.max(1, bytes / 1024)
  const [number, unit] = kilobytes < 1000 ? [Math.round(kilobytes), 'kilobyte'] : [kilobytes / 1024, 'megabyte']
  return number.toLocaleString(locale, { style: 'unit', unit, maximumFractionDigits: 1 })
}

/** The header that carries a file's name, percent-encoded as `encodeURIComponent` does. */
export const fileNameHeader = 'X-File-Name'
