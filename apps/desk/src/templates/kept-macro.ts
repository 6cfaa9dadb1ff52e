/** The outcome that a chosen macro closes with, kept beside the draft that it came with: it lives and dies with those words. */
import { DeskTemplate } from '@otklik/contract/templates'
import type { ContactId } from '@otklik/model/ids'
import type { Drafts } from '../desk/drafts.ts'

type Macro = DeskTemplate['macro']

/** What lies there may be of an older desk: then nothing closes by itself. */
export const readMacro = (drafts: Pick<Drafts, 'read'>, contactId: ContactId): Macro => {
  const kept = drafts.read(contactId, 'macro')
  if (kept === '' || drafts.read(contactId, 'reply') === '') return null
  return DeskTemplate.shape.macro.safeParse(JSON.parse(kept)).data ?? null
}

export const writeMacro = (drafts: Pick<Drafts, 'write'>, contactId: ContactId, macro: Macro): void =>
  drafts.write(contactId, 'macro', macro === null ? '' : JSON.stringify(macro))
