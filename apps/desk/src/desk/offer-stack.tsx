import type { ContactView } from '@otklik/contract/views'
import { useCallback, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { OfferCard } from '../parts/offer-card.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { useDesk, useOpenOffers } from './desk-context.tsx'

/** So soon after an offer came up, a key was meant for something else. */
const unseenMs = 400

/** What was seen on one page stays seen on the next, where the stack stands anew. */
let lastSeen: string | undefined

/** The offer that has been seen long enough for a key to be meant for it. */
const useSeenOffer = (id: string | undefined): string | undefined => {
  const [seen, setSeen] = useState(lastSeen)
  useEffect(() => {
    const timer = setTimeout(() => setSeen((lastSeen = id)), unseenMs)
    return () => clearTimeout(timer)
  }, [id])
  return seen
}

/**
 * The contacts that ask to be taken. Keys act on the first one: the one whose time ends first.
 * @param floating over another page than the desk
 * @param bindsKeys false: another stack of the same page has the keys
 */
export const OfferStack = ({ floating = false, bindsKeys = true }: { floating?: boolean; bindsKeys?: boolean }) => {
  const { t } = useTexts()
  const { store } = useDesk()
  const offers = useOpenOffers()
  const navigate = useNavigate()

  const accept = useCallback(
    (contact: ContactView) => {
      void navigate(`/contacts/${contact.id}`)
      void store.accept(contact).then((outcome) => {
        if (!outcome.ok) toastFailure(t(outcome.failure === 'offerGone' ? 'offer.gone' : `errors.${outcome.failure}`))
      })
    },
    [store, navigate, t],
  )
  const decline = useCallback(
    (contact: ContactView) =>
      void store.decline(contact).then((outcome) => {
        if (!outcome.ok && outcome.failure !== 'offerGone') toastFailure(t(`errors.${outcome.failure}`))
      }),
    [store, t],
  )
  const first = offers[0]
  const seen = useSeenOffer(first?.offer?.id)
  const isSeen = bindsKeys && first !== undefined && first.offer?.id === seen
  useKeys({
    accept: first && bindsKeys ? () => (isSeen ? accept(first) : undefined) : undefined,
    decline: first && bindsKeys ? () => (isSeen ? void decline(first) : undefined) : undefined,
  })
  if (offers.length === 0) return null
  return (
    <div
      className={floating ? 'offers floating' : 'offers'}
      role="region"
      aria-live="assertive"
      aria-label={t('offer.title')}
    >
      {offers.map((contact) => (
        <OfferCard
          key={contact.offer?.id}
          contact={contact}
          keys={bindsKeys && contact === first}
          seen={contact === first && isSeen}
          onAccept={() => accept(contact)}
          onDecline={() => decline(contact)}
        />
      ))}
    </div>
  )
}
