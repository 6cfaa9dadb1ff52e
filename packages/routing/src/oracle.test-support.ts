/**
 * The truth that the engine is judged by: plain rows, as the database would hold them, and brute force over all of
 * them. Nothing here reads the engine.
 */
import { type AgentRow, type QueueDefinition, type Ring, type RoutedChannel, type SkillLevel } from './input.ts'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'

export type OracleAgent = { -readonly [Key in keyof AgentRow]: AgentRow[Key] } & { reloading: boolean }

export type OraclePlace = 'queued' | 'claimed' | 'offered' | 'active' | 'wrapUp'

export type OracleContact = {
  contactId: ContactId
  place: OraclePlace
  queueId: QueueId
  channel: RoutedChannel
  language: string | null
  arrivedAt: number
  seq: number
  agentId: AgentId | null
  expiresAt: number | null
  /** `expire` has been said. */
  expired: boolean
  /** The row was loaded after that, so that it will be said again. */
  expiresAgain: boolean
  reservedFor: { agentId: AgentId; until: number } | null
  exclusions: { agentId: AgentId; until: number }[]
  /** The engine waits for the row. */
  reloading: boolean
}

/** A property that does not hold, under the name that ROUTING.md gives it. */
export class Broken extends Error {}

export const hold = (property: string, holds: boolean, detail: () => string): void => {
  if (!holds) throw new Broken(`${property}: ${detail()}`)
}

export class Oracle {
  now = 1_000_000
  readonly agents = new Map<AgentId, OracleAgent>()
  readonly contacts = new Map<ContactId, OracleContact>()
  readonly queues = new Map<QueueId, QueueDefinition>()

  /** The ways to qualify at a ring. */
  askedAt(queue: QueueDefinition, ring: number): { ways: readonly (readonly SkillLevel[])[]; anyLanguage: boolean } {
    const first: Ring = { afterSeconds: 0, skills: queue.skills, orSkills: queue.orSkills ?? [], anyLanguage: false }
    const inForce = sortedRings(queue).slice(0, ring).reduce((before, step) => ({ ...before, ...step }), first)
    return { ways: [inForce.skills!, ...inForce.orSkills!], anyLanguage: inForce.anyLanguage! }
  }

  /** Σ over-qualification at a ring, null when not eligible. */
  fit(contact: OracleContact, agent: OracleAgent, ring: number): number | null {
    const { ways, anyLanguage } = this.askedAt(this.queues.get(contact.queueId)!, ring)
    if (!admits(agent, contact.channel)) return null
    if (contact.language !== null && !anyLanguage && !agent.languages.includes(contact.language)) return null
    const fits = ways.flatMap((way) => {
      const over = way.map(({ skillId, level }) => (agent.skills.find((held) => held.skillId === skillId)?.level ?? 0) - level)
      return over.some((levels) => levels < 0) ? [] : [over.reduce((sum, levels) => sum + levels, 0)]
    })
    return fits.length > 0 ? Math.min(...fits) : null
  }

  ringByAge(contact: OracleContact): number {
    return sortedRings(this.queues.get(contact.queueId)!).filter(
      (ring) => this.now - contact.arrivedAt >= ring.afterSeconds * 1000,
    ).length
  }

  onlineAt(contact: OracleContact, ring: number): OracleAgent[] {
    return [...this.agents.values()].filter(
      (agent) => agent.base !== 'offline' && this.fit(contact, agent, ring) !== null,
    )
  }

  ringInForce(contact: OracleContact): number {
    const byAge = this.ringByAge(contact)
    const last = this.queues.get(contact.queueId)!.rings.length
    for (let ring = byAge; ring <= last; ring++) if (this.onlineAt(contact, ring).length > 0) return ring
    return byAge
  }

  isExcluded(contact: OracleContact, agentId: AgentId): boolean {
    return contact.exclusions.some((exclusion) => exclusion.agentId === agentId && exclusion.until > this.now)
  }

  exclusionsHold(contact: OracleContact): boolean {
    return this.onlineAt(contact, this.ringInForce(contact)).some((agent) => !this.isExcluded(contact, agent.agentId))
  }

  /** Must it wait for the agent whom it is reserved for? */
  isHeld(contact: OracleContact): boolean {
    const { reservedFor } = contact
    if (!reservedFor || reservedFor.until <= this.now || this.isExcluded(contact, reservedFor.agentId)) return false
    const agent = this.agents.get(reservedFor.agentId)
    return agent !== undefined && agent.base === 'available' && admits(agent, contact.channel)
  }

