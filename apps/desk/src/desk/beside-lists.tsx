/** Below the contacts in hand: who waits and may be taken, and what was put off. */
import type { ContactView } from '@otklik/contract/views'
import type { RaisedView, WaitingView } from '@otklik/contract/work'
import { routes } from '@otklik/contract/routes'
import type { ContactId } from '@otklik/model/ids'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApi } from '../api.ts'
import { pageClock } from '../parts/clock.ts'
import { wordsOrFile } from '../attachments/file-words.ts'
import { customerName } from '../parts/customer-name.ts'
import { Elapsed, Timer } from '../parts/timer.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { formatDayTime } from '../texts/format.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { useCatalogue, useDesk, useDeskState } from './desk-context.tsx'
import { StoryDialog } from './story-dialog.tsx'

/** Lists that nobody is told of are asked for this often. */
const waitingMs = 5000
const followUpMs = 30_000
/** While the second line has something of ours: what becomes of it is known within a breath. */
const raisedMs = 2000

/** Takes a contact by hand and opens it. */
const usePick = () => {
  const { t } = useTexts()
  const { store } = useDesk()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async (id: ContactId) => {
    const outcome = await store.pick(id)
    void queries.invalidateQueries({ queryKey: ['waiting'] })
    void queries.invalidateQueries({ queryKey: ['followUps'] })
    if (outcome.ok) void navigate(`/contacts/${id}`)
    else toastFailure(t(`errors.${outcome.failure}`))
  }
}

const WaitingRow = ({ waiting, onTake }: { waiting: WaitingView; onTake: () => void }) => {
  const { t } = useTexts()
  const name = customerName(waiting.customer, t)
  return (
    <li>
      <button type="button" className="beside-row" onClick={onTake}>
        <span className="line">
          <span className="cut name" title={name}>
            {name}
          </span>
          <Timer since={waiting.waitingSince} targetSeconds={waiting.queue.targetSeconds} />
        </span>
        <span className="line below">
          <span className="cut grow" title={waiting.words ?? ''}>
            {waiting.words ?? t('desk.noWords')}
          </span>
          <span className="act" title={waiting.reservedFor ?? undefined}>{waiting.reservedFor === null ? t('work.take') : t('work.reserved', { name: waiting.reservedFor })}</span>
        </span>
      </button>
    </li>
  )
}

/** Who waits in queues that let agents choose; nothing where there is none. */
export const WaitingList = () => {
  const { t } = useTexts()
  const api = useApi()
  const catalogue = useCatalogue()
  const isThere = useDeskState((state) => state.me !== null && state.me.presence.state !== 'offline')
  const mayPick = isThere && catalogue.data?.queues.some(({ picking }) => picking) === true
  const contacts = useDeskState((state) => state.contacts)
  const list = useRef<HTMLUListElement>(null)
  const pick = usePick()
  const waiting = useQuery({
    queryKey: ['waiting'],
    queryFn: ({ signal }) => api.call(routes.waiting, { signal }),
    enabled: mayPick,
    refetchInterval: waitingMs,
  })
  // What has come to this agent's hands since it was asked for is no more to be taken.
  const items = (waiting.data?.items ?? []).filter(({ id }) => !contacts.has(id))
  useKeys({ waiting: mayPick && items.length > 0 ? () => list.current?.querySelector('button')?.focus() : undefined })
  if (!mayPick || items.length === 0) return null
  return (
    <section aria-label={t('work.waitingTitle')}>
      <h2 className="list-order">
        {t('work.waitingTitle')} · {items.length}
        {waiting.data?.more && ` ${t('work.moreWaiting')}`}
      </h2>
      <ul ref={list}>
        {items.map((one) => (
          <WaitingRow key={one.id} waiting={one} onTake={() => void pick(one.id)} />
        ))}
      </ul>
    </section>
  )
}

