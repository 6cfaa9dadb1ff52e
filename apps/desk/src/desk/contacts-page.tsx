/** The agent's desk: who is in hand, the conversation, the customer. The address says which contact is open. */
import { Button, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { useEffect } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useKnowledgeAddress } from '../knowledge/address.ts'
import { ContactPanel, focusCard, focusKnowledge } from '../knowledge/contact-panel.tsx'
import { ContactRow } from '../parts/contact-row.tsx'
import { Icon } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Banner, Empty, Failed, Skeleton } from '../parts/states.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { formatNumber } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { FollowUpList, RaisedList, useFollowUps, usePick, WaitingList } from './beside-lists.tsx'
import { Conversation } from './conversation.tsx'
import { useContactsInHand, useDesk, useDeskState, useOpenOffers } from './desk-context.tsx'
import { EarlierContact } from './earlier-contact.tsx'
import { GoneContact } from './gone-contact.tsx'
import { OfferStack } from './offer-stack.tsx'
import { useBecomeAvailable, useRinger } from './own-presence.tsx'
import { neighbour, shownAs } from './sorting.ts'

/** Why no new contact comes, and the one way on. */
const PresenceBanner = () => {
  const { t } = useTexts()
  const presence = useDeskState((state) => state.me?.presence)
  const becomeAvailable = useBecomeAvailable()
  if (!presence || presence.state === 'available') return null
  const missed = presence.state === 'notReady' && presence.cause === 'missed'
  return (
    <div className="presence-banner" data-missed={missed} role={missed ? 'alert' : 'note'}>
      <p>
        <b>
          {t(missed
            ? 'presence.missedTitle'
            : presence.state === 'offline' ? 'presence.offlineTitle' : 'presence.notReadyTitle')}
        </b>
        {missed && <span>{t('presence.missedText')}</span>}
        {presence.state === 'offline' && <span>{t('presence.offlineText')}</span>}
      </p>
      <Button
        variant="filled"
        justify="space-between"
        fullWidth
        onClick={() => void becomeAvailable()}
        rightSection={<KeyCap action="available" />}
      >
        {t('presence.becomeAvailable')}
      </Button>
    </div>
  )
}

/** Once, when the agent has become available: what the browser is about to ask, and why. */
const AlertsCard = () => {
  const { t } = useTexts()
  const available = useDeskState((state) => state.me?.presence.state === 'available')
  const { ringer, permission, explained } = useRinger()
  if (!available || explained || permission !== 'default') return null
  return (
    <div className="alerts-card" role="note">
      <p>
        <b>{t('alerts.title')}</b>
        <span>{t('alerts.text')}</span>
      </p>
      <div className="row">
        <Button onClick={() => void ringer.askPermission()} leftSection={<Icon name="bell" size={14} />}>
          {t('alerts.allow')}
        </Button>
        <Button variant="subtle" onClick={ringer.dismissExplanation}>
          {t('alerts.later')}
        </Button>
      </div>
    </div>
  )
}

const Today = () => {
  const { t, language } = useTexts()
  const today = useDeskState((state) => state.me?.today)
  if (!today) return null
  return (
    <div className="today">
      <span>
        <Icon name="check" size={14} />
        {t('desk.handled', { count: today.handled })}
      </span>
      <span>
        <Icon name="star" size={14} />
        {today.ratings === 0 ? t('desk.noRatings') : t('desk.rating', {
          count: today.ratings,
          mean: formatNumber(today.ratingSum / today.ratings, language, 1),
        })}
      </span>
    </div>
  )
}

const ContactList = ({ current, followUps, isAlone }: { current: ContactId | undefined; followUps: readonly ContactView[]; isAlone: boolean }) => {
  const { t } = useTexts()
  const { store, drafts } = useDesk()
  const phase = useDeskState((state) => state.phase)
  const failure = useDeskState((state) => state.failure)
  const pending = useDeskState((state) => state.pending)
  const available = useDeskState((state) => state.me?.presence.state === 'available')
  const contacts = useContactsInHand()
  const offers = useOpenOffers()
  return (
    <div role={isAlone ? 'main' : 'complementary'} className="list" aria-label={t('desk.title')}>
      <h1>
        {t('desk.title')}
        {contacts.length > 0 && <span className="count">{contacts.length}</span>}
      </h1>
      <div className="list-scroll">
        <OfferStack />
        <PresenceBanner />
        <AlertsCard />
        {phase === 'loading' && <Skeleton rows={3} />}
        {phase === 'failed' && failure && <Failed
          title={t('desk.failed')}
          failure={failure}
          onRetry={() => void store.start()}
        />}
        {contacts.length > 0 && (
          <>
            <h2 className="list-order">
              <span>{t('desk.longestFirst')}</span>
              <span className="no-phone row">
                <KeyCap action="nextContact" />
                <KeyCap action="previousContact" />
              </span>
            </h2>
            <nav aria-label={t('desk.longestFirst')}>
              {contacts.map((contact) => (
                <ContactRow
                  key={contact.id}
                  contact={contact}
                  inWrapUp={shownAs(contact, pending.get(contact.id)) === 'wrapUp'}
                  current={contact.id === current}
                  draft={contact.id === current ? '' : drafts.read(contact.id, 'reply') || drafts.read(contact.id, 'note')}
                />
              ))}
            </nav>
          </>
        )}
        {phase === 'ready' && <WaitingList />}
        {phase === 'ready' && <FollowUpList items={followUps} current={current} />}
        {phase === 'ready' && <RaisedList />}
        {phase === 'ready' && contacts.length === 0 && offers.length === 0 && (
          <Empty
            icon="inbox"
            title={t(available ? 'desk.emptyAvailable' : 'desk.emptyNotAvailable')}
            text={t(available ? 'desk.emptyAvailableText' : 'desk.emptyNotAvailableText')}
          />
        )}
      </div>
      <Today />
    </div>
  )
}

