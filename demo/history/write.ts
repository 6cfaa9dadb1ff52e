/**
 * Writes a past into the database: the rows that the server would have written, and the log's events, so that the server's own
 * counting makes the figures. A day is a transaction, and whole in itself: a past that was broken off is a shorter one.
 */
import { openTable, type Table } from '@otklik/testing/table-writer'
import pg from 'pg'
import type { Centre } from '../centre.ts'
import type { DB } from '../../apps/server/src/store/schema.generated.ts'
import { lastQueueOf, type PastContact } from './contact.ts'
import type { Numbers } from './number-events.ts'
import type { Past, PastDay } from './plan.ts'

export type Start =
  | { readonly ok: true; readonly numbers: Numbers; readonly retentionDays: number | null }
  /** `since`: of a past that was written before. */
  | { readonly ok: false; readonly reason: 'historyThere' | 'contactsThere'; readonly since: Date }

const connected = async <Result>(databaseUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'otklik-demo' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Whether a past may be written here, and where its numbers begin: it must come before the first contact. */
export const lookAtStart = (databaseUrl: string): Promise<Start> =>
  connected(databaseUrl, async (client) => {
    const { rows: [found] } = await client.query<{ since: Date | null; isPast: boolean | null }>(
      'select min(c.arrived_at) as since, min(c.arrived_at) < min(o.created_at) as "isPast" from contact c, company o',
    )
    if (found?.since) return { ok: false, reason: found.isPast ? 'historyThere' : 'contactsThere', since: found.since }
    const { rows: agents } = await client.query<{ id: string; version: number }>('select agent_id as id, version from agent_capacity')
    const { rows: [numbers] } = await client.query<{ ticket: number; seq: number; retentionDays: number | null }>(
      `select nextval('agent_ticket')::int as ticket, nextval('contact_seq')::int as seq, retention_days as "retentionDays" from company`,
    )
    if (!numbers) throw new Error('the company is not set up')
    return { ok: true, retentionDays: numbers.retentionDays, numbers: { agentVersions: new Map(agents.map(({ id, version }) => [id, version])), ticket: numbers.ticket, seq: numbers.seq } }
  })

/**
 * While no server runs on this database: its router and its sockets would follow what was long ago.
 * @param onDay after each day
 */
export const writePast = (databaseUrl: string, past: Past, centre: Centre, numbers: Numbers, onDay: (day: PastDay) => void): Promise<void> =>
  connected(databaseUrl, async (client) => {
    const at = (ms: number) => new Date(ms).toISOString()
    // Should the machine fail, the past is some days shorter.
    await client.query('set synchronous_commit = off')
    await client.query(
      `select create_event_partitions($1::date, 1 + ((extract(year from age(date_trunc('month', $2::date), date_trunc('month', $1::date))) * 12
         + extract(month from age(date_trunc('month', $2::date), date_trunc('month', $1::date))))::int))`,
      [at(past.from).slice(0, 10), at(past.to).slice(0, 10)],
    )
    const ids = centre.agents.map(({ id }) => id)
    // They have been here for as long as the past that they worked in.
    await client.query('update agent set created_at = least(created_at, $2) where id = any($1)', [ids, at(past.from)])
    await client.query(`update presence_interval set started_at = least(started_at, $2) where agent_id = any($1) and ended_at is null`, [ids, at(past.from)])
    const writer = openWriter(client, centre)
    for (const day of past.days()) {
      await client.query('begin')
      await writer.write(day)
      await client.query('update agent_capacity k set version = g.version from unnest($1::uuid[], $2::int[]) as g (id, version) where k.agent_id = g.id', [
        [...numbers.agentVersions.keys()],
        [...numbers.agentVersions.values()],
      ])
      await client.query(`select setval('agent_ticket', $1), setval('contact_seq', $2)`, [numbers.ticket, numbers.seq])
      await client.query('commit')
      onDay(day)
    }
    await client.query('analyze')
  })

type Columns<Name extends keyof DB> = Readonly<Partial<Record<Snake<Extract<keyof DB[Name], string>>, string>>>
type Snake<Text extends string> = Text extends `${infer First}${infer Rest}` ? `${First extends Lowercase<First> ? '' : '_'}${Lowercase<First>}${Snake<Rest>}` : ''

/** Columns that the schema does not have do not compile. */
const table = <Name extends keyof DB & string>(client: pg.ClientBase, name: Name, columns: Columns<Name>): Table =>
  openTable(client, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), columns as Readonly<Record<string, string>>)

