/**
 * The same figures the slow way: each counter asks all events anew, contact by contact and second by second, with nothing kept
 * between events. Shares no code with what it judges.
 */
import type { MetricEvent } from './event.ts'

const of = (events: readonly MetricEvent[], contactId: string) =>
  events.filter(({ payload }) => 'contactId' in payload && payload.contactId === contactId)

/** A contact's stays: from a queued event that begins one to the next such, or the end. */
const staysOf = (own: readonly MetricEvent[]) => {
  const queues: string[] = []
  const begins = own.filter((event) => {
    if (event.kind !== 'contact.queued' || !['arrived', 'transferred', 'escalated', 'answered'].includes(event.payload.cause)) return false
    const { cause, fromAgentId, queueId } = event.payload
    // Moved within its queue while nobody had it in hand: it goes on waiting.
    if (cause === 'transferred' && fromAgentId === null && queueId === queues.at(-1)) return false
    queues.push(queueId)
    return true
  })
  return begins.map((event, index) => {
    if (event.kind !== 'contact.queued') throw new Error('filtered above')
    const next = begins[index + 1]
    const part = own.slice(own.indexOf(event), next ? own.indexOf(next) : own.length)
    const from = event.payload.cause === 'arrived' ? event.payload.arrivedAt : event.at.getTime()
    return { queueId: event.payload.queueId, line: event.payload.line, from, targetMs: event.payload.targetSeconds * 1000, part, isLast: !next }
  })
}

const replyIn = (events: readonly MetricEvent[]) => events.find((event) => event.kind === 'message.sent' && event.payload.agentId !== null)?.at.getTime()

/** The last wrap-up that nobody reopened, else the closing. */
const endOf = (own: readonly MetricEvent[]): number => {
  const closed = own.find(({ kind }) => kind === 'contact.closed')
  const turns = own.filter(({ kind }) => kind === 'contact.wrapUpStarted' || kind === 'contact.reopened')
  const last = turns.at(-1)
  return (last?.kind === 'contact.wrapUpStarted' ? last : closed)?.at.getTime() ?? NaN
}

interface Hold {
  readonly agentId: string
  readonly contactId: string
  readonly from: number
  readonly to: number
  readonly end: MetricEvent | undefined
  readonly part: readonly MetricEvent[]
}
const holdsOf = (own: readonly MetricEvent[], contactId: string, now: number): Hold[] =>
  own.flatMap((event, index) => {
    if (event.kind !== 'contact.accepted' && event.kind !== 'contact.picked') return []
    const rest = own.slice(index + 1)
    const end = rest.find(({ kind }) => kind === 'contact.snoozed' || kind === 'contact.queued' || kind === 'contact.closed')
    return [{ agentId: event.payload.agentId, contactId, from: event.at.getTime(), to: end?.at.getTime() ?? now, end, part: end ? rest.slice(0, rest.indexOf(end)) : rest }]
  })

const talkOf = ({ from, to, part }: Hold): { talk: number; wrapUp: number } => {
  let [talk, wrapUp, since, isTalk] = [0, 0, from, true]
  const until = (at: number) => {
    if (isTalk) talk += at - since
    else wrapUp += at - since
    since = at
  }
  for (const { kind, at } of part) {
    if (kind !== 'contact.wrapUpStarted' && kind !== 'contact.reopened') continue
    until(at.getTime())
    isTalk = kind === 'contact.reopened'
  }
  until(to)
  return { talk, wrapUp }
}

export interface Recomputed {
  readonly sums: Record<string, number>
  readonly waits: number[]
  readonly firstResponses: number[]
  readonly handles: number[]
}

