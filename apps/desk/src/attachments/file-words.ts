/** How files are worded: why one is refused, and what stands for a message without words. */
import { attachmentLimits, fileSize } from '@otklik/contract/attachment-rules'
import type { FileSummary } from '@otklik/contract/attachments'
import type { Language } from '@otklik/contract/fields'
import type { Translate } from '../texts/texts.ts'
import type { FileRefusal } from './uploads.ts'

/** Why a file was not taken, and what may be done. */
export const wordRefusal = (failure: FileRefusal, language: Language, t: Translate): string => {
  switch (failure) {
    case 'fileTooLarge':
      return t('attachments.refused.fileTooLarge', { size: fileSize(attachmentLimits.agentBytes, language) })
    case 'tooMany':
      return t('attachments.refused.tooMany', { most: attachmentLimits.perMessage })
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
  if (file.name === '') return t('attachments.removed')
  return file.isPicture ? t('attachments.picture') : file.name
}
