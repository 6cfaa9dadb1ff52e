/**
 * Tells the agent of an offer: two short notes, and a system notification when no tab of the desk is in sight. Of
 * several tabs one rings: whoever holds a lock that the browser passes on when a tab closes.
 */
import mark from '../look/favicon.svg'
import type { Translate } from '../texts/texts.ts'

const soundKey = 'otklik.sound'
const notificationsKey = 'otklik.notifications'
const explainedKey = 'otklik.alertsExplained'
const ringLock = 'otklik.rings'
const sightLock = 'otklik.inSight'

export type Permission = 'granted' | 'denied' | 'default' | 'unsupported'

export interface RingerState {
  readonly sound: boolean
  readonly notifications: boolean
  readonly permission: Permission
  /** The browser lets us play: it wants one click or key first. */
  readonly unlocked: boolean
  readonly explained: boolean
}

const permissionNow = (): Permission => (typeof Notification === 'undefined' || !isSecureContext
  ? 'unsupported'
  : Notification.permission)
const isOn = (key: string) => localStorage.getItem(key) !== 'off'

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
    sound: isOn(soundKey),
    notifications: isOn(notificationsKey),
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
    /** A contact is offered: one sound, and one notification where nobody looks. No word of the customer is in it. */
    async ring(offerId: string, queueName: string, t: Translate) {
      if (!leads) return
      if (state.sound) play()
      if (!state.notifications || permissionNow() !== 'granted' || (await anyTabInSight())) return
      const shown = new Notification(t('alerts.offer', { queue: queueName }), {
        body: t('alerts.offerText'),
        tag: offerId,
        icon: mark,
        silent: true,
      })
      shown.onclick = () => {
        window.focus()
        shown.close()
      }
    },
    chooseSound(on: boolean) {
      localStorage.setItem(soundKey, on ? 'on' : 'off')
      set({ sound: on })
      if (on) unlock()
    },
    chooseNotifications(on: boolean) {
      localStorage.setItem(notificationsKey, on ? 'on' : 'off')
      set({ notifications: on })
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
