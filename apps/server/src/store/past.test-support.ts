/** The small centre of packages/metrics as a past of the sample centre: its log, and the rows that the log speaks of. */
import { createHash } from 'node:crypto'
import type { MetricEvent } from '@otklik/metrics/event'
import type { World } from '@otklik/metrics/world.test-support'
import type pg from 'pg'

/** A small generator with a fixed seed (Lehmer). */
export const createRandom = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647

/** A name of the small world as an id of the database. */
const idOf = (name: string) => createHash('sha256').update(name).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5')

/**
 * Writes the past; queues and agents of the world become those of the sample, in the order of their names.
 * @param pool whose triggers and keys are looked at as always
 */
export const writePast = async (pool: pg.Pool, world: World): Promise<void> => {
  const ids = async (table: 'queue' | 'agent') =>
    (await pool.query<{ id: string }>(table === 'queue' ? 'select id from queue order by name' : `select id from agent where role = 'agent' or email = 'agent3@sample.example' order by email`)).rows.map(({ id }) => id)
  const [queues, agents] = [await ids('queue'), await ids('agent')]
  const known = new Map([...['tariffs', 'roaming', 'experts'].map((name, at) => [name, queues[at]] as const), ...['anna', 'boris', 'vera'].map((name, at) => [name, agents[at]] as const)])
  const real = (name: string) => known.get(name) ?? idOf(name)
  const inIds = (payload: object) =>
    Object.fromEntries(Object.entries(payload).map(([name, value]: [string, unknown]) => [name, name === 'channel' ? 'webChat' : name.endsWith('Id') && typeof value === 'string' ? real(value) : value]))
  const contactOf = (event: MetricEvent) => world.ratedOf(event) ?? ('contactId' in event.payload ? event.payload.contactId : null)

  const stories = new Map<string, MetricEvent[]>()
  for (const event of world.events) {
    const id = contactOf(event)
    if (id !== null) stories.set(id, [...(stories.get(id) ?? []), event])
  }
  const [account] = (await pool.query<{ id: string }>('select id from channel_account')).rows
  for (const [name, story] of stories) await writeContact(pool, real, account?.id ?? '', name, story)
  const rows = world.events.map((event) => {
    const contact = contactOf(event)
    const payload = { ...inIds(event.payload), ...(contact === null ? {} : { contactId: real(contact) }) }
    return { at: event.at, kind: event.kind, subject: contact === null ? real('agentId' in event.payload ? (event.payload.agentId ?? '') : '') : real(contact), payload }
  })
  await pool.query(
    `insert into event (at, kind, subject, payload) select at, kind, subject, payload from jsonb_to_recordset($1) as r(at timestamptz, kind text, subject uuid, payload jsonb)`,
    [JSON.stringify(rows)],
  )
}

/** A contact as its story leaves it: its queues and people, what they answered, how it ended, what the customer says. */
const writeContact = async (pool: pg.Pool, real: (name: string) => string, account: string, name: string, story: readonly MetricEvent[]): Promise<void> => {
  const [first] = story
  if (first?.kind !== 'contact.queued') throw new Error(`${name} was never seen arriving`)
  const [id, issue, customer, arrivedAt] = [real(name), real(first.payload.issueId), idOf(`customer of ${first.payload.issueId}`), new Date(first.payload.arrivedAt)]
  const queues = story.flatMap((event) => (event.kind === 'contact.queued' ? [event] : []))
  const closed = story.find((event) => event.kind === 'contact.closed')
  const reply = story.find((event) => event.kind === 'message.sent')
  await pool.query(`insert into customer (id, language, first_seen_at) values ($1, 'ru', $2) on conflict do nothing`, [customer, arrivedAt])
  await pool.query('insert into issue (id, customer_id, opened_at) values ($1, $2, $3) on conflict do nothing', [issue, customer, arrivedAt])
  const ended = story.findLast((event) => event.kind === 'contact.wrapUpStarted')
  await pool.query(
    `insert into contact (id, issue_id, customer_id, channel_account_id, channel, region, queue_id, arrived_at, last_message_at, last_message_number, first_reply_at,
       ended_at, closed_at, close_reason, resolved, final_routing_version, escalated_by, escalated_at, escalated_from)
     values ($1, $2, $3, $4, 'webChat', $5, $6, $7, $7, 1, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id, issue, customer, account, first.payload.region, real(queues.at(-1)?.payload.queueId ?? ''), arrivedAt, reply?.at ?? null,
      closed ? (ended?.at ?? closed.at) : null, closed?.at ?? null, closed?.kind === 'contact.closed' ? closed.payload.reason : null,
      closed?.kind === 'contact.closed' ? closed.payload.resolved : null, closed ? 1 : null, ...escalationOf(queues, real),
    ],
  )
  let segments: { queue: string; agent: string | null; at: Date }[] = []
  for (const event of story) {
    const queue = segments.at(-1)?.queue ?? ''
    if (event.kind === 'contact.queued') segments = [...segments, { queue: event.payload.queueId, agent: null, at: event.at }]
    if (event.kind === 'contact.accepted' || event.kind === 'contact.picked') segments = [...segments, { queue, agent: event.payload.agentId, at: event.at }]
    if (event.kind === 'contact.declined' || event.kind === 'contact.missed')
      await pool.query(`insert into offer (id, contact_id, agent_id, offered_at, expires_at, trace, outcome, decided_at) values (gen_random_uuid(), $1, $2, $3, $3, '{}', $4, $3)`, [
        id, real(event.payload.agentId), event.at, event.kind.slice('contact.'.length),
      ])
    if (event.kind === 'contact.rated')
      await pool.query('insert into rating (contact_id, customer_id, queue_id, agent_id, score, comment, rated_at) values ($1, $2, $3, $4, $5, $6, $7)', [
        id, customer, real(event.payload.queueId), event.payload.agentId && real(event.payload.agentId), event.payload.score, event.payload.score < 3 ? 'Ждали долго' : null, event.at,
      ])
  }
  for (const [index, { queue, agent, at }] of segments.entries())
    await pool.query('insert into segment (contact_id, queue_id, agent_id, started_at, ended_at) values ($1, $2, $3, $4, $5)', [
      id, real(queue), agent && real(agent), at, segments[index + 1]?.at ?? closed?.at ?? null,
    ])
}

const escalationOf = (queues: readonly Extract<MetricEvent, { kind: 'contact.queued' }>[], real: (name: string) => string): readonly [string | null, Date | null, string | null] => {
  const at = queues.findIndex(({ payload }) => payload.cause === 'escalated')
  const [raised, before] = [queues[at], queues[at - 1]]
  return raised && before && raised.payload.fromAgentId !== null ? [real(raised.payload.fromAgentId), raised.at, real(before.payload.queueId)] : [null, null, null]
}