const openWriter = (client: pg.ClientBase, centre: Centre) => {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  // In the order in which they name each other.
  const t = {
    customer: table(client, 'customer', { id: 'uuid', region: 'text', language: 'text', time_zone: 'text', first_seen_at: 'timestamptz' }),
    identity: table(client, 'identity', { customer_id: 'uuid', channel_account_id: 'uuid', kind: 'text', value: 'text', proof: 'text', created_at: 'timestamptz' }),
    consent: table(client, 'consent', { customer_id: 'uuid', channel_account_id: 'uuid', version: 'text', given_at: 'timestamptz' }),
    issue: table(client, 'issue', { id: 'uuid', customer_id: 'uuid', owner_line: 'smallint', opened_at: 'timestamptz', closed_at: 'timestamptz' }),
    contact: table(client, 'contact', {
      id: 'uuid', issue_id: 'uuid', customer_id: 'uuid', channel_account_id: 'uuid', channel: 'text', language: 'text', region: 'text', queue_id: 'uuid', agent_id: 'uuid', version: 'integer',
      page_url: 'text', arrived_at: 'timestamptz', accepted_at: 'timestamptz', first_reply_at: 'timestamptz', last_message_at: 'timestamptz', last_message_number: 'integer',
      customer_read_number: 'integer', agent_read_number: 'integer', ended_at: 'timestamptz', closed_at: 'timestamptz', close_reason: 'text', disposition_id: 'uuid', resolved: 'boolean',
      final_routing_version: 'integer', handed_cause: 'text', handed_by: 'uuid', handed_at: 'timestamptz', escalated_by: 'uuid', escalated_at: 'timestamptz', escalated_from: 'uuid',
    }),
    segment: table(client, 'segment', { contact_id: 'uuid', queue_id: 'uuid', agent_id: 'uuid', started_at: 'timestamptz', ended_at: 'timestamptz' }),
    message: table(client, 'message', { id: 'uuid', contact_id: 'uuid', number: 'integer', author: 'text', agent_id: 'uuid', visibility: 'text', parts: 'jsonb', sent_at: 'timestamptz' }),
    offer: table(client, 'offer', {
      id: 'uuid', contact_id: 'uuid', agent_id: 'uuid', offered_at: 'timestamptz', expires_at: 'timestamptz', trace: 'jsonb', outcome: 'text', decided_at: 'timestamptz',
    }),
    rating: table(client, 'rating', { contact_id: 'uuid', customer_id: 'uuid', queue_id: 'uuid', agent_id: 'uuid', score: 'smallint', comment: 'text', rated_at: 'timestamptz' }),
    presence: table(client, 'presenceInterval', { agent_id: 'uuid', state: 'text', cause: 'text', reason_id: 'uuid', started_at: 'timestamptz', ended_at: 'timestamptz' }),
    event: table(client, 'event', { at: 'timestamptz', kind: 'text', subject: 'uuid', payload: 'jsonb' }),
  }

  const addContact = (contact: PastContact): void => {
    const { id, customer, topic, messages, stays, arrivedAt, closedAt } = contact
    const account = centre.channels[topic]
    if (contact.isNewCustomer) {
      t.customer.add(customer.id, customer.region, contact.language, customer.timeZone, at(arrivedAt))
      t.identity.add(customer.id, account, 'visitor', customer.id, 'none', at(arrivedAt))
      t.consent.add(customer.id, account, centre.consentVersion, at(arrivedAt))
    }
    const [before, last] = [stays.at(-2), stays.at(-1)]
    const raised = last?.cause === 'escalated' ? before : undefined
    t.issue.add(contact.issueId, customer.id, raised ? 2 : 1, at(arrivedAt), contact.resolved === false ? null : at(closedAt))
    const publicOnes = messages.filter(({ visibility, author }) => visibility === 'public' && author !== 'system')
    const queueId = centre.queues[lastQueueOf(contact)]
    t.contact.add(
      id, contact.issueId, customer.id, account, 'webChat', contact.language, customer.region, queueId, last?.agentId ?? null, messages.length + contact.finalVersion,
      `https://www.sputnik.example/${topic}`, at(arrivedAt), at(last?.acceptedAt ?? null), at(stays[0]?.firstReplyAt ?? null), at(publicOnes.at(-1)?.sentAt ?? arrivedAt), messages.length,
      messages.length, last ? messages.length : 0, at(contact.endedAt), at(closedAt), contact.reason, contact.outcome && centre.outcomes[contact.outcome], contact.resolved,
      contact.finalVersion, before && last ? last.cause : null, before?.agentId ?? null, before && last ? at(last.enteredAt) : null, raised?.agentId ?? null,
      raised && last ? at(last.enteredAt) : null, raised ? centre.queues[raised.queue] : null,
    )
    if (!last) t.segment.add(id, queueId, null, at(arrivedAt), at(closedAt))
    for (const stay of stays) {
      t.segment.add(id, centre.queues[stay.queue], null, at(stay.enteredAt), at(stay.acceptedAt))
      t.segment.add(id, centre.queues[stay.queue], stay.agentId, at(stay.acceptedAt), at(stay.leftAt))
      for (const offer of stay.offers) {
        const waitedSeconds = Math.round((offer.offeredAt - stay.enteredAt) / 100) / 10
        t.offer.add(offer.id, id, offer.agentId, at(offer.offeredAt), at(offer.offeredAt + 20_000), JSON.stringify({ rule: 'arrival', waitedSeconds, fit: 0, candidates: 0 }), offer.outcome, at(offer.decidedAt))
      }
    }
    for (const [place, message] of messages.entries())
      t.message.add(message.id, id, place + 1, message.author, message.agentId, message.visibility, JSON.stringify([message.part]), at(message.sentAt))
    if (contact.rating) t.rating.add(id, customer.id, queueId, last?.agentId ?? null, contact.rating.score, contact.rating.comment, at(contact.rating.ratedAt))
  }

  /** Intervals without a gap: the open one ends where the first new one begins, and the last new one stays open. */
  const addPresences = async (day: PastDay): Promise<void> => {
    const open = new Map<string, { readonly state: string; readonly cause: string; readonly reasonId: string | null; readonly at: number }>()
    const first = new Map<string, number>()
    for (const { at: changedAt, kind, payload } of day.events) {
      if (kind !== 'presence.changed') continue
      const before = open.get(payload.agentId)
      if (before) t.presence.add(payload.agentId, before.state, before.cause, before.reasonId, at(before.at), at(changedAt))
      else first.set(payload.agentId, changedAt)
      open.set(payload.agentId, { state: payload.to, cause: payload.cause, reasonId: payload.reasonId, at: changedAt })
    }
    await client.query(
      'update presence_interval p set ended_at = g.at from unnest($1::uuid[], $2::timestamptz[]) as g (id, at) where p.agent_id = g.id and p.ended_at is null',
      [[...first.keys()], [...first.values()].map(at)],
    )
    for (const [id, { state, cause, reasonId, at: since }] of open) t.presence.add(id, state, cause, reasonId, at(since), null)
  }

  return {
    async write(day: PastDay): Promise<void> {
      for (const contact of day.contacts) addContact(contact)
      for (const { at: happenedAt, kind, subject, payload } of day.events) t.event.add(at(happenedAt), kind, subject, JSON.stringify(payload))
      await addPresences(day)
      for (const one of Object.values(t)) await one.flush()
    },
  }
}
