/**
 * Calls the agent. For an offer: two short notes, and a system notification when no tab of the desk is in sight. For a
 * customer's answer to a contact in hand: both, but only when no tab is in sight, as the screen shows it otherwise. Of
 * several tabs one rings: whoever holds a lock that the browser passes on when a tab closes.
 */
import mark from '../look/favicon.svg'
import type { Translate } from '../texts/texts.ts'

/** What there is to be called for. */
export const callings = ['offer', 'answer'] as const
export type Calling = (typeof callings)[number]
export const ways = ['sound', 'notifications'] as const
export type Way = (typeof ways)[number]
export type Choices = Readonly<Record<Way, Readonly<Record<Calling, boolean>>>>
const keyOf = (way: Way, calling: Calling) => (calling === 'offer' ? `otklik.${way}` : `otklik.${way}.${calling}`)

const explainedKey = 'otklik.alertsExplained'
const ringLock = 'otklik.rings'
const sightLock = 'otklik.inSight'

export type Permission = 'granted' | 'denied' | 'default' | 'unsupported'

export interface RingerState {
  readonly choices: Choices
  readonly permission: Permission
  /** The browser lets us play: it wants one click or key first. */
  readonly unlocked: boolean
  readonly explained: boolean
}

const permissionNow = (): Permission => (typeof Notification === 'undefined' || !isSecureContext
  ? 'unsupported'
  : Notification.permission)
const readChoices = (): Choices => {
  const isOn = (way: Way, calling: Calling) => localStorage.getItem(keyOf(way, calling)) !== 'off'
  const of = (way: Way) => ({ offer: isOn(way, 'offer'), answer: isOn(way, 'answer') })
  return { sound: of('sound'), notifications: of('notifications') }
}

// Two notes, a fifth apart, soft at both ends.
const notes = [
  { at: 0, hertz: 659.3 },
  { at: 0.16, hertz: 987.8 },
]
const noteSeconds = 0.22
const loudness = 0.16

export const createRinger = () => {
  let audio: AudioContext | undefined
  let leads = false
  let releaseSight: (() => void) | undefined
  let state: RingerState = {
    choices: readChoices(),
    permission: permissionNow(),
    unlocked: false,
    explained: localStorage.getItem(explainedKey) === 'yes',
  }
  const listeners = new Set<() => void>()
  const set = (part: Partial<RingerState>) => {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }

  /** Called within a click or a key press, which is what the browser asks for. */
  const unlock = () => {
    audio ??= new AudioContext()
    void audio.resume().then(() => set({ unlocked: audio?.state === 'running' }))
  }

  const play = () => {
    if (!audio || audio.state !== 'running') return
    for (const note of notes) {
      const start = audio.currentTime + note.at
      const tone = audio.createOscillator()
      const volume = audio.createGain()
      tone.type = 'sine'
      tone.frequency.value = note.hertz
      volume.gain.setValueAtTime(0, start)
      volume.gain.linearRampToValueAtTime(loudness, start + 0.02)
      volume.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds)
      tone.connect(volume).connect(audio.destination)
      tone.start(start)
      tone.stop(start + noteSeconds)
    }
  }

  // Without locks (plain HTTP beyond localhost) every tab believes that it leads; notifications need HTTPS anyway.
  const locks = 'locks' in navigator ? navigator.locks : undefined
  const holdSight = () => {
    releaseSight?.()
    releaseSight = undefined
    if (document.hidden || !locks) return
    void locks.request(sightLock, { mode: 'shared' }, () => new Promise<void>((resolve) => {
      releaseSight = resolve
    }))
  }
  const anyTabInSight = async () => {
    if (!document.hidden) return true
    const held = (await locks?.query())?.held ?? []
    return held.some((lock) => lock.name === sightLock)
  }

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    unlock,
    play,
    /** Takes part in choosing the tab that rings; returns how to stop. */
    start() {
      const leaving = new AbortController()
      if (!locks) leads = true
      else
        locks
          .request(ringLock, { signal: leaving.signal }, () => {
            leads = true
            return new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()))
          })
          .catch((error: unknown) => {
            if (!leaving.signal.aborted) throw error
          })
      const firstGesture = () => unlock()
      addEventListener('pointerdown', firstGesture, { once: true })
      addEventListener('keydown', firstGesture, { once: true })
      document.addEventListener('visibilitychange', holdSight)
      holdSight()
      return () => {
        leads = false
        leaving.abort()
        releaseSight?.()
        removeEventListener('pointerdown', firstGesture)
        removeEventListener('keydown', firstGesture)
        document.removeEventListener('visibilitychange', holdSight)
      }
    },
    /**
     * One sound, and one notification where nobody looks. No word of the customer is in it.
     * @param id of the offer, or of the contact that was answered: the same one again takes the place of the first
     * @param onOpen the notification was pressed
     * @returns whether the call is this tab's, so that it need not be made again
     */
    async ring(calling: Calling, id: string, queueName: string, t: Translate, onOpen?: () => void): Promise<boolean> {
      if (!leads) return false
      const { sound, notifications } = state.choices
      const isSeen = await anyTabInSight()
      if (isSeen && calling === 'answer') return false
      if (sound[calling]) play()
      if (isSeen || !notifications[calling] || permissionNow() !== 'granted') return true
      const shown = new Notification(t(`alerts.${calling}`, { queue: queueName }), {
        body: t(`alerts.${calling}Text`),
        tag: id,
        icon: mark,
        silent: true,
      })
      shown.onclick = () => {
        window.focus()
        shown.close()
        onOpen?.()
      }
      return true
    },
    choose(way: Way, calling: Calling, on: boolean) {
      localStorage.setItem(keyOf(way, calling), on ? 'on' : 'off')
      set({ choices: { ...state.choices, [way]: { ...state.choices[way], [calling]: on } } })
      if (on && way === 'sound') unlock()
    },
    async askPermission() {
      localStorage.setItem(explainedKey, 'yes')
      set({ explained: true })
      if (permissionNow() === 'default') await Notification.requestPermission()
      set({ permission: permissionNow() })
    },
    dismissExplanation() {
      localStorage.setItem(explainedKey, 'yes')
      set({ explained: true })
    },
  }
}

export type Ringer = ReturnType<typeof createRinger>
