/** Which contacts in hand a customer has answered since they were last looked at. Pure. */
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'

export type UnreadCounts = ReadonlyMap<ContactId, number>

export const countUnread = (contacts: Iterable<ContactView>): UnreadCounts => new Map(Array.from(contacts, ({ id, unread }) => [id, unread]))

/** Only those that were here before: what has just come to hand was announced by its offer. */
export const newlyAnswered = (before: UnreadCounts, contacts: Iterable<ContactView>): readonly ContactView[] =>
  [...contacts].filter(({ id, state, unread }) => state === 'active' && unread > (before.get(id) ?? Infinity))