const FollowUpRow = ({ contact, timeZone, onTake }: { contact: ContactView; timeZone: string; onTake: () => void }) => {
  const { t, language } = useTexts()
  const name = customerName(contact.customer, t)
  const { snooze } = contact
  const due =
    snooze && (snooze.told ? t('work.due', { when: formatDayTime(snooze.until, pageClock.now(), language, timeZone) }) : t('work.dueByWord'))
  return (
    <li>
      <button type="button" className="beside-row" onClick={onTake}>
        <span className="line">
          <span className="cut name" title={name}>
            {name}
          </span>
          <span className="act">{t('work.takeBack')}</span>
        </span>
        <span className="line below">
          <span className="cut grow">{wordsOrFile(contact.lastMessage?.text, contact.lastMessage?.file, t) ?? t('desk.noWords')}</span>
        </span>
        <span className="line below">
          <span className="cut grow" title={due ?? undefined}>
            {due}
          </span>
        </span>
      </button>
    </li>
  )
}

/** What this agent has put off, the next one first. */
export const FollowUpList = () => {
  const { t } = useTexts()
  const api = useApi()
  const pick = usePick()
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const contacts = useDeskState((state) => state.contacts)
  // Whatever came or went may have been one of these.
  const held = useMemo(() => [...contacts.keys()].sort().join(), [contacts])
  const followUps = useQuery({
    queryKey: ['followUps'],
    queryFn: ({ signal }) => api.call(routes.followUps, { signal }),
    refetchInterval: followUpMs,
  })
  const { refetch } = followUps
  useEffect(() => void refetch(), [held, refetch])
  const items = (followUps.data?.items ?? []).filter(({ id }) => !contacts.has(id))
  if (items.length === 0) return null
  return (
    <section aria-label={t('work.followUps')}>
      <h2 className="list-order">
        {t('work.followUps')} · {items.length}
      </h2>
      <ul>
        {items.map((contact) => (
          <FollowUpRow key={contact.id} contact={contact} timeZone={timeZone} onTake={() => void pick(contact.id)} />
        ))}
      </ul>
    </section>
  )
}

/** Where a raised contact stands, in words. */
const stateOf = (raised: RaisedView, t: Translate): string => {
  if (raised.state === 'closed') return raised.dispositionName ?? t('timeline.closed')
  if (raised.answeredAt !== null) return t('work.raisedAnswered')
  if (raised.agentName === null) return t('work.raisedWaits')
  return t(raised.state === 'offered' ? 'work.raisedOffered' : 'work.raisedWith', { name: raised.agentName })
}

/** What this agent has raised to the second line, and what became of it. */
export const RaisedList = () => {
  const { t } = useTexts()
  const api = useApi()
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const contacts = useDeskState((state) => state.contacts)
  const [opened, setOpened] = useState<ContactId | null>(null)
  const held = useMemo(() => [...contacts.keys()].sort().join(), [contacts])
  const raised = useQuery({
    queryKey: ['raised'],
    queryFn: ({ signal }) => api.call(routes.raised, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some((one) => one.state !== 'closed' && one.answeredAt === null) ? raisedMs : followUpMs),
  })
  const { refetch } = raised
  useEffect(() => void refetch(), [held, refetch])
  const items = (raised.data?.items ?? []).filter(({ id }) => !contacts.has(id))
  if (items.length === 0) return null
  return (
    <section aria-label={t('work.raised')}>
      <h2 className="list-order">
        {t('work.raised')} · {items.length}
      </h2>
      <ul>
        {items.map((one) => (
          <li key={one.id}>
            <button type="button" className="beside-row" onClick={() => setOpened(one.id)}>
              <span className="line">
                <span className="cut name" title={customerName(one.customer, t)}>
                  {customerName(one.customer, t)}
                </span>
                {one.state !== 'closed' && one.answeredAt === null && (
                  <span className="timer">
                    <Elapsed since={one.raisedAt} />
                  </span>
                )}
              </span>
              <span className="line below">
                <span className="cut grow" title={stateOf(one, t)}>
                  {stateOf(one, t)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {opened !== null && <StoryDialog id={opened} timeZone={timeZone} opened onClose={() => setOpened(null)} />}
    </section>
  )
}
