/** Sites and teams: agents belong to a team, teams to a site with a time zone. */
import type { SiteView, SiteWrite, TeamView, TeamWrite } from '@otklik/contract/settings'
import { done } from '../outcome.ts'
import { countUses, tellChanged, type Kind } from './kept.ts'

type Dated<View> = Omit<View, 'archivedAt'> & { archivedAt: Date | null } & Record<string, unknown>
const shown = <View extends { archivedAt: string | null }>(row: Dated<View>) =>
  ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString() }) as unknown as View

export const sites: Kind<SiteView, SiteWrite> = {
  table: 'site',
  load: async (reader, ids) =>
    (
      await reader.named<Dated<SiteView>>(
        'load-site',
        `select id, name, time_zone as "timeZone", version, archived_at as "archivedAt" from site
         where $1::uuid[] is null or id = any($1) order by archived_at is not null, lower(name) collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => shown<SiteView>(row)),
  columns: (write) => ({ name: write.name, time_zone: write.timeZone }),
  afterPut: (tx, deps, id) => tellChanged(tx, deps, 'site', id),
  uses: async (reader, id) => {
    const { teams } = await reader.db
      .selectFrom('team')
      .select((eb) => eb.fn.countAll<number>().as('teams'))
      .where('siteId', '=', id)
      .where('archivedAt', 'is', null)
      .executeTakeFirstOrThrow()
    return { uses: countUses({ teams }), replacementNeeded: teams > 0 }
  },
  beforeArchive: async (tx, _deps, id, replaceWith) => {
    if (replaceWith)
      await tx.db
        .updateTable('team')
        .set((eb) => ({ siteId: replaceWith, version: eb('version', '+', 1) }))
        .where('siteId', '=', id)
        .where('archivedAt', 'is', null)
        .execute()
    return done(null)
  },
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, 'site', id),
}

export const teams: Kind<TeamView, TeamWrite> = {
  table: 'team',
  load: async (reader, ids) =>
    (
      await reader.named<Dated<TeamView>>(
        'load-team',
        `select id, name, site_id as "siteId", version, archived_at as "archivedAt" from team
         where $1::uuid[] is null or id = any($1) order by archived_at is not null, lower(name) collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => shown<TeamView>(row)),
  columns: (write) => ({ name: write.name, site_id: write.siteId }),
  afterPut: (tx, deps, id) => tellChanged(tx, deps, 'team', id),
  uses: async (reader, id) => {
    const { agents } = await reader.db
      .selectFrom('agent')
      .select((eb) => eb.fn.countAll<number>().as('agents'))
      .where('teamId', '=', id)
      .where('archivedAt', 'is', null)
      .executeTakeFirstOrThrow()
    return { uses: countUses({ agents }), replacementNeeded: agents > 0 }
  },
  beforeArchive: async (tx, _deps, id, replaceWith) => {
    if (!replaceWith) return done(null)
    await tx.db
      .updateTable('agent')
      .set((eb) => ({ teamId: replaceWith, version: eb('version', '+', 1) }))
      .where('teamId', '=', id)
      .execute()
    // Whoever supervises it supervises what takes its place.
    await tx.named(
      'move-supervised-team',
      'insert into supervised_team (agent_id, team_id) select agent_id, $2 from supervised_team where team_id = $1 on conflict do nothing',
      [id, replaceWith],
    )
    return done(null)
  },
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, 'team', id),
}
