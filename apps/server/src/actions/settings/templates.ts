/** Ready answers of everybody. Agents' own are not settings: actions/keep-templates.ts. */
import type { TemplateView, TemplateWrite } from '@otklik/contract/settings'
import { done, refuse } from '../outcome.ts'
import { nothingUses, tellChanged, type Kind } from './kept.ts'

export const templates: Kind<TemplateView, TemplateWrite> = {
  table: 'template',
  load: async (reader, ids) =>
    (
      await reader.named<Omit<TemplateView, 'archivedAt'> & { archivedAt: Date | null }>(
        'load-templates',
        `select t.id, t.name, t.ru, t.en, t.disposition_id as "dispositionId", t.resolved, t.version, t.archived_at as "archivedAt",
           coalesce((select sum(uses) from template_use u where u.template_id = t.id), 0)::int as uses
         from template t where t.agent_id is null and ($1::uuid[] is null or t.id = any($1))
         order by t.archived_at is not null, t.name collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString() })),
  columns: ({ name, ru, en, dispositionId, resolved }) => ({ name, ru, en, disposition_id: dispositionId, resolved }),
  check: async (tx, _deps, id) => {
    const row = await tx.db.selectFrom('template').select('agentId').where('id', '=', id).executeTakeFirst()
    return row?.agentId ? refuse('notFound') : done(null)
  },
  afterPut: (tx, deps, id) => tellChanged(tx, deps, 'template', id),
  uses: () => Promise.resolve(nothingUses),
  beforeArchive: () => Promise.resolve(done(null)),
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, 'template', id),
}
