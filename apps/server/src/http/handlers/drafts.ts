import { draftRoutes } from '@otklik/contract/drafts'
import { done, refuse } from '../../actions/outcome.ts'
import type { Reader } from '../../store/database.ts'
import { loadDrafts, writeDraft } from '../../store/drafts.ts'
import type { Register } from '../register.ts'

export const registerDrafts = (register: Register, { reader }: { readonly reader: Reader }): void => {
  register(draftRoutes.drafts, async ({ actor }) => done({ items: await loadDrafts(reader, actor.id) }))
  register(draftRoutes.putDraft, ({ deps, actor }, { params, body }) =>
    deps.transaction(async (tx) => {
      const at = deps.now()
      const isKept = await writeDraft(tx, { contactId: params.id, agentId: actor.id, ...body }, at)
      return isKept ? done({ changedAt: at.toISOString() }) : refuse('contactNotYours')
    }))
}
