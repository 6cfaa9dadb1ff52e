/** Ready answers of everybody. Agents' own are not settings: actions/keep-templates.ts. */
import type { TemplateView, TemplateWrite } from '@otklik/contract/settings'
import { done, refuse } from '../outcome.ts'
import { nothingUses, tellChanged, type Kind } from './kept.ts'

export const templates: Kind<TemplateView, TemplateWrite> = {
  table: 'template',
  load: async (reader, ids) =>
    (
      await reader.named<Omit<TemplateView, 'archivedAt' | 'usedAt'> & { archivedAt: Date | null; usedAt: Date | null }>(
        'load-templates',
        `select t.id, t.name, t.ru, t.en, t.disposition_id as "dispositionId", t.resolved, t.version, t.archived_at as "archivedAt",
           coalesce(used.uses, 0)::int as uses, used.at as "usedAt"
         from template t left join lateral (select sum(u.uses) as uses, max(u.used_at) as at from template_use u where u.template_id = t.id) used on true
         where t.agent_id is null and ($1::uuid[] is null or t.id = any($1))
         order by t.archived_at is not null, t.name collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString(), usedAt: row.usedAt && row.usedAt.toISOString() })),
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
