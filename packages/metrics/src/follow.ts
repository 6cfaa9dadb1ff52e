/**
 * The door: events in, increments out. What is not over yet (open contacts, people's time, issues of the last day) is kept
 * between events; the same events in the same order always give the same increments.
 */
import { beginAgent, countTime, release, type AgentLife } from './agent-time.ts'
import { arrive, beginWrapUp, close, letGo, moveOn, reopen, reply, take, type ContactLife } from './contact-life.ts'
import type { Increment, MetricEvent, PayloadOf } from './event.ts'

export interface IssueLife {
  isFirstLine: boolean
  isEscalated: boolean
  /** When anything of it happened last; a day after its end a message begins another issue. */
  lastAt: number
}

export interface Following {
  readonly contacts: Map<string, ContactLife>
  readonly agents: Map<string, AgentLife>
  readonly issues: Map<string, IssueLife>
  /** What changed, came or went since somebody emptied this: whoever keeps all of it between two runs writes these. */
  readonly touched: { readonly contacts: Set<string>; readonly agents: Set<string>; readonly issues: Set<string> }
}

export const createFollowing = (): Following => ({
  contacts: new Map(),
  agents: new Map(),
  issues: new Map(),
  touched: { contacts: new Set(), agents: new Set(), issues: new Set() },
})

/** An issue can come back within a day of its last contact's end. */
const issueKeptMs = 25 * 3_600_000

/** Drops issues that cannot come back any more; call it now and then. */
export const forgetIssues = ({ issues, contacts, touched }: Following, now: number): void => {
  const open = new Set([...contacts.values()].map(({ issueId }) => issueId))
  for (const [id, { lastAt }] of issues) {
    if (lastAt >= now - issueKeptMs || open.has(id)) continue
    issues.delete(id)
    touched.issues.add(id)
  }
}

/** Counts everybody's time up to `at`, so that a figure of the moment has it. */
export const countEverybody = ({ agents }: Following, at: number): Increment[] => [...agents.values()].flatMap((agent) => countTime(agent, at))

/**
 * @param event those of one contact and of one agent in the order in which they happened; a contact's from its arrival on
 * @returns what it adds; nothing for a contact that was never seen arriving
 */
export const follow = (following: Following, event: MetricEvent): Increment[] => {
  const at = event.at.getTime()
  if ('contactId' in event.payload) following.touched.contacts.add(event.payload.contactId)
  switch (event.kind) {
    case 'contact.queued':
      return queued(following, event.payload, at)
    case 'contact.accepted':
      return taken(following, event.payload, 'accepted', at)
    case 'contact.picked':
      return taken(following, event.payload, 'picked', at)
    case 'contact.declined':
      return asked(following, event.payload, 'declined', at)
    case 'contact.missed':
      return asked(following, event.payload, 'missed', at)
    case 'contact.snoozed':
      return released(following, event.payload.contactId, event.payload.agentId, at, false)
    case 'contact.wrapUpStarted': {
      const life = following.contacts.get(event.payload.contactId)
      if (life) beginWrapUp(life, at)
      return []
    }
    case 'contact.reopened': {
      const life = following.contacts.get(event.payload.contactId)
      if (life) reopen(life, at)
      return []
    }
    case 'contact.closed': {
      const { contactId, agentId } = event.payload
      const life = following.contacts.get(contactId)
      if (!life) return []
      const holder = life.holding?.agentId
      const increments = released(following, contactId, agentId, at, true)
      following.contacts.delete(contactId)
      issueOf(following, life.issueId, at)
      return [...increments, ...close(life, event.payload, holder, at)]
    }
    case 'contact.rated':
      return [rated(event.payload)]
    case 'message.sent': {
      const { contactId, agentId } = event.payload
      const life = following.contacts.get(contactId)
      return life && agentId !== null ? reply(life, agentId, at) : []
    }
    case 'presence.changed': {
      const agent = agentOf(following, event.payload.agentId, at)
      const increments = countTime(agent, at)
      agent.presence = event.payload.to
      return increments
    }
  }
}