/** @param now up to when people's time counts */
export const recompute = (events: readonly MetricEvent[], now: number): Recomputed => {
  const ids = [...new Set(events.flatMap(({ payload }) => ('contactId' in payload ? [payload.contactId] : [])))]
  const contacts = ids.map((id) => ({ id, own: of(events, id) }))
  const stays = contacts.flatMap(({ own }) => staysOf(own).map((stay) => ({ ...stay, own, closed: stay.isLast ? own.find(({ kind }) => kind === 'contact.closed') : undefined })))
  const reasonOf = (event: MetricEvent | undefined) => (event?.kind === 'contact.closed' ? event.payload.reason : null)
  const answered = stays.flatMap((stay) => {
    const at = replyIn(stay.part)
    return at === undefined ? [] : [{ ...stay, wait: at - stay.from }]
  })
  const silent = stays.filter(({ part }) => replyIn(part) === undefined)
  const left = silent.filter(({ closed }) => ['abandoned', 'customerEnded', 'customerAway'].includes(reasonOf(closed) ?? '')).map((stay) => ({ ...stay, wait: endOf(stay.own) - stay.from }))
  const blocked = silent.filter(({ closed }) => reasonOf(closed) === 'blocked')
  const firsts = contacts.flatMap(({ own }) => {
    const [at, first] = [replyIn(own), own[0]]
    return at === undefined || first?.kind !== 'contact.queued' ? [] : [at - first.payload.arrivedAt]
  })
  const holds = contacts.flatMap(({ id, own }) => holdsOf(own, id, now))
  const over = holds.filter(({ end }) => end !== undefined)
  const finished = over.filter(({ end }) => end?.kind === 'contact.closed' || (end?.kind === 'contact.queued' && ['transferred', 'escalated', 'answered'].includes(end.payload.cause)))
  const ends = contacts.flatMap(({ own }) => own.flatMap((event) => (event.kind === 'contact.closed' ? [{ own, event }] : [])))
  const ratings = events.flatMap((event) => (event.kind === 'contact.rated' ? [event.payload.score] : []))
  const issueOf = (own: readonly MetricEvent[]) => (own[0]?.kind === 'contact.queued' ? own[0].payload.issueId : '')
  const count = (kind: MetricEvent['kind']) => events.filter((event) => event.kind === kind).length
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

  // People's time, instant by instant between the moments at which anything happened.
  const moments = [...new Set([...events.map(({ at }) => at.getTime()), now])].sort((a, b) => a - b)
  const agents = [...new Set(events.flatMap(({ payload }) => ('agentId' in payload && payload.agentId !== null ? [payload.agentId] : [])))]
  const time = { busy: 0, available: 0, notReady: 0, effort: 0 }
  for (const [index, from] of moments.slice(0, -1).entries()) {
    const to = moments[index + 1] ?? from
    for (const agentId of agents) {
      const inHand = holds.filter((hold) => hold.agentId === agentId && hold.from <= from && hold.to >= to && hold.from < hold.to)
      const presence = events.findLast((event) => event.kind === 'presence.changed' && event.payload.agentId === agentId && event.at.getTime() <= from)
      const state = presence?.kind === 'presence.changed' ? presence.payload.to : 'offline'
      if (inHand.length > 0) time.busy += to - from
      else if (state === 'available') time.available += to - from
      else if (state === 'notReady') time.notReady += to - from
      time.effort += ((to - from) * inHand.filter(({ end }) => end !== undefined).length) / Math.max(1, inHand.length)
    }
  }
  return {
    sums: {
      offered: stays.length - blocked.length,
      answered: answered.length,
      answeredInTarget: answered.filter(({ wait, targetMs }) => wait <= targetMs).length,
      waitMs: total(answered.map(({ wait }) => wait)),
      abandoned: left.length,
      abandonedInTarget: left.filter(({ wait, targetMs }) => wait <= targetMs).length,
      shortAbandoned: left.filter(({ wait }) => wait <= 30_000).length,
      unanswered: silent.filter(({ closed }) => ['agentEnded', 'customerSilent'].includes(reasonOf(closed) ?? '')).length,
      handedOnUnanswered: silent.filter(({ isLast }) => !isLast).length,
      excluded: blocked.length,
      firstResponses: firsts.length,
      firstResponseMs: total(firsts),
      handled: finished.length,
      talkMs: total(over.map((hold) => talkOf(hold).talk)),
      wrapUpMs: total(over.map((hold) => talkOf(hold).wrapUp)),
      effortMs: time.effort,
      accepted: count('contact.accepted'),
      declined: count('contact.declined'),
      missed: count('contact.missed'),
      picked: count('contact.picked'),
      ended: ends.filter(({ own }) => replyIn(own) !== undefined).length,
      rated: ratings.length,
      topTwo: ratings.filter((score) => score >= 4).length,
      topBox: ratings.filter((score) => score === 5).length,
      bottomBox: ratings.filter((score) => score === 1).length,
      bottomTwo: ratings.filter((score) => score < 3).length,
      firstLineIssues: new Set(
        contacts.flatMap(({ own }) => (staysOf(own).some(({ line, part }) => line === 1 && part.some(({ kind }) => kind === 'contact.accepted' || kind === 'contact.picked')) ? [issueOf(own)] : [])),
      ).size,
      escalatedIssues: new Set(contacts.flatMap(({ own }) => (own.some((event) => event.kind === 'contact.queued' && event.payload.cause === 'escalated') ? [issueOf(own)] : []))).size,
      coded: ends.filter(({ event }) => event.payload.resolved !== null).length,
      codedResolved: ends.filter(({ event }) => event.payload.resolved === true).length,
      busyMs: time.busy,
      availableMs: time.available,
      notReadyMs: time.notReady,
    },
    waits: answered.map(({ wait }) => wait),
    firstResponses: firsts,
    handles: finished.map((hold) => talkOf(hold).talk + talkOf(hold).wrapUp),
  }
}
