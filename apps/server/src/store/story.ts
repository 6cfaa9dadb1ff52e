/** A contact's story out of the event log, with names in place of ids. */
import type { EventPayload, LoggedEvent } from '@otklik/contract/events'
import type { SeenBy, StoryEntry } from '@otklik/contract/work'
import type { AgentId, ContactId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { loadStory } from './log.ts'

type NameOf = (id: string | null) => string

type Decided = NonNullable<EventPayload<'contact.offered'>['decided']>

const nameDecided = ({ helpersOf, relaxed, reservation, ...rest }: Decided, nameOf: NameOf): Extract<StoryEntry, { kind: 'offered' }>['decided'] => ({
  ...rest,
  helpersOf: helpersOf && nameOf(helpersOf),
  relaxed: relaxed && {
    levels: relaxed.levels,
    skills: relaxed.skillIds.map(nameOf),
    queues: relaxed.queueIds.map(nameOf),
    anyLanguage: relaxed.anyLanguage,
  },
  reservation: reservation && { agent: nameOf(reservation.agentId), end: reservation.end },
})

/** Nothing for what a reader of the story does not miss: each message, each look. Pure. */
export const tellEvent = (event: LoggedEvent, nameOf: NameOf): StoryEntry | undefined => {
  const at = event.at.toISOString()
  const maybe = (id: string | null) => (id === null ? null : nameOf(id))
  switch (event.kind) {
    case 'contact.queued':
      return { kind: 'queued', at, cause: event.payload.cause, queue: nameOf(event.payload.queueId), reservedFor: maybe(event.payload.reservedFor), by: maybe(event.payload.byAgentId ?? null) }
    case 'contact.offered': {
      const { agentId, queueId, rule, waitedSeconds, urgency, ring, fit, load, candidates, runnerUpAgentId, decided } = event.payload
      return {
        kind: 'offered',
        at,
        agent: nameOf(agentId),
        queue: nameOf(queueId),
        rule,
        waitedSeconds,
        customerWaitedSeconds: waitedSeconds,
        urgency,
        ring,
        fit,
        load,
        candidates,
        runnerUp: maybe(runnerUpAgentId),
        decided: decided ? nameDecided(decided, nameOf) : null,
      }
    }
    case 'contact.accepted':
      return { kind: 'accepted', at, agent: nameOf(event.payload.agentId) }
    case 'contact.declined':
      return { kind: 'declined', at, agent: nameOf(event.payload.agentId) }
    case 'contact.missed':
      return { kind: 'missed', at, agent: nameOf(event.payload.agentId) }
    case 'contact.withdrawn':
      return { kind: 'withdrawn', at, agent: nameOf(event.payload.agentId), cause: event.payload.cause }
    case 'contact.picked':
      return { kind: 'picked', at, agent: nameOf(event.payload.agentId), queue: nameOf(event.payload.queueId), waitedSeconds: event.payload.waitedSeconds }
    case 'message.sent':
      return event.payload.first ? { kind: 'answered', at, agent: nameOf(event.payload.agentId) } : undefined
    case 'contact.snoozed':
      return { kind: 'snoozed', at, agent: nameOf(event.payload.agentId), until: new Date(event.payload.until).toISOString() }
    case 'contact.wrapUpStarted':
      return { kind: 'wrapUpStarted', at, agent: nameOf(event.payload.agentId), reason: event.payload.reason }
    case 'contact.reopened':
      return { kind: 'reopened', at, agent: nameOf(event.payload.agentId) }
    case 'contact.awayChanged':
      return { kind: event.payload.awaySince === null ? 'back' : 'away', at }
    case 'contact.closed': {
      const { agentId, by, reason, dispositionId, resolved } = event.payload
      return { kind: 'closed', at, agent: maybe(agentId), by, reason, disposition: maybe(dispositionId), resolved }
    }
    case 'contact.rated':
      return { kind: 'rated', at, score: event.payload.score }
    default:
      return undefined
  }
}

const idsOf = ({ helpersOf, relaxed, reservation }: Decided): string[] => [
  ...(helpersOf ? [helpersOf] : []),
  ...(relaxed ? [...relaxed.skillIds, ...relaxed.queueIds] : []),
  ...(reservation ? [reservation.agentId] : []),
]

const idsIn = (events: readonly LoggedEvent[]): string[] => [
  ...new Set(
    events.flatMap(({ kind, payload }) => [
      ...Object.entries(payload).flatMap(([name, value]) => (/(agent|queue|disposition|reservedFor)/i.test(name) && typeof value === 'string' ? [value] : [])),
      ...(kind === 'contact.offered' && payload.decided ? idsOf(payload.decided) : []),
    ]),
  ),
]

/** The story of a contact that the caller may see. */
export const loadContactStory = async (reader: Reader, contactId: ContactId): Promise<StoryEntry[]> => {
  const events = await loadStory(reader, contactId)
  const rows = await reader.named<{ id: string; name: string }>(
    'names-in-story',
    `select id, name from agent where id = any($1::uuid[]) union all select id, name from queue where id = any($1::uuid[])
     union all select id, name from disposition where id = any($1::uuid[]) union all select id, name from skill where id = any($1::uuid[])`,
    [idsIn(events).filter((id) => /^[0-9a-f-]{36}$/.test(id))],
  )
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const nameOf: NameOf = (id) => (id === null ? '' : (names.get(id) ?? ''))
  // What was told to the engine is the time since the customer came; a reader asks how long the contact stood in this queue.
  let queuedAt: string | undefined
  return events.flatMap((event) => {
    const entry = tellEvent(event, nameOf)
    if (entry?.kind === 'queued') queuedAt = entry.at
    if (!entry || !('waitedSeconds' in entry) || queuedAt === undefined) return entry ?? []
    return { ...entry, waitedSeconds: Math.max(0, Math.round((Date.parse(entry.at) - Date.parse(queuedAt)) / 1000)) }
  })
}

/** Somebody reads a contact that is not in their hands; a minute's reading is one. */
export const recordSeen = async (reader: Reader, contactId: ContactId, agentId: AgentId, at: Date): Promise<void> => {
  await reader.named(
    'record-seen',
    `insert into contact_seen as s (contact_id, agent_id, first_at, last_at) values ($1, $2, $3, $3)
     on conflict (contact_id, agent_id) do update set last_at = excluded.last_at where s.last_at < excluded.last_at - interval '1 minute'`,
    [contactId, agentId, at],
  )
}

/** Who read it so, the first reader first. */
export const loadSeenBy = async (reader: Reader, contactId: ContactId): Promise<SeenBy[]> =>
  (
    await reader.named<{ agent: string; firstAt: Date; lastAt: Date }>(
      'seen-by',
      `select a.name as agent, s.first_at as "firstAt", s.last_at as "lastAt" from contact_seen s join agent a on a.id = s.agent_id
       where s.contact_id = $1 order by s.first_at`,
      [contactId],
    )
  ).map(({ agent, firstAt, lastAt }) => ({ agent, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() }))
