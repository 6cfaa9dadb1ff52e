/**
 * The contacts behind a number. Who may be among them is found by what happened in the asked intervals; who is, by counting
 * the stories of those anew, as the figures were counted. A page looks at so many stories and no more.
 */
import type { FigureContact, FigureContactsQuery } from '@otklik/contract/figures'
import { contactsBehind, type Behind, type OwnedEvent, type Part } from '@otklik/metrics/behind'
import type { Definition, MetricId } from '@otklik/metrics/definitions'
import { metricEventKinds, type Increment, type MetricEvent, type MetricEventKind } from '@otklik/metrics/event'
import { intervalMs, intervalOf } from '@otklik/metrics/sums'
import type { CloseReason, ContactState } from '@otklik/model/contact'
import type { ContactId, CustomerId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { isOfAgents, loadQuarters, loadZones } from './figure-clock.ts'
import { eventOf, type EventRow } from './log.ts'
import type { Reach } from './reach.ts'

/** How many stories are counted together, and at most for one page. */
const batch = 150
const mostLookedAt = 1500

/** Each of these may begin an interval of a contact's figures: a stay, a handling, an answer to an offer, the end. */
const turns = [
  'contact.queued', 'contact.accepted', 'contact.picked', 'contact.declined', 'contact.missed', 'contact.snoozed', 'contact.wrapUpStarted', 'contact.closed',
] as const satisfies readonly MetricEventKind[]
const storyKinds = metricEventKinds.filter((kind) => kind !== 'presence.changed')

/** What a contact `c` must have to be counted, where its row tells: the rare are found without the stories of all. */
const left = `c.close_reason in ('abandoned', 'customerEnded', 'customerAway')`
const rated = (scores: string) => `exists (select from rating r where r.contact_id = c.id and r.score ${scores})`
const offered = (outcomes: string) => `exists (select from offer o where o.contact_id = c.id and o.outcome ${outcomes})`
const signs: { readonly [Name in `${MetricId} ${Part}`]?: string } = {
  'answered counted': 'c.first_reply_at is not null',
  'abandonedContacts counted': left,
  'shortAbandoned counted': left,
  'abandonment hit': left,
  'excluded counted': `c.close_reason = 'blocked'`,
  'escalation hit': 'c.escalated_at is not null',
  'fcrByAgent counted': 'c.resolved is not null',
  'fcrByAgent hit': 'c.resolved',
  'fcrByAgent rest': 'not c.resolved',
  'acceptance rest': offered(`in ('declined', 'missed')`),
  'csat counted': rated('>= 1'),
  'csat hit': rated('>= 4'),
  'csat rest': rated('<= 3'),
  'topBox hit': rated('= 5'),
  'bottomBox hit': rated('= 1'),
  'responseRate hit': rated('>= 1'),
}

const whereOf = (query: FigureContactsQuery): string =>
  isOfAgents(query)
    ? `(exists (select from segment s where s.contact_id = c.id and s.agent_id = any($5)) or exists (select from offer o where o.contact_id = c.id and o.agent_id = any($5)))
       and ($6::text is null or c.channel = $6) and $7::text is null`
    : `exists (select from segment s where s.contact_id = c.id and s.queue_id = any($5)) and ($6::text is null or c.channel = $6) and ($7::text is null or c.region = $7)`

/** Intervals and subjects that were asked for, by the clock and the zones by which they were counted. */
interface Asked {
  /** By zone. */
  readonly intervals: ReadonlyMap<string, ReadonlySet<number>>
  /** The zone of each queue, or each agent, whose figures these are. */
  readonly zones: ReadonlyMap<string, string>
  /** All of them, in order. */
  readonly inOrder: readonly number[]
}

const loadAsked = async (reader: Reader, query: FigureContactsQuery, reach: Reach): Promise<Asked> => {
  const { from, to, fromMinute, untilMinute, again } = query
  const zones = await loadZones(reader, query, reach)
  const intervals = new Map<string, Set<number>>()
  for (const { zone, at, minute, again: isAgain } of await loadQuarters(reader, zones.values(), from, to)) {
    if (minute < fromMinute || minute >= untilMinute || (again !== undefined && (again === 'yes') !== isAgain)) continue
    intervals.set(zone, (intervals.get(zone) ?? new Set()).add(at.getTime()))
  }
  return { intervals, zones, inOrder: [...new Set([...intervals.values()].flatMap((own) => [...own]))].sort((a, b) => a - b) }
}

const isAskedBy = (query: FigureContactsQuery, { intervals, zones }: Asked) => {
  const ofAgents = isOfAgents(query)
  return ({ at, subject }: Increment): boolean => {
    const owner = ofAgents ? subject.agentId : subject.queueId
    const zone = owner === undefined ? undefined : zones.get(owner)
    if (zone === undefined || intervals.get(zone)?.has(intervalOf(at)) !== true) return false
    if (query.channel !== undefined && subject.channel !== query.channel) return false
    return ofAgents ? query.queueId === undefined || subject.queueId === query.queueId : query.region === undefined || subject.region === query.region
  }
}

/** After whom a page begins. */
export interface FigurePlace {
  /** Epoch milliseconds of an interval. */
  readonly at: number
  readonly contactId: string
}

interface Candidate {
  readonly at: Date
  readonly id: string
}

/** Contacts that something befell in the intervals from `since` until `until`, each with the intervals, in order after a place. */
const loadCandidates = (reader: Reader, query: FigureContactsQuery, asked: Asked, since: number, until: number, after: FigurePlace | undefined) => {
  const name = `${query.metric} ${query.part}` as keyof typeof signs
  const sign = signs[name]
  return reader.named<Candidate & Record<string, unknown>>(
    `behind-${isOfAgents(query) ? 'agents' : 'queues'}-${sign === undefined ? 'any' : name}`,
    `select e.at, e.id from (
       select distinct date_bin('15 minutes', e.at, 'epoch'::timestamptz) as at, e.subject as id
       from event e where e.at >= $1 and e.at < $2 and e.kind = any($8)
     ) e join contact c on c.id = e.id
     where (e.at, e.id) > ($3, $4::uuid) and ${whereOf(query)} and ${sign ?? 'true'}
     order by e.at, e.id limit ${batch}`,
    [
      new Date(since), new Date(until), new Date(after?.at ?? 0), after?.contactId ?? '00000000-0000-0000-0000-000000000000',
      [...asked.zones.keys()], query.channel ?? null, query.region ?? null, turns,
    ],
  )
}

/** The stories of contacts, with those of the other contacts of their issues: what is counted once an issue is counted in one of them. */
const loadStories = async (reader: Reader, ids: readonly string[]): Promise<OwnedEvent[]> =>
  (
    await reader.named<EventRow & { subject: string }>(
      'stories-of-issues',
      `select e.tx::text, e.id::text, e.at, e.kind, e.payload, e.subject from event e
       where e.subject = any(array(select c.id from contact c where c.issue_id = any(array(select issue_id from contact where id = any($1::uuid[])))))
         and e.kind = any($2) order by e.id`,
      [ids, storyKinds],
    )
    // The kinds that were asked for are those of the figures, field by field.
  ).map((row) => ({ contactId: row.subject, event: eventOf(row) as MetricEvent }))

interface Found extends Behind {
  readonly id: string
}

/**
 * A page of the contacts behind a number, in the order of the intervals that count them first.
 * @returns `next`: where to go on; null when everything was looked at
 */
export const loadFigureContacts = async (
  reader: Reader,
  definition: Definition,
  query: FigureContactsQuery,
  reach: Reach,
  after: FigurePlace | undefined,
): Promise<{ items: FigureContact[]; next: FigurePlace | null }> => {
  const asked = await loadAsked(reader, query, reach)
  const isAsked = isAskedBy(query, asked)
  const found: Found[] = []
  let place = after
  let [lookedAt, width] = [0, 1]
  // Interval by interval while many things happen; over longer stretches while few do.
  for (let from = after === undefined ? 0 : asked.inOrder.findIndex((at) => at >= after.at); from >= 0 && from < asked.inOrder.length; ) {
    const stretch = stretchFrom(asked.inOrder, from, width)
    const candidates = await loadCandidates(reader, query, asked, stretch.since, stretch.until, place)
    const last = candidates.at(-1)
    if (last) {
      lookedAt += candidates.length
      const events = await loadStories(reader, candidates.map(({ id }) => id))
      const behind = contactsBehind(definition, query.part, events, isAsked)
      for (const { id, at } of candidates) {
        const own = behind.get(id)
        // Something befell it in several intervals; it is told once, in the first that counts it.
        if (own?.at !== at.getTime()) continue
        found.push({ id, ...own })
        if (found.length === query.limit) return { items: await present(reader, found), next: { at: at.getTime(), contactId: id } }
      }
      place = { at: last.at.getTime(), contactId: last.id }
    }
    if (candidates.length < batch) {
      from += stretch.count
      width = Math.min(width * 2, 96)
    } else width = 1
    if (last && lookedAt >= mostLookedAt && from < asked.inOrder.length) return { items: await present(reader, found), next: place ?? null }
  }
  return { items: await present(reader, found), next: null }
}

/** As many intervals from one on as follow each other without a gap. */
const stretchFrom = (inOrder: readonly number[], from: number, width: number): { since: number; until: number; count: number } => {
  const since = inOrder[from] ?? 0
  let count = 1
  while (count < width && inOrder[from + count] === since + count * intervalMs) count++
  return { since, until: since + count * intervalMs, count }
}

interface Row {
  id: ContactId
  customerId: CustomerId | null
  customerName: string | null
  customerNumber: number
  channel: FigureContact['channel']
  queueName: string
  agentName: string | null
  state: ContactState
  arrivedAt: Date
  closedAt: Date | null
  closeReason: CloseReason | null
  score: number | null
}

const present = async (reader: Reader, found: readonly Found[]): Promise<FigureContact[]> => {
  if (found.length === 0) return []
  const rows = await reader.named<Row & Record<string, unknown>>(
    'figure-contacts',
    `select c.id, case when cu.erased_at is null then cu.id end as "customerId", cu.name as "customerName", cu.number as "customerNumber", c.channel, q.name as "queueName",
       a.name as "agentName", coalesce(r.state, 'closed') as state, c.arrived_at as "arrivedAt", c.closed_at as "closedAt", c.close_reason as "closeReason", rt.score
     from contact c join customer cu on cu.id = c.customer_id join queue q on q.id = c.queue_id
     left join contact_routing r on r.contact_id = c.id left join agent a on a.id = coalesce(r.agent_id, c.agent_id) left join rating rt on rt.contact_id = c.id
     where c.id = any($1::uuid[])`,
    [found.map(({ id }) => id)],
  )
  const byId = new Map<string, Row>(rows.map((row) => [row.id, row]))
  return found.flatMap(({ id, cases, durationMs }) => {
    const row = byId.get(id)
    if (!row) return []
    const { customerId, customerName, customerNumber, arrivedAt, closedAt, ...rest } = row
    return [{
      ...rest, cases, durationMs,
      customer: customerId === null ? null : { id: customerId, name: customerName, number: customerNumber },
      arrivedAt: arrivedAt.toISOString(),
      closedAt: closedAt && closedAt.toISOString(),
    }]
  })
}
