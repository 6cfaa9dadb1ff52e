/** Agents as columns: what they may take, what they have in hand, and whether they are free for a channel. */
import { channelCount, chat, mail, type Profile, voice } from './eligibility.ts'
import type { AgentProfile } from './input.ts'
import { Interner } from './interner.ts'
import { widenFloats, widenInts } from './nodes.ts'
import type { Presence } from '@otklik/model/presence'

export const offline = 0
export const available = 1
export const notReady = 2
export const presenceNames: readonly Presence[] = ['offline', 'available', 'notReady']

export class Agents {
  readonly interner = new Interner()
  /** Index in `presenceNames`. */
  base = new Int32Array(0)
  /** When the agent last became free at a load, as a monotone number from the database. */
  ticket = new Float64Array(0)
  /** The contact claimed for or offered to the agent, or -1. */
  pending = new Int32Array(0)
  /** 1 while the shell is loading the row: the agent is given nothing. */
  reloading = new Int32Array(0)
  total = new Int32Array(0)
  /** Columns of agent × channel. */
  cap = new Int32Array(0)
  inHand = new Int32Array(0)
  /** Bit k is set while the agent stands in the idle index of channel k. */
  indexed = new Int32Array(0)
  readonly profile: (Profile | null)[] = []
  /** The profile's id, or -1. */
  profileId = new Int32Array(0)
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
    if (agent >= this.base.length) {
      const size = Math.max(256, this.base.length * 2)
      this.base = widenInts(this.base, size)
      this.ticket = widenFloats(this.ticket, size)
      this.pending = widenInts(this.pending, size, -1)
      this.reloading = widenInts(this.reloading, size)
      this.total = widenInts(this.total, size)
      this.indexed = widenInts(this.indexed, size)
      this.profileId = widenInts(this.profileId, size, -1)
      this.cap = widenInts(this.cap, size * channelCount)
      this.inHand = widenInts(this.inHand, size * channelCount)
    }
    return agent
  }

  setProfile(agent: number, row: AgentProfile, profile: Profile): void {
    this.profile[agent] = profile
    this.profileId[agent] = profile.id
    this.total[agent] = row.caps.total
    this.cap[agent * channelCount + voice] = row.caps.voice
    this.cap[agent * channelCount + chat] = row.caps.chat
    this.cap[agent * channelCount + mail] = row.caps.mail
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
    if (this.base[agent] !== available || this.pending[agent]! >= 0 || this.reloading[agent] !== 0) return 0
    const at = agent * channelCount
    if (this.inHand[at + voice]! > 0) return 0
    const chats = this.inHand[at + chat]!
    const mails = this.inHand[at + mail]!
    let free = chats === 0 && this.cap[at + voice]! > 0 ? 1 << voice : 0
    if (chats + mails >= this.total[agent]!) return free
    if (chats < this.cap[at + chat]!) free |= 1 << chat
    if (mails < this.cap[at + mail]!) free |= 1 << mail
    return free
  }

  isFree(agent: number, channel: number): boolean {
    return (this.freeChannels(agent) & (1 << channel)) !== 0
  }

  /** The load that counts for a channel: chats for chat, everything in hand for voice and mail. */
  loadOf(agent: number, channel: number): number {
    const at = agent * channelCount
    const chats = this.inHand[at + chat]!
    return channel === chat ? chats : chats + this.inHand[at + mail]! + this.inHand[at + voice]!
  }
}
