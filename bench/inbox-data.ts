/**
 * A centre with a year behind it: customers with 1 to 50 contacts and some with thousands, 25 queues, 200 agents, 13
 * months. The same seed makes the same centre; its times count back from now.
 */
import type pg from 'pg'
import { rollDice, type Dice } from '@otklik/testing/dice'
import { openTable, type Table } from '@otklik/testing/table-writer'
import { mailOf, nameSomebody, phoneOf, drawByRank, regions, write, type Tongue } from './inbox-words.ts'
import { checkKeys, dropIndexes } from './inbox-tables.ts'
import { furnish, type Centre } from './inbox-centre.ts'

const dayMs = 86_400_000
const days = 396
const batch = 20_000
/** In hand and put off by each agent, and waiting for anybody: as many in a small centre as in a large one. */
const inHand = ['active', 'active', 'wrapUp', 'snoozed', 'snoozed', 'snoozed', 'snoozed'] as const
const waiting = 300
/** Out of a hundred contacts in each hour of the day. */
const hours = [1, 1, 0, 0, 0, 1, 2, 3, 5, 7, 8, 8, 7, 7, 7, 7, 6, 6, 5, 5, 5, 4, 3, 2]

type OpenState = (typeof inHand)[number] | 'queued'
const filled = ['customer', 'identity', 'consent', 'customer_attribute', 'customer_note', 'customer_merge', 'issue', 'contact', 'contact_routing', 'message', 'rating', 'offer', 'event']

/** What the job has collected in all that time (apps/server/src/store/said-words.ts). */
const allWords = `insert into said_word select distinct word from message m, unnest(tsvector_to_array(searchable(m.parts -> 0 ->> 'text'))) word
  where m.parts -> 0 ->> 'kind' = 'text' and length(word) between 4 and 40 and word ~ '^[[:alpha:]]+$'`

export const fillInbox = async (client: pg.ClientBase, contacts: number, seed: number, say: (line: string) => void): Promise<void> => {
  const dice = rollDice(seed)
  const now = Date.now()
  // Settings of this connection alone: the constraints of rows are checked as ever, the keys at the end.
  await client.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'; set work_mem = '256MB'; set synchronous_commit = off`)
  await client.query(`select create_event_partitions((now() - interval '14 months')::date, 14)`)
  const centre = await furnish(client, dice, now)
  const indexes = await dropIndexes(client, filled)
  say(`${contacts} contacts: drawing`)
  const { times, who, order, openAs } = draw(dice, contacts, centre.agents.length, now)
  const writer = openWriter(client, centre, dice, now)
  for (let at = 0; at < contacts; at++) {
    const place = order[at]!
    writer.contact(who[place]!, times[place]!, openAs.get(place))
    if (at % batch === batch - 1) await writer.flush()
    if (at % 200_000 === 199_999) say(`  ${at + 1} contacts`)
  }
  writer.merges()
  await writer.flush()
  say('  offers and events')
  await writeLog(client)
  say('  indexes')
  for (const made of indexes) await client.query(made)
  await checkKeys(client, filled)
  say('  words')
  await client.query(allWords)
  await client.query('vacuum (analyze)')
}

/** Who comes when, and which of the last ones are still open, as what. */
const draw = (dice: Dice, contacts: number, agents: number, now: number) => {
  const who = new Int32Array(contacts)
  const times = new Float64Array(contacts)
  const giants = Math.max(2, Math.round(contacts / 50_000))
  let at = 0
  for (let customer = 0; at < contacts; customer++) {
    const own = customer < giants ? dice.whole(1000, contacts < 100_000 ? 1500 : 5000) : Math.min(50, Math.floor(dice.next() ** (-1 / 1.6)))
    for (let left = own; left > 0 && at < contacts; left--) {
      who[at] = customer
      times[at++] = now - drawAge(dice)
    }
  }
  const order = new Uint32Array(contacts).map((_, index) => index).sort((a, b) => times[a]! - times[b]!)
  const openAs = new Map<number, { readonly state: OpenState; readonly agent: number }>()
  const busy = new Set<number>()
  for (let back = contacts - 1; back >= 0 && openAs.size < waiting + agents * inHand.length; back--) {
    const place = order[back]!
    const customer = who[place]!
    if (busy.has(customer) || customer < giants) continue
    busy.add(customer)
    const held = openAs.size - waiting
    openAs.set(place, held < 0 ? { state: 'queued', agent: 0 } : { state: inHand[Math.floor(held / agents)]!, agent: held % agents })
  }
  return { times, who, order, openAs }
}

