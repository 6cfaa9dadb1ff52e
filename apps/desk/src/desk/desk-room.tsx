/** The desk's life on the page: its store and its ringing, for as long as an agent or supervisor is signed in. */
import { useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { pageClock } from '../parts/clock.ts'
import { useSessionEnd } from '../sign-in/session.ts'
import { endToast, toast } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { countUnread, newlyAnswered, type UnreadCounts } from './answers.ts'
import { DeskContext, useDesk, useDeskState, useOpenOffers, type Desk } from './desk-context.tsx'
import { createDeskStore } from './desk-store.ts'
import { createDrafts } from './drafts.ts'
import { createRinger } from './ringer.ts'
import { callingCount } from './sorting.ts'

const openSocket = () =>
  new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/desk/socket`)

const later = (ms: number, work: () => void) => {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

/** Rings once for each new offer and for each customer who answers while nobody looks, and keeps the tab's title counting. */
const Announcer = () => {
  const { t } = useTexts()
  const { ringer } = useDesk()
  const offers = useOpenOffers()
  const contacts = useDeskState((state) => state.contacts)
  const pending = useDeskState((state) => state.pending)
  const known = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => ringer.start(), [ringer])
  useEffect(() => {
    for (const { offer, queue } of offers) if (offer &&
      !known.current.has(offer.id)) void ringer.ring('offer', offer.id, queue.name, t)
    known.current = new Set(offers.flatMap(({ offer }) => (offer ? [offer.id] : [])))
  }, [offers, ringer, t])
  const held = useRef(contacts)
  useEffect(() => {
    // What was put off or handed on, and said to be, is back.
    for (const id of contacts.keys()) if (!held.current.has(id)) endToast(id)
    held.current = contacts
  }, [contacts])
  const navigate = useNavigate()
  const unread = useRef<UnreadCounts>(new Map())
  /** Those who were called for already: a second message of the same customer is no second thing. */
  const called = useRef(new Set<ContactId>())
  useEffect(() => {
    const seen = () => {
      if (!document.hidden) called.current.clear()
    }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [])
  useEffect(() => {
    const answered = newlyAnswered(unread.current, contacts.values())
    unread.current = countUnread(contacts.values())
    for (const { id, queue } of answered) {
      if (!document.hidden || called.current.has(id)) continue
      called.current.add(id)
      void ringer.ring('answer', id, queue.name, t, () => void navigate(`/contacts/${id}`)).then((isDone) => !isDone && called.current.delete(id))
    }
  }, [contacts, ringer, navigate, t])
  const calling = callingCount({ contacts, pending })
  useEffect(() => {
    document.title = calling > 0 ? `(${calling}) ${t('app.name')}` : t('app.name')
  }, [calling, t])
  return null
}

/** @param makeSocket opens the socket; the gallery gives its own */
export const DeskRoom = ({ children, makeSocket = openSocket }: {
  children: ReactNode
  makeSocket?: Parameters<typeof createDeskStore>[0]['openSocket']
}) => {
  const api = useApi()
  const queries = useQueryClient()
  const { t } = useTexts()
  const sessionEnded = useSessionEnd()
  const ended = useRef(sessionEnded)
  const hinted = useRef((name: string) => void toast(t('floor.hintBy', { name })))
  useEffect(() => {
    ended.current = sessionEnded
    hinted.current = (name) => void toast(t('floor.hintBy', { name }))
  })
  const [made] = useState(() => {
    const drafts = createDrafts(sessionStorage)
    const ringer = createRinger()
    const store = createDeskStore({
      api, drafts, later, openSocket: makeSocket,
      clock: pageClock,
      newId: () => crypto.randomUUID(),
      onHint: (hint) => {
        ringer.play()
        hinted.current(hint.author.name ?? '')
      },
      onSessionEnd: () => ended.current({ byChoice: false }),
    })
    return { store, drafts, ringer }
  })
  const { store, drafts } = made

  useEffect(() => {
    void store.start()
    const seen = () => {
      if (document.hidden) store.hide()
      else store.wake()
    }
    const online = () => {
      if (store.getState().phase === 'failed') void store.start()
      else store.wake()
    }
    document.addEventListener('visibilitychange', seen)
    addEventListener('pagehide', store.hide)
    addEventListener('online', online)
    addEventListener('offline', store.networkLost)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('pagehide', store.hide)
      removeEventListener('online', online)
      removeEventListener('offline', store.networkLost)
      store.stop()
    }
  }, [store])

  const desk = useMemo<Desk>(
    () => ({
      ...made,
      signOut: async (contacts) => {
        const left = await store.leave(contacts)
        if (!left.ok && left.failure !== 'alreadyOffline') return left
        try {
          await api.call(routes.signOut, {})
        } catch (error) {
          const failure = failureOf(error)
          if (failure !== 'notSignedIn') return { ok: false, failure }
        }
        drafts.forgetAll()
        queries.clear()
        ended.current({ byChoice: true })
        return { ok: true }
      },
    }),
    [made, store, drafts, api, queries],
  )
  return (
    <DeskContext value={desk}>
      <Announcer />
      {children}
    </DeskContext>
  )
}