export const ContactsPage = () => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const current = useParams()['id'] as ContactId | undefined
  const phase = useDeskState((state) => state.phase)
  const contact = useDeskState((state) => (current === undefined ? undefined : state.contacts.get(current)))
  const pending = useDeskState((state) => (current === undefined ? undefined : state.pending.get(current)))
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const contacts = useContactsInHand()
  const offers = useOpenOffers()
  const followUps = useFollowUps(current)
  const pick = usePick()
  const phone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false })
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false })
  const [query] = useSearchParams()
  const earlier = query.get('earlier') as ContactId | null
  // In the address, so that a phone's Back closes the card and not the conversation.
  const knowledge = useKnowledgeAddress(current)
  const customerOpen = query.has('card') || knowledge.isOpen
  const openCustomer = () => void navigate(`/contacts/${current}?card`, { state: { fromHere: true } })

  // Where one is already there is nowhere to go, but the key is still this one's.
  const goTo = (id: ContactId | null) => (id === null ? undefined : () => void navigate(`/contacts/${id}`))
  useKeys({
    nextContact: goTo(neighbour(contacts, current, 1)),
    previousContact: goTo(neighbour(contacts, current, -1)),
    firstWaiting: goTo(contacts[0]?.id ?? null),
    back: current === undefined ? undefined : () => void navigate(earlier ? `/contacts/${current}` : '/contacts'),
    customer: !contact ? undefined : wide ? () => focusCard(knowledge) : customerOpen ? knowledge.close : openCustomer,
    knowledge: contact && (wide ? focusKnowledge : () => knowledge.open()),
    leave: () => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : false),
  })

  // A wide desk with contacts in hand opens on whoever waits longest; a phone opens on the list.
  const first = contacts[0]?.id
  useEffect(() => {
    if (current === undefined && first !== undefined && !phone) void navigate(`/contacts/${first}`, { replace: true })
  }, [current, first, phone, navigate])

  const held =
    contact !== undefined && shownAs(contact, pending) !== 'hidden' && shownAs(contact, pending) !== 'offered'
      ? contact
      : undefined
  const panel = held && <ContactPanel key={held.id} contact={held} opened={earlier} timeZone={timeZone} address={knowledge} covers={!wide} />

  return (
    <div className="desk" data-open={current !== undefined} data-panel={wide && held !== undefined}>
      <ContactList current={current} followUps={followUps.items} isAlone={phone && current === undefined} />
      <main className="talk" aria-label={t('conversation.log')}>
        {current === undefined ? (
          <div className="centre">
            {contacts.length > 0 && <Empty icon="chat" title={t('desk.choose')} text={t('desk.chooseText')} />}
          </div>
        ) : phase === 'loading' || (held === undefined && followUps.isLoading) ? (
          <Skeleton rows={5} height={64} />
        ) : held === undefined && followUps.items.some(({ id }) => id === current) ? (
          <EarlierContact
            key={current}
            id={current}
            timeZone={timeZone}
            backText={t('knowledge.toList')}
            onBack={() => void navigate('/contacts')}
            act={<Button variant="filled" onClick={() => void pick(current)}>{t('work.takeBack')}</Button>}
          />
        ) : contact !== undefined && shownAs(contact, pending) === 'offered' ? (
          <div className="centre">
            <Empty heading={phone ? 'h1' : 'h2'} icon="chat" title={t('conversation.offered')} text={t('conversation.offeredText')} />
          </div>
        ) : held === undefined ? (
          <GoneContact key={current} id={current} heading={phone ? 'h1' : 'h2'} />
        ) : earlier !== null ? (
          <EarlierContact key={earlier} id={earlier} timeZone={timeZone} backText={t('timeline.backToCurrent')} onBack={() => void navigate(`/contacts/${held.id}`)} />
        ) : (
          <Conversation
            key={held.id}
            contact={held}
            pending={pending}
            others={contacts.length - 1}
            onCustomer={wide ? null : openCustomer}
          />
        )}
        {phase === 'failed' && current !== undefined && <Banner tone="bad" icon="alert" text={t('desk.failed')} />}
      </main>
      {wide && panel && <aside className="panel" aria-label={t(knowledge.isOpen ? 'knowledge.title' : 'customer.title')}>{panel}</aside>}
      {!wide && held && (
        <Drawer
          opened={customerOpen}
          onClose={knowledge.close}
          position="right"
          size={phone ? '100%' : 360}
          title={t(knowledge.isOpen ? 'knowledge.title' : 'customer.title')}
          closeButtonProps={{ 'aria-label': t('common.close') }}
        >
          {offers.length > 0 && phone && <OfferStack bindsKeys={false} />}
          {panel}
        </Drawer>
      )}
    </div>
  )
}
