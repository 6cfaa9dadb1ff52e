/** Below the contacts in hand: who waits and may be taken, and what was put off. */
import type { Language } from '@otklik/contract/fields'
import type { ContactView } from '@otklik/contract/views'
import type { RaisedView, WaitingView } from '@otklik/contract/work'
import { routes } from '@otklik/contract/routes'
import type { ContactId } from '@otklik/model/ids'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
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
export const usePick = () => {
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

/** Until when, in words. */
const dueWords = ({ snooze }: ContactView, timeZone: string, language: Language, t: Translate): string | null =>
  snooze && (snooze.told ? t('work.due', { when: formatDayTime(snooze.until, pageClock.now(), language, timeZone) }) : t('work.dueByWord'))

/** Pressed, it is read; only its button takes it back. */
const FollowUpRow = ({ contact, timeZone, current, onTake }: { contact: ContactView; timeZone: string; current: boolean; onTake: () => void }) => {
  const { t, language } = useTexts()
  const name = customerName(contact.customer, t)
  const due = dueWords(contact, timeZone, language, t)
  const words = contact.snooze?.note ?? wordsOrFile(contact.lastMessage?.text, contact.lastMessage?.file, t) ?? t('desk.noWords')
  return (
    <li className="follow-up">
      <Link className="beside-row" to={`/contacts/${contact.id}`} {...(current ? { 'aria-current': 'true' as const } : {})}>
        <span className="cut name" title={name}>
          {name}
        </span>
        <span className="line below">
          <span className="cut grow" title={words}>
            {words}
          </span>
        </span>
        <span className="line below">
          <span className="cut grow" title={due ?? undefined}>
            {due}
          </span>
        </span>
      </Link>
      <button type="button" className="act" aria-label={t('work.takeBackNamed', { name })} onClick={onTake}>
        {t('work.takeBack')}
      </button>
    </li>
  )
}

/** Whether something has become of a listed contact since, as the socket tells. */
export const isOutdated = (items: readonly Pick<ContactView, 'id' | 'version'>[], left: ReadonlyMap<ContactId, number>): boolean =>
  items.some(({ id, version }) => (left.get(id) ?? 0) > version)

const noItems: readonly ContactView[] = []
/**
 * What this agent has put off, the next one first.
 * @param current the contact that the address names, if any
 */
export const useFollowUps = (current?: ContactId) => {
  const api = useApi()
  const contacts = useDeskState((state) => state.contacts)
  const left = useDeskState((state) => state.left)
  // Whatever came or went may have been one of these.
  const held = useMemo(() => [...contacts.keys()].sort().join(), [contacts])
  const followUps = useQuery({
    queryKey: ['followUps'],
    queryFn: ({ signal }) => api.call(routes.followUps, { signal }),
    refetchInterval: followUpMs,
  })
  const { refetch } = followUps
  const items = followUps.data?.items ?? noItems
  // One that is looked at may not be put off any more.
  const opened = current === undefined || contacts.has(current) ? undefined : current
  useEffect(() => void refetch(), [held, opened, refetch])
  const isOld = isOutdated(items, left)
  useEffect(() => {
    if (isOld) void refetch()
  }, [isOld, left, refetch])
  return { isLoading: followUps.isPending, items: items.filter(({ id }) => !contacts.has(id)) }
}

export const FollowUpList = ({ items, current }: { items: readonly ContactView[]; current: ContactId | undefined }) => {
  const { t } = useTexts()
  const pick = usePick()
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  if (items.length === 0) return null
  return (
    <section aria-label={t('work.followUps')}>
      <h2 className="list-order">
        {t('work.followUps')} · {items.length}
      </h2>
      <ul>
        {items.map((contact) => (
          <FollowUpRow key={contact.id} contact={contact} timeZone={timeZone} current={contact.id === current} onTake={() => void pick(contact.id)} />
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
