/** What administrators keep: the same five routes for each kind. */
import { routes, settingsRoutes } from '@otklik/contract/routes'
import { agents } from '../../actions/settings/agents.ts'
import { articles } from '../../actions/settings/articles.ts'
import { channels } from '../../actions/settings/channels.ts'
import { archiveSetting, putSetting, restoreSetting, tellChanged, type Kind, type Stored } from '../../actions/settings/kept.ts'
import { sites, teams } from '../../actions/settings/places.ts'
import { loadQueueRouting, putQueueRouting } from '../../actions/settings/queue-routing.ts'
import { queues } from '../../actions/settings/queues.ts'
import { skills } from '../../actions/settings/skills.ts'
import { templates } from '../../actions/settings/templates.ts'
import { dispositions, reasons } from '../../actions/settings/words.ts'
import { done, refuse } from '../../actions/outcome.ts'
import type { QueueId } from '@otklik/model/ids'
import type { Reader } from '../../store/database.ts'
import type { Handler, Register } from '../register.ts'

type Five = (typeof settingsRoutes)[keyof typeof settingsRoutes]

export const registerSettings = (register: Register, { reader }: { readonly reader: Reader }): void => {
  /**
   * The kind and its routes are of one thing, which the compiler cannot follow through the union of them all; the pairs
   * stand side by side below.
   */
  const registerKind = <View extends Stored, Write extends { readonly version: number }>(five: Five, kind: Kind<View, Write>): void => {
    const same = five as typeof settingsRoutes.sites
    const shown = <Value>(value: Value) => value as never
    register(same.list, async () => done(shown({ items: await kind.load(reader) })))
    register(same.put, (async (context, { params, body }) =>
      shown(await putSetting(context.deps, kind, params.id, body as never))) satisfies Handler<typeof settingsRoutes.sites.put>)
    register(same.uses, async (_context, { params }) => {
      const [view] = await kind.load(reader, [params.id])
      return view ? done(await kind.uses(reader, params.id)) : refuse('notFound')
    })
    register(same.archive, async (context, { params, body }) => shown(await archiveSetting(context.deps, kind, params.id, body)))
    register(same.restore, async (context, { params, body }) => shown(await restoreSetting(context.deps, kind, params.id, body.version)))
  }
  registerKind(settingsRoutes.sites, sites)
  registerKind(settingsRoutes.teams, teams)
  registerKind(settingsRoutes.skills, skills)
  registerKind(settingsRoutes.queues, queues)
  registerKind(settingsRoutes.agents, agents)
  registerKind(settingsRoutes.reasons, reasons)
  registerKind(settingsRoutes.dispositions, dispositions)
  registerKind(settingsRoutes.templates, templates)
  registerKind(settingsRoutes.articles, articles)
  registerKind(settingsRoutes.channels, channels)

  const queueRouting = async (id: QueueId) => {
    const view = await loadQueueRouting(reader, id)
    return view ? done(view) : refuse('notFound')
  }
  register(routes.queueRouting, (_context, { params }) => queueRouting(params.id))
  register(routes.putQueueRouting, async (context, { params, body }) => {
    const outcome = await putQueueRouting(context.deps, params.id, body)
    return outcome.ok ? queueRouting(params.id) : outcome
  })

  const company = async () => {
    const row = await reader.db.selectFrom('company').select(['name', 'language', 'timeZone', 'retentionDays', 'version']).executeTakeFirst()
    return row ? done({ ...row, language: row.language as 'ru' | 'en' }) : refuse('setupNeeded')
  }
  register(routes.company, company)
  register(routes.changeCompany, async (context, { body }) => {
    const { version, ...fields } = body
    const changed = await context.deps.transaction(async (tx) => {
      const row = await tx.db
        .updateTable('company')
        .set((eb) => ({ ...fields, version: eb('version', '+', 1) }))
        .where('version', '=', version)
        .returning('version')
        .executeTakeFirst()
      if (!row) return refuse('versionConflict')
      await tellChanged(tx, context.deps, 'company', context.actor.id)
      return done(null)
    })
    return changed.ok ? company() : changed
  })
}