  inHand(agent: OracleAgent): Record<RoutedChannel, number> {
    const counts = { voice: 0, chat: 0, mail: 0 }
    for (const contact of this.contacts.values()) {
      if (contact.agentId === agent.agentId && (contact.place === 'active' || contact.place === 'wrapUp')) {
        counts[contact.channel]++
      }
    }
    return counts
  }

  pendingOf(agentId: AgentId): OracleContact | undefined {
    return [...this.contacts.values()].find(
      ({ agentId: id, place }) => id === agentId && (place === 'claimed' || place === 'offered'),
    )
  }

  isFree(agent: OracleAgent, channel: RoutedChannel): boolean {
    if (agent.base !== 'available' || agent.reloading || this.pendingOf(agent.agentId)) return false
    const counts = this.inHand(agent)
    if (counts.voice > 0 || counts[channel] >= agent.caps[channel]) return false
    return channel === 'voice' ? counts.chat === 0 : counts.chat + counts.mail < agent.caps.total
  }

  load(agent: OracleAgent, channel: RoutedChannel): number {
    const { voice, chat, mail } = this.inHand(agent)
    return channel === 'chat' ? chat : voice + chat + mail
  }

  /** Everybody queued in an open queue whom the engine may offer. */
  waiting(): OracleContact[] {
    return [...this.contacts.values()].filter(
      (contact) => contact.place === 'queued' && !contact.reloading && this.queues.get(contact.queueId)!.open,
    )
  }

  /** May the agent take the waiting contact now, free or not? */
  mayServe(contact: OracleContact, agent: OracleAgent): boolean {
    if (this.isHeld(contact)) return contact.reservedFor!.agentId === agent.agentId
    if (this.fit(contact, agent, this.ringInForce(contact)) === null) return false
    return !this.isExcluded(contact, agent.agentId) || !this.exclusionsHold(contact)
  }

  urgency(contact: OracleContact): number {
    const { priority, targetSeconds } = this.queues.get(contact.queueId)!
    return (Math.max(0, this.now - contact.arrivedAt) / 1000) * (2 ** (priority - 3) / Math.max(1, targetSeconds))
  }

  /** The most urgent first. */
  byUrgency(a: OracleContact, b: OracleContact): number {
    return this.urgency(b) - this.urgency(a) || a.arrivedAt - b.arrivedAt || a.seq - b.seq
  }

  /** The contact that a free agent must take: own holds first. */
  workFor(agent: OracleAgent): OracleContact | undefined {
    const possible = this.waiting().filter(
      (contact) => this.isFree(agent, contact.channel) && this.mayServe(contact, agent),
    )
    const held = possible.filter((contact) => this.isHeld(contact))
    return (held.length > 0 ? held : possible).toSorted((a, b) => this.byUrgency(a, b))[0]
  }

  /** The free agents who may take the contact, best first; `later` are agents whose turn comes only after it. */
  candidates(contact: OracleContact, later: ReadonlySet<AgentId>): OracleAgent[] {
    const ring = this.ringInForce(contact)
    const { policy = 'bestFit' } = this.queues.get(contact.queueId)!
    const key = (agent: OracleAgent): readonly [number, number, number] => {
      const fit = this.fit(contact, agent, ring) ?? 0
      const load = this.load(agent, contact.channel)
      if (policy === 'evenOccupancy') return [load, agent.occupancy, agent.ticket]
      return [policy === 'mostSkilled' ? -fit : fit, load, agent.ticket]
    }
    return [...this.agents.values()]
      .filter((agent) => !later.has(agent.agentId) && this.isFree(agent, contact.channel))
      .filter((agent) => this.mayServe(contact, agent))
      .sort((a, b) => {
        const [left, right] = [key(a), key(b)]
        return left[0] - right[0] || left[1] - right[1] || left[2] - right[2]
      })
  }

  /** Equal contacts: DOMAIN.md. */
  areEqual(a: OracleContact, b: OracleContact): boolean {
    const plain = (contact: OracleContact) =>
      !this.isHeld(contact) && !contact.exclusions.some(({ until }) => until > this.now)
    return (
      a.queueId === b.queueId &&
      a.channel === b.channel &&
      a.language === b.language &&
      this.ringByAge(a) === this.ringByAge(b) &&
      plain(a) &&
      plain(b)
    )
  }
}

export const admits = (agent: OracleAgent, channel: RoutedChannel): boolean =>
  agent.caps[channel] > 0 && (channel === 'voice' || agent.caps.total > 0)

const sortedRings = (queue: QueueDefinition): readonly Ring[] =>
  queue.rings.toSorted((a, b) => a.afterSeconds - b.afterSeconds)