const drawAge = (dice: Dice): number => {
  let left = dice.next() * 100
  const hour = hours.findIndex((share) => (left -= share) < 0)
  // The hour is counted back from the end of a day, so that the last contacts are minutes old.
  return Math.floor(dice.next() * days) * dayMs + (23 - Math.max(0, hour)) * 3_600_000 + dice.next() * 3_600_000
}

const openTables = (client: pg.ClientBase) => ({
  customer: openTable(client, 'customer', { id: 'uuid', name: 'text', region: 'text', language: 'text', time_zone: 'text', first_seen_at: 'timestamptz', merged_into: 'uuid' }),
  identity: openTable(client, 'identity', { id: 'uuid', customer_id: 'uuid', channel_account_id: 'uuid', kind: 'text', value: 'text', proof: 'text', claimed_by: 'uuid', created_at: 'timestamptz' }),
  consent: openTable(client, 'consent', { customer_id: 'uuid', channel_account_id: 'uuid', version: 'text', given_at: 'timestamptz' }),
  attribute: openTable(client, 'customer_attribute', { id: 'uuid', customer_id: 'uuid', name: 'text', value: 'text', created_at: 'timestamptz' }),
  note: openTable(client, 'customer_note', { id: 'uuid', customer_id: 'uuid', agent_id: 'uuid', text: 'text', pinned: 'boolean', written_at: 'timestamptz' }),
  merge: openTable(client, 'customer_merge', { id: 'uuid', survivor_id: 'uuid', merged_id: 'uuid', agent_id: 'uuid', merged_at: 'timestamptz', fields_before: 'jsonb', fields_after: 'jsonb', moved: 'jsonb' }),
  issue: openTable(client, 'issue', { id: 'uuid', customer_id: 'uuid', owner_line: 'smallint', opened_at: 'timestamptz', closed_at: 'timestamptz' }),
  contact: openTable(client, 'contact', {
    id: 'uuid', issue_id: 'uuid', customer_id: 'uuid', channel_account_id: 'uuid', channel: 'text', language: 'text', region: 'text', queue_id: 'uuid', agent_id: 'uuid', version: 'integer',
    page_url: 'text', page_title: 'text', arrived_at: 'timestamptz', accepted_at: 'timestamptz', first_reply_at: 'timestamptz', waiting_since: 'timestamptz', away_since: 'timestamptz',
    last_message_at: 'timestamptz', last_message_number: 'integer', customer_read_number: 'integer', agent_read_number: 'integer', ended_at: 'timestamptz', closed_at: 'timestamptz',
    close_reason: 'text', disposition_id: 'uuid', resolved: 'boolean', final_routing_version: 'integer', escalated_by: 'uuid', escalated_at: 'timestamptz', escalated_from: 'uuid',
    answered_at: 'timestamptz', handed_cause: 'text', handed_by: 'uuid', handed_at: 'timestamptz',
  }),
  routing: openTable(client, 'contact_routing', {
    contact_id: 'uuid', state: 'text', queue_id: 'uuid', customer_id: 'uuid', channel_account_id: 'uuid', channel: 'text', language: 'text', arrived_at: 'timestamptz', agent_id: 'uuid',
    wrap_up_until: 'timestamptz', snoozed_by: 'uuid', snoozed_until: 'timestamptz',
  }),
  message: openTable(client, 'message', { id: 'uuid', contact_id: 'uuid', number: 'integer', author: 'text', agent_id: 'uuid', visibility: 'text', parts: 'jsonb', sent_at: 'timestamptz' }),
  rating: openTable(client, 'rating', { contact_id: 'uuid', customer_id: 'uuid', queue_id: 'uuid', agent_id: 'uuid', score: 'smallint', comment: 'text', rated_at: 'timestamptz' }),
}) satisfies Record<string, Table>

