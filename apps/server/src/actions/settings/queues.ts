/**
 * Queues: where contacts wait. Archiving one moves its channels and escalations to another at once; what waits there, and what
 * comes back there later from hands or from being put off, is moved by the process that distributes (`actions/sweep.ts`).
 */
import type { QueueView, QueueWrite } from '@otklik/contract/settings'
import type { QueueId } from '@otklik/model/ids'
import { done, refuse } from '../outcome.ts'
import { countUses, tellQueues, type Kind } from './kept.ts'
import { countSteps, replaceInSteps } from './queue-routing.ts'

export const queues: Kind<QueueView, QueueWrite> = {
  table: 'queue',
  load: async (reader, ids) =>
    (
      await reader.named<Omit<QueueView, 'archivedAt'> & { archivedAt: Date | null } & Record<string, unknown>>(
        'load-queue',
        `select q.id, q.name, q.line, q.escalation_queue_id as "escalationQueueId", q.priority, q.target_seconds as "targetSeconds",
           q.offer_seconds as "offerSeconds", q.wrap_up_seconds as "wrapUpSeconds", q.away_minutes as "awayMinutes",
           q.silence_minutes as "silenceMinutes", q.greeting, q.version, q.archived_at as "archivedAt",
           coalesce((select jsonb_agg(jsonb_build_object('skillId', s.skill_id, 'level', s.level) order by s.skill_id)
             from queue_skill s where s.queue_id = q.id), '[]') as skills
         from queue q where $1::uuid[] is null or q.id = any($1)
         order by q.archived_at is not null, q.line, lower(q.name) collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString() })),
  columns: (write) => ({
    name: write.name,
    line: write.line,
    escalation_queue_id: write.escalationQueueId,
    priority: write.priority,
    target_seconds: write.targetSeconds,
    offer_seconds: write.offerSeconds,
    wrap_up_seconds: write.wrapUpSeconds,
    away_minutes: write.awayMinutes,
    silence_minutes: write.silenceMinutes,
    greeting: JSON.stringify(write.greeting),
  }),
  check: async (tx, _deps, id, write) => {
    if (!write.escalationQueueId) return done(null)
    if (write.escalationQueueId === id) return refuse('validationFailed', { detail: 'A queue cannot escalate to itself.' })
    const upper = await tx.db.selectFrom('queue').select(['line', 'archivedAt']).where('id', '=', write.escalationQueueId).executeTakeFirst()
    if (!upper || upper.archivedAt) return refuse('notFound', { detail: 'The escalation queue is not in use.' })
    return upper.line > write.line ? done(null) : refuse('validationFailed', { detail: 'The escalation queue must be of a higher line.' })
  },
  afterPut: async (tx, deps, id, write) => {
    await tx.db.deleteFrom('queueSkill').where('queueId', '=', id).execute()
    if (write.skills.length > 0)
      await tx.db.insertInto('queueSkill').values(write.skills.map((skill) => ({ queueId: id, ...skill }))).execute()
    await tellQueues(tx, deps, [id as QueueId])
  },
  uses: async (reader, id) => {
    const [row] = await reader.named<{ channels: number; waiting: number; inHand: number; escalations: number }>(
      'queue-uses',
      `select (select count(*) from channel_account where queue_id = $1 and archived_at is null)::int as channels,
         open.waiting, open."inHand",
         (select count(*) from queue where escalation_queue_id = $1 and archived_at is null)::int as escalations
       from (select count(*) filter (where state in ('queued', 'offered'))::int as waiting,
           count(*) filter (where state not in ('queued', 'offered'))::int as "inHand"
         -- Its own, and those of archived queues whose place it takes.
         from contact_routing where queue_id = $1 or queue_id in (select id from queue where replaced_by = $1)) open`,
      [id],
    )
    const counts = row ?? { channels: 0, waiting: 0, inHand: 0, escalations: 0 }
    return { uses: countUses({ ...counts, steps: await countSteps(reader, { queue: id }) }), replacementNeeded: counts.channels + counts.waiting + counts.inHand > 0 }
  },
  beforeArchive: async (tx, deps, id, replaceWith) => {
    // Only a higher line takes over what escalates: the form would take nothing else either.
    if (replaceWith)
      await tx.db
        .updateTable('queue')
        .set((eb) => ({ escalationQueueId: replaceWith, version: eb('version', '+', 1) }))
        .where('escalationQueueId', '=', id)
        .where('line', '<', (eb) => eb.selectFrom('queue as upper').select('upper.line').where('upper.id', '=', replaceWith))
        .execute()
    await tx.db
      .updateTable('queue')
      .set((eb) => ({ escalationQueueId: null, version: eb('version', '+', 1) }))
      .where('escalationQueueId', '=', id)
      .execute()
    await replaceInSteps(tx, deps, { queue: id }, replaceWith)
    await tx.db.updateTable('queue').set({ replacedBy: replaceWith ?? null }).where((is) => is.or([is('id', '=', id), is('replacedBy', '=', id)])).execute()
    // Whoever supervises it supervises what takes its place.
    if (replaceWith)
      await tx.named(
        'move-supervised-queue',
        'insert into supervised_queue (agent_id, queue_id) select agent_id, $2 from supervised_queue where queue_id = $1 on conflict do nothing',
        [id, replaceWith],
      )
    if (!replaceWith) return done(null)
    await tx.db
      .updateTable('channelAccount')
      .set((eb) => ({ queueId: replaceWith, version: eb('version', '+', 1) }))
      .where('queueId', '=', id)
      .execute()
    // Its articles are for the queue that takes its place, too.
    const named = await tx.db.selectFrom('articleQueue').select('articleId').where('queueId', '=', id).execute()
    if (named.length > 0) {
      const articleIds = named.map(({ articleId }) => articleId)
      await tx.db.insertInto('articleQueue').values(articleIds.map((articleId) => ({ articleId, queueId: replaceWith }))).onConflict((conflict) => conflict.doNothing()).execute()
      await tx.db.updateTable('article').set((eb) => ({ version: eb('version', '+', 1) })).where('id', 'in', articleIds).execute()
    }
    return done(null)
  },
  afterArchive: (tx, deps, id) => tellQueues(tx, deps, [id as QueueId]),
}
