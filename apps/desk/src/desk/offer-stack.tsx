import type { ContactView } from '@otklik/contract/views'
import { useCallback } from 'react'
import { useNavigate } from 'react-router'
import { OfferCard } from '../parts/offer-card.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { useDesk, useOpenOffers } from './desk-context.tsx'

/**
 * The contacts that ask to be taken. Keys act on the first one: the one whose time ends first.
 * `floating`: over another page than the desk.
 */
export const OfferStack = ({ floating = false }: { floating?: boolean }) => {
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
  useKeys({
    accept: () => (first ? accept(first) : false),
    decline: () => (first ? decline(first) : false),
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
          keys={contact === first}
          onAccept={() => accept(contact)}
          onDecline={() => decline(contact)}
        />
      ))}
    </div>
  )
}
