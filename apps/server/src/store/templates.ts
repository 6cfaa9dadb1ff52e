import type { DeskTemplate } from '@otklik/contract/templates'
import type { AgentId, DispositionId, TemplateId } from '@otklik/model/ids'
import type { Reader } from './database.ts'

interface Row {
  id: TemplateId
  version: number
  shared: boolean
  name: string
  ru: string
  en: string
  dispositionId: DispositionId | null
  dispositionName: string | null
  resolved: boolean
  ownUses: number
  uses: number
  usedAt: Date | null
}

/** Everybody's and the agent's own, those that the agent uses most first. A macro whose outcome was archived is a plain template. */
export const loadDeskTemplates = async (reader: Reader, agentId: AgentId): Promise<DeskTemplate[]> =>
  (
    await reader.named<Row & Record<string, unknown>>(
      'desk-templates',
      `select t.id, t.version, t.agent_id is null as shared, t.name, t.ru, t.en, d.id as "dispositionId", d.name as "dispositionName", t.resolved,
         coalesce(own.uses, 0) as "ownUses", coalesce(everybody.uses, 0)::int as uses, own.used_at as "usedAt"
       from template t
       left join disposition d on d.id = t.disposition_id and d.archived_at is null
       left join template_use own on own.template_id = t.id and own.agent_id = $1
       left join lateral (select sum(uses) as uses from template_use u where u.template_id = t.id) everybody on true
       where t.archived_at is null and (t.agent_id is null or t.agent_id = $1)
       order by coalesce(own.uses, 0) desc, coalesce(everybody.uses, 0) desc, t.name collate "ru-x-icu" limit 2000`,
      [agentId],
    )
  ).map(({ dispositionId, dispositionName, resolved, usedAt, ...row }) => ({
    ...row,
    usedAt: usedAt && usedAt.toISOString(),
    macro: dispositionId === null ? null : { dispositionId, dispositionName: dispositionName ?? '', resolved },
  }))
