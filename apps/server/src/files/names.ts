/** Names of files: shown and offered for saving, never used as a path of ours. */
import { attachmentLimits } from '@otklik/contract/attachment-rules'
import { wellFormed } from '@otklik/contract/fields'

// Control characters, and those that turn the reading direction: "exe.gpj" would read as "jpg.exe".
const unseen = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The name as it is kept: one line, without folders, not too long; its end stays, because it says what the file is. */
export const tidyName = (raw: string): string => {
  const last = wellFormed(raw.normalize('NFC')).replace(unseen, '').split(/[/\\]/).at(-1) ?? ''
  const name = last.replace(/[<>:"|?*]/g, '_').replace(/\s+/g, ' ').replace(/^[\s.]+/, '').trim()
  if (name.length <= attachmentLimits.nameLength) return name
  const end = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return wellFormed(name.slice(0, attachmentLimits.nameLength - end.length)).trim() + end
}

/** The name from its header; undefined when it cannot be read. */
export const readName = (header: string | string[] | undefined): string | undefined => {
  if (typeof header !== 'string') return undefined
  try {
    return tidyName(decodeURIComponent(header))
  } catch {
    return undefined // half of an escape: the caller says what is expected
  }
}

/** RFC 6266: for old programs without letters beyond ASCII, for all others as it is. */
export const disposition = (kind: 'attachment' | 'inline', name: string): string =>
  `${kind}; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`