const openWriter = (client: pg.ClientBase, centre: Centre, dice: Dice, now: number) => {
  const t = openTables(client)
  const drawQueue = drawByRank(centre.queues)
  const drawDisposition = drawByRank(centre.dispositions)
  const at = (ms: number) => new Date(ms).toISOString()
  const known = new Map<number, { readonly id: string; readonly tongue: Tongue; readonly region: string; readonly account: string; issue: string | undefined }>()

  const person = (ms: number) => {
    const own = { id: dice.uuid(), tongue: (dice.next() < 0.9 ? 'ru' : 'en') as Tongue, region: dice.pick(regions), account: dice.pick(centre.channels), issue: undefined as string | undefined }
    const name = dice.next() < 0.6 ? nameSomebody(dice) : null
    t.customer.add(own.id, name, own.region, own.tongue, 'Europe/Moscow', at(ms), null)
    t.identity.add(dice.uuid(), own.id, own.account, 'visitor', own.id, 'none', null, at(ms))
    t.consent.add(own.id, own.account, '1', at(ms))
    if (dice.next() < 0.5) t.identity.add(dice.uuid(), own.id, null, 'phone', phoneOf(dice), 'claimed', dice.pick(centre.agents), at(ms))
    if (dice.next() < 0.3) t.identity.add(dice.uuid(), own.id, null, 'email', mailOf(dice, name ?? nameSomebody(dice)), 'claimed', dice.pick(centre.agents), at(ms))
    if (dice.next() < 0.15) for (let left = dice.whole(1, 4); left > 0; left--) t.attribute.add(dice.uuid(), own.id, dice.pick(['Договор', 'Тариф', 'Сегмент', 'Роутер']), String(dice.whole(1000, 99_999_999)), at(ms))
    if (dice.next() < 0.1) t.note.add(dice.uuid(), own.id, dice.pick(centre.agents), write(dice, 'ru'), dice.next() < 0.2, at(ms))
    return own
  }

  const contact = (customer: number, arrivedAt: number, open: { readonly state: OpenState; readonly agent: number } | undefined): void => {
    let own = known.get(customer)
    if (!own) known.set(customer, (own = person(arrivedAt)))
    const state = open?.state ?? 'closed'
    const isAlone = state === 'queued' || (state === 'closed' && dice.next() < 0.05)
    const agent = isAlone ? null : open ? centre.agents[open.agent]! : dice.pick(centre.agents)
    const queue = drawQueue(dice)
    const id = dice.uuid()
    const acceptedAt = agent === null ? null : Math.min(now, arrivedAt + dice.whole(3, 90) * 1000)
    const { count, lastAt, firstReplyAt } = talk(id, agent, own.tongue, acceptedAt ?? arrivedAt, arrivedAt)
    const endedAt = state === 'closed' || state === 'wrapUp' ? Math.min(now, lastAt + 30_000) : null
    const closedAt = state === 'closed' ? Math.min(now, (endedAt ?? now) + dice.whole(5, 60) * 1000) : null
    const isRaised = agent !== null && dice.next() < 0.03
    const raisedBy = isRaised ? dice.pick(centre.agents) : null
    if (own.issue === undefined || dice.next() < 0.7) t.issue.add((own.issue = dice.uuid()), own.id, isRaised ? 2 : 1, at(arrivedAt), closedAt && at(closedAt))
    const isSettled = closedAt !== null && agent !== null
    t.contact.add(
      id, own.issue, own.id, own.account, 'webChat', own.tongue, own.region, queue.id, agent, count + 3, 'https://www.company.example/tariffs', 'Тарифы', at(arrivedAt),
      acceptedAt && at(acceptedAt), firstReplyAt && at(firstReplyAt), state === 'queued' ? at(arrivedAt) : null, closedAt === null ? at(lastAt) : null, at(lastAt), count, count, agent === null ? 0 : count,
      endedAt && at(endedAt), closedAt && at(closedAt), endedAt === null ? null : agent === null ? 'abandoned' : dice.next() < 0.7 ? 'agentEnded' : 'customerEnded',
      isSettled ? drawDisposition(dice) : null, isSettled ? dice.next() < 0.8 : null, closedAt === null ? null : 4, raisedBy, isRaised ? at(acceptedAt ?? arrivedAt) : null, isRaised ? queue.id : null,
      isRaised && closedAt ? at(closedAt) : null, isRaised ? 'escalated' : null, raisedBy, isRaised ? at(acceptedAt ?? arrivedAt) : null,
    )
    if (closedAt === null)
      t.routing.add(
        id, state, queue.id, own.id, own.account, 'webChat', own.tongue, at(arrivedAt), state === 'active' || state === 'wrapUp' ? agent : null,
        state === 'wrapUp' ? at(now + 90 * dayMs) : null, state === 'snoozed' ? agent : null, state === 'snoozed' ? at(now + dice.whole(60, 90) * dayMs) : null,
      )
    else if (agent !== null && dice.next() < 0.25)
      t.rating.add(id, own.id, queue.id, agent, dice.pick([5, 5, 5, 5, 4, 4, 3, 2, 1]), dice.next() < 0.2 ? write(dice, own.tongue) : null, at(closedAt))
  }

  /** What was said; two messages in the mean, and a few conversations that go on for hundreds. */
  const talk = (contactId: string, agent: string | null, tongue: Tongue, from: number, arrivedAt: number) => {
    const luck = dice.next()
    const count = agent === null ? 1 : luck < 0.001 ? dice.whole(150, 400) : luck < 0.55 ? 1 : luck < 0.82 ? 2 : luck < 0.93 ? 3 : dice.whole(4, 7)
    let [sentAt, firstReplyAt] = [arrivedAt, null as number | null]
    for (let number = 1; number <= count; number++) {
      if (number > 1) sentAt = Math.min(now, Math.max(sentAt, from) + dice.whole(5, 90) * 1000)
      const isOurs = agent !== null && number > 1 && (number % 2 === 0 || dice.next() < 0.1)
      const isNote = isOurs && number > 2 && dice.next() < 0.1
      if (isOurs && !isNote) firstReplyAt ??= sentAt
      const picture = dice.next() < 0.02 ? { kind: 'file', id: dice.uuid(), name: 'снимок.png', type: 'image/png', bytes: 81_920, image: { width: 800, height: 600 } } : undefined
      const said = picture && dice.next() < 0.5 ? undefined : { kind: 'text', text: write(dice, isNote ? 'ru' : tongue) }
      t.message.add(
        dice.uuid(), contactId, number, isOurs ? 'agent' : 'customer', isOurs ? agent : null, isNote ? 'note' : 'public',
        JSON.stringify([...(said ? [said] : []), ...(picture ? [picture] : [])]), at(sentAt),
      )
    }
    return { count, lastAt: sentAt, firstReplyAt }
  }

  return {
    contact,
    /** Three customers out of a thousand turned out to be somebody else. */
    merges() {
      for (const { id } of [...known.values()].filter(() => dice.next() < 0.003)) {
        const merged = dice.uuid()
        t.customer.add(merged, nameSomebody(dice), 'unknown', 'ru', null, at(now - 50 * dayMs), id)
        t.merge.add(dice.uuid(), id, merged, dice.pick(centre.agents), at(now - dice.whole(1, 49) * dayMs), '{}', '{}', '{}')
      }
    },
    async flush() {
      for (const table of Object.values(t)) await table.flush()
    },
  }
}

