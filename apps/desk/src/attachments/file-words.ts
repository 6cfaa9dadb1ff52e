/** How files are worded: sizes, why one is refused, and what stands for a message without words. */
import { attachmentLimits } from '@otklik/contract/attachment-rules'
import type { FileSummary } from '@otklik/contract/attachments'
import type { Language } from '@otklik/contract/fields'
import type { Failure } from '../api.ts'
import { formatNumber } from '../texts/format.ts'
import type { Translate } from '../texts/texts.ts'

const kilobyte = 1024
const megabyte = 1024 * 1024

/** Bytes in the unit that reads best: 830 B, 12 KB, 1.4 MB. */
export const formatBytes = (bytes: number, language: Language, t: Translate): string => {
  if (bytes < kilobyte) return t('attachments.bytes', { size: formatNumber(bytes, language) })
  if (bytes < 1000 * kilobyte) return t('attachments.kilobytes', { size: formatNumber(Math.round(bytes / kilobyte), language) })
  const size = Math.round((bytes / megabyte) * 10) / 10
  return t('attachments.megabytes', { size: formatNumber(size, language, Number.isInteger(size) ? 0 : 1) })
}

/** Why a file was not taken, and what may be done. */
export const wordRefusal = (failure: Failure, language: Language, t: Translate): string => {
  switch (failure) {
    case 'fileTooLarge':
      return t('attachments.refused.fileTooLarge', { size: formatBytes(attachmentLimits.agentBytes, language, t) })
    case 'fileBroken':
      return t('attachments.refused.fileBroken', { megapixels: attachmentLimits.megapixels })
    case 'fileTypeRefused':
    case 'fileMismatch':
    case 'fileEmpty':
    case 'fileLimitReached':
    case 'fileGone':
      return t(`attachments.refused.${failure}`)
    default:
      return t(`errors.${failure}`)
  }
}

/** The words of a message in a list; of one without words, what its first file is. */
export const wordsOrFile = (text: string | null | undefined, file: FileSummary | null | undefined, t: Translate): string | null => {
  if (text) return text
  if (!file) return null
  return file.isPicture ? t('attachments.picture') : file.name
}