const agentOf = ({ agents, touched }: Following, agentId: string, at: number): AgentLife => {
  touched.agents.add(agentId)
  let agent = agents.get(agentId)
  if (!agent) agents.set(agentId, (agent = beginAgent(agentId, at)))
  return agent
}

const issueOf = ({ issues, touched }: Following, issueId: string, at: number): IssueLife => {
  touched.issues.add(issueId)
  let issue = issues.get(issueId)
  if (!issue) issues.set(issueId, (issue = { isFirstLine: false, isEscalated: false, lastAt: at }))
  issue.lastAt = Math.max(issue.lastAt, at)
  return issue
}

const queued = (following: Following, payload: PayloadOf<'contact.queued'>, at: number): Increment[] => {
  if (payload.cause === 'arrived') {
    const [life, increments] = arrive(payload)
    following.contacts.set(payload.contactId, life)
    issueOf(following, payload.issueId, at)
    return increments
  }
  const life = following.contacts.get(payload.contactId)
  if (!life) return []
  const { cause, fromAgentId } = payload
  // By the agent's own hand the work here is done; a lost agent's, and what was put off and wakes, goes on in the same stay.
  // So does the wait of one that is moved towards somebody else within its queue: nobody has worked on it.
  const staysHere = cause === 'transferred' && fromAgentId === null && payload.queueId === life.stay.queueId
  const isHandedOn = (cause === 'transferred' && !staysHere) || cause === 'escalated' || cause === 'answered'
  const increments = released(following, payload.contactId, fromAgentId, at, isHandedOn)
  if (!isHandedOn) return increments
  if (cause === 'escalated') {
    const issue = issueOf(following, life.issueId, at)
    if (!issue.isEscalated) {
      issue.isEscalated = true
      increments.push({ at, subject: { queueId: life.stay.queueId, channel: life.channel, region: life.region }, sums: { escalatedIssues: 1 } })
    }
  }
  return [...increments, ...moveOn(life, payload, at)]
}

const taken = (following: Following, { contactId, agentId }: PayloadOf<'contact.accepted'>, by: 'accepted' | 'picked', at: number): Increment[] => {
  const life = following.contacts.get(contactId)
  if (!life) return []
  const agent = agentOf(following, agentId, at)
  const increments = countTime(agent, at)
  agent.held.set(contactId, 0)
  increments.push(...take(life, agentId, by, at))
  const issue = issueOf(following, life.issueId, at)
  if (life.stay.line === 1 && !issue.isFirstLine) {
    issue.isFirstLine = true
    increments.push({ at, subject: { queueId: life.stay.queueId, channel: life.channel, region: life.region }, sums: { firstLineIssues: 1 } })
  }
  return increments
}

const asked = (following: Following, { contactId, agentId }: PayloadOf<'contact.declined'>, what: 'declined' | 'missed', at: number): Increment[] => {
  const life = following.contacts.get(contactId)
  if (!life) return []
  return [{ at, subject: { queueId: life.stay.queueId, channel: life.channel, region: life.region, agentId }, sums: { [what]: 1 } }]
}

const released = (following: Following, contactId: string, agentId: string | null, at: number, isFinished: boolean): Increment[] => {
  const life = following.contacts.get(contactId)
  if (!life || agentId === null) return []
  const agent = agentOf(following, agentId, at)
  const increments = countTime(agent, at)
  return [...increments, ...letGo(life, at, release(agent, contactId), isFinished)]
}

const rated = ({ agentId, queueId, channel, region, endedAt, score }: PayloadOf<'contact.rated'>): Increment => ({
  at: endedAt,
  subject: { queueId, channel, region, ...(agentId === null ? {} : { agentId }) },
  sums: { rated: 1, topTwo: score >= 4 ? 1 : 0, topBox: score === 5 ? 1 : 0, bottomBox: score === 1 ? 1 : 0, bottomTwo: score <= 2 ? 1 : 0 },
})