/** Offers and the log, out of what has been written; as much of a payload as readers of a story look at. */
const writeLog = async (client: pg.ClientBase): Promise<void> => {
  await client.query(`insert into offer (id, contact_id, agent_id, offered_at, expires_at, trace, outcome, decided_at)
    select md5('offer' || id)::uuid, id, agent_id, arrived_at, accepted_at + interval '1 second', '{"rule":"arrival","waitedSeconds":12.5,"fit":1,"candidates":4}', 'accepted', accepted_at
    from contact where agent_id is not null order by arrived_at`)
  await client.query(`insert into event (at, kind, subject, payload)
    select arrived_at, 'contact.queued', id, jsonb_build_object('contactId', id, 'contactVersion', 1, 'cause', 'arrived', 'customerId', customer_id, 'issueId', issue_id,
      'channelAccountId', channel_account_id, 'channel', channel, 'queueId', queue_id, 'language', language, 'region', region, 'arrivedAt', 0, 'seq', 1, 'reservedFor', null) from contact
    union all select arrived_at, 'contact.offered', id, jsonb_build_object('contactId', id, 'contactVersion', 2, 'agentId', agent_id, 'agentVersion', 7, 'queueId', queue_id, 'rule', 'arrival',
      'waitedSeconds', 12.5, 'urgency', 0.6, 'ring', 0, 'fit', 1, 'load', 1, 'candidates', 4, 'runnerUpAgentId', null) from contact where agent_id is not null
    union all select accepted_at, 'contact.accepted', id, jsonb_build_object('contactId', id, 'contactVersion', 3, 'agentId', agent_id, 'agentVersion', 8) from contact where agent_id is not null
    union all select sent_at, case author when 'customer' then 'message.received' else 'message.sent' end, contact_id,
      jsonb_build_object('contactId', contact_id, 'messageId', id, 'number', number, 'agentId', agent_id, 'first', number = 2) from message
    union all select closed_at, 'contact.closed', id, jsonb_build_object('contactId', id, 'contactVersion', 4, 'agentId', agent_id, 'reason', close_reason, 'dispositionId', disposition_id,
      'resolved', resolved, 'by', 'agent') from contact where closed_at is not null
    order by 1`)
}
