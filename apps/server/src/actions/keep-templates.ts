/** An agent's own ready answers, and the counting of all. Everybody's are a kind of settings. */
import type { AgentId, DispositionId, TemplateId } from '@otklik/model/ids'
import { brokenConstraint } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { done, refuse, type Outcome } from './outcome.ts'

interface Own {
  readonly id: TemplateId
  readonly agentId: AgentId
}
export interface TemplateFields {
  readonly name: string
  readonly ru: string
  readonly en: string
  readonly dispositionId: DispositionId | null
  readonly resolved: boolean
}

/** Creates (version 0) or changes a template of the agent's own; the same writing again is no error. */
export const putOwnTemplate = async (
  deps: Deps,
  { id, agentId }: Own,
  { version, ...fields }: TemplateFields & { readonly version: number },
): Promise<Outcome<{ id: TemplateId; version: number }>> => {
  try {
    return await deps.transaction(async (tx) => {
      if (version === 0) await tx.named('lock-template', `select pg_advisory_xact_lock(hashtextextended('template ' || $1::text, 0))`, [id]) // there is no row to lock yet
      const present = await tx.db.selectFrom('template').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
      if (present && (present.agentId !== agentId || present.archivedAt)) return refuse('notFound')
      if (!present) {
        if (version !== 0) return refuse('notFound')
        await tx.db.insertInto('template').values({ id, agentId, ...fields }).execute()
        return done({ id, version: 1 })
      }
      const isSame = Object.entries(fields).every(([name, value]) => present[name as keyof TemplateFields] === value)
      if (present.version === version + 1 && isSame) return done({ id, version: present.version })
      if (present.version !== version) return refuse('versionConflict', { detail: `The version is ${present.version} now.` })
      await tx.db
        .updateTable('template')
        .set({ ...fields, version: version + 1 })
        .where('id', '=', id)
        .execute()
      return done({ id, version: version + 1 })
    })
  } catch (error) {
    const constraint = brokenConstraint(error)
    if (constraint === 'template_own_name') return refuse('nameTaken')
    if (constraint?.endsWith('_fkey')) return refuse('notFound', { detail: 'There is no such disposition.' })
    throw error
  }
}

/** Removed, it stays for the counts. What is removed already is no error. */
export const removeOwnTemplate = (deps: Deps, { id, agentId }: Own): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const row = await tx.db
      .updateTable('template')
      .set((eb) => ({ archivedAt: eb.fn.coalesce('archivedAt', eb.val(deps.now())) }))
      .where('id', '=', id)
      .where('agentId', '=', agentId)
      .returning('id')
      .executeTakeFirst()
    return row ? done(null) : refuse('notFound')
  })

export const countTemplateUse = (deps: Deps, { id, agentId }: Own): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const template = await tx.db.selectFrom('template').select('agentId').where('id', '=', id).executeTakeFirst()
    if (!template || (template.agentId !== null && template.agentId !== agentId)) return refuse('notFound')
    const at = deps.now()
    await tx.db
      .insertInto('templateUse')
      .values({ templateId: id, agentId, uses: 1, usedAt: at })
      .onConflict((conflict) => conflict.columns(['templateId', 'agentId']).doUpdateSet((eb) => ({ uses: eb('templateUse.uses', '+', 1), usedAt: at })))
      .execute()
    return done(null)
  })
