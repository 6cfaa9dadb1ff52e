/**
 * Agents as records of numbers: what they may take, what they have in hand, and whether they are free for a channel.
 */
import { chat, mail, type Profile, voice } from './eligibility.ts'
import type { AgentProfile } from './input.ts'
import { Interner } from './interner.ts'
import { IntRecords, widenFloats } from './records.ts'
import type { Presence } from '@otklik/model/presence'

export const offline = 0
export const available = 1
export const notReady = 2
export const presenceNames: readonly Presence[] = ['offline', 'available', 'notReady']

export class Agents {
  readonly interner = new Interner()
  private readonly cells = new IntRecords([offline, -1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  /** Index in `presenceNames`. */
  readonly base = this.cells.column(0)
  /** The contact claimed for or offered to the agent, or -1. */
  readonly pending = this.cells.column(1)
  /** 1 while the shell is loading the row: the agent is given nothing. */
  readonly reloading = this.cells.column(2)
  private readonly total = this.cells.column(3)
  /** Bit k is set while the agent stands in the idle index of channel k. */
  readonly indexed = this.cells.column(4)
  /** The profile's id, or -1. */
  readonly profileId = this.cells.column(5)
  /** By channel. */
  private readonly cap = [6, 7, 8].map((field) => this.cells.column(field))
  readonly inHand = [9, 10, 11].map((field) => this.cells.column(field))
  /** When the agent last became free at a load, as a monotone number from the database. */
  ticket = new Float64Array(0)
  /** How busy the agent was lately, as the database puts it: only the order counts. */
  occupancy = new Float64Array(0)
  readonly profile: (Profile | null)[] = []
  /** Contacts reserved for an agent, whatever their state; few agents have any. */
  readonly reserved = new Map<number, number[]>()

  get size(): number {
    return this.interner.ids.length
  }

  /** The agent's number; an agent seen for the first time is offline and without a profile. */
  intern(id: string): number {
    const agent = this.interner.intern(id)
    if (agent < this.profile.length) return agent
    this.profile.push(null)
    if (agent >= this.cells.size) {
      this.cells.ensure(agent)
      this.ticket = widenFloats(this.ticket, this.cells.size)
      this.occupancy = widenFloats(this.occupancy, this.cells.size)
    }
    return agent
  }

  setProfile(agent: number, row: AgentProfile, profile: Profile): void {
    this.profile[agent] = profile
    this.profileId.set(agent, profile.id)
    this.total.set(agent, row.caps.total)
    this.cap[voice]!.set(agent, row.caps.voice)
    this.cap[chat]!.set(agent, row.caps.chat)
    this.cap[mail]!.set(agent, row.caps.mail)
  }

  /** Could the agent take something in this channel at all, with nothing in hand? */
  admits(agent: number, channel: number): boolean {
    const profile = this.profile[agent]
    return profile !== null && profile !== undefined && (profile.channels & (1 << channel)) !== 0
  }

  /**
   * In which channels the agent may be offered something now, one bit each. Voice excludes everything; only mail lets
   * voice in beside it.
   */
  freeChannels(agent: number): number {
    if (this.base.get(agent) !== available || this.pending.get(agent) >= 0 || this.reloading.get(agent) !== 0) return 0
    if (this.inHand[voice]!.get(agent) > 0) return 0
    const chats = this.inHand[chat]!.get(agent)
    const mails = this.inHand[mail]!.get(agent)
    let free = chats === 0 && this.cap[voice]!.get(agent) > 0 ? 1 << voice : 0
    if (chats + mails >= this.total.get(agent)) return free
    if (chats < this.cap[chat]!.get(agent)) free |= 1 << chat
    if (mails < this.cap[mail]!.get(agent)) free |= 1 << mail
    return free
  }

  /** Becomes free at a load; what the input does not say stays. */
  renew(agent: number, { ticket, occupancy }: { readonly ticket?: number; readonly occupancy?: number }): void {
    if (ticket !== undefined) this.ticket[agent] = ticket
    if (occupancy !== undefined) this.occupancy[agent] = occupancy
  }

  isFree(agent: number, channel: number): boolean {
    return (this.freeChannels(agent) & (1 << channel)) !== 0
  }

  /** The load that counts for a channel: chats for chat, everything in hand for voice and mail. */
  loadOf(agent: number, channel: number): number {
    const chats = this.inHand[chat]!.get(agent)
    return channel === chat ? chats : chats + this.inHand[mail]!.get(agent) + this.inHand[voice]!.get(agent)
  }

  /** Counts a contact into or out of the agent's hands. */
  countInHand(agent: number, channel: number, by: 1 | -1): void {
    const column = this.inHand[channel]!
    column.set(agent, column.get(agent) + by)
  }
}
