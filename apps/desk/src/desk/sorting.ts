/** The left list: which contacts, in which order, and who is next. Pure. */
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import type { DeskState, Pending } from './desk-state.ts'

type Held = Pick<DeskState, 'contacts' | 'pending'>

/** What a contact is for the screen: what the agent just did counts before the server has answered. */
export type Shown = 'offered' | 'active' | 'wrapUp' | 'hidden'

export const shownAs = (contact: ContactView, pending: Pending | undefined): Shown => {
  switch (pending) {
    case 'declining':
    case 'finishing':
    case 'handingOver':
      return 'hidden'
    case 'accepting':
    case 'reopening':
      return 'active'
    case 'ending':
      return 'wrapUp'
    case undefined:
      return contact.state === 'offered' || contact.state === 'active' || contact.state === 'wrapUp'
        ? contact.state
        : 'hidden'
  }
}

// Those who wait for me first, then what I still have to finish, then those whose turn it is.
const place = (contact: ContactView, shown: Shown) => (shown === 'wrapUp' ? 1 : contact.waitingSince !== null ? 0 : 2)

const byTime = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Contacts in hand; first who has waited longest for this agent's answer. The order does not change as time passes. */
export const contactsInHand = ({ contacts, pending }: Held): readonly ContactView[] =>
  [...contacts.values()]
    .map((contact) => ({ contact, shown: shownAs(contact, pending.get(contact.id)) }))
    .filter(({ shown }) => shown === 'active' || shown === 'wrapUp')
    .sort((a, b) => {
      const [placeA, placeB] = [place(a.contact, a.shown), place(b.contact, b.shown)]
      if (placeA !== placeB) return placeA - placeB
      const order =
        placeA === 0
          ? byTime(a.contact.waitingSince ?? '', b.contact.waitingSince ?? '')
          : placeA === 1
            ? byTime(a.contact.wrapUp?.until ?? '', b.contact.wrapUp?.until ?? '')
            : byTime(b.contact.lastMessage?.at ?? b.contact.arrivedAt, a.contact.lastMessage?.at ?? a.contact.arrivedAt)
      return order || byTime(a.contact.id, b.contact.id)
    })
    .map(({ contact }) => contact)

/** Open offers, the one that ends first on top. */
export const openOffers = ({ contacts, pending }: Held): readonly ContactView[] =>
  [...contacts.values()]
    .filter((contact) => contact.offer !== null && shownAs(contact, pending.get(contact.id)) === 'offered')
    .sort((a, b) => byTime(a.offer?.expiresAt ?? '', b.offer?.expiresAt ?? '') || byTime(a.id, b.id))

/** Where the agent goes after finishing one: whoever waits longest, else what needs an outcome, else nobody. */
export const nextAfter = (held: Held, left: ContactId): ContactId | null =>
  contactsInHand(held).find(
    (contact) => contact.id !== left &&
      (contact.waitingSince !== null || shownAs(contact, held.pending.get(contact.id)) === 'wrapUp'),
  )?.id ?? null

/** The neighbour in the list, stopping at its ends; from nowhere, the first. */
export const neighbour = (
  list: readonly ContactView[],
  current: ContactId | undefined,
  step: 1 | -1,
): ContactId | null => {
  const index = list.findIndex((contact) => contact.id === current)
  if (index < 0) return list[0]?.id ?? null
  return list[Math.min(list.length - 1, Math.max(0, index + step))]?.id ?? null
}

/** How many contacts want something of the agent now: offers and unanswered ones. For the tab's title and the rail. */
export const callingCount = (held: Held): number =>
  openOffers(held).length + contactsInHand(held).filter((contact) => contact.waitingSince !== null).length
