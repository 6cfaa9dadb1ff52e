/**
 * Which files a chat takes, how large and how many: one place for the server, which judges, and for desk and widget, which
 * say it before anything is sent. Without imports, so that the widget stays small.
 */
const mebibyte = 1024 * 1024

export const attachmentLimits = {
  visitorBytes: 20 * mebibyte,
  agentBytes: 50 * mebibyte,
  perMessage: 10,
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

/** What is taken, by the end of a file's name. */
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
export const extensionOf = (name: string): FileExtension | undefined => {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(fileTypes, extension) ? (extension as FileExtension) : undefined
}

/** For a file input. Without HEIC: a phone that is not offered it sends its photos as JPEG. */
export const acceptedFiles: string = Object.keys(fileTypes)
  .filter((extension) => extension !== 'heic')
  .map((extension) => `.${extension}`)
  .join(',')

/** What can be said of a file before it is sent; the server looks inside of it, too. */
export const refusalOf = (name: string, bytes: number, mostBytes: number): 'fileEmpty' | 'fileTooLarge' | 'fileTypeRefused' | undefined => {
  if (bytes === 0) return 'fileEmpty'
  if (bytes > mostBytes) return 'fileTooLarge'
  return extensionOf(name) === undefined ? 'fileTypeRefused' : undefined
}

/** The header that carries a file's name, percent-encoded as `encodeURIComponent` does. */
export const fileNameHeader = 'X-File-Name'
