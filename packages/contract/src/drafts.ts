/** What an agent has begun to write and not sent, kept so that it follows them to another screen. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import * as f from './fields.ts'

/** More than can be sent: what is too long is not cut while it is being written. */
export const draftLimit = 20_000
const words = f.text(0, draftLimit)

export const DraftView = z.object({
  contactId: f.outUuid<Ids.ContactId>(),
  reply: z.string(),
  note: z.string(),
  /** The outcome that is being chosen, as the desk wrote it. */
  wrapUp: z.string(),
  changedAt: f.Instant,
})
export type DraftView = z.infer<typeof DraftView>

const desk = ['agent', 'supervisor'] as const

export const draftRoutes = {
  drafts: {
    method: 'GET', path: '/desk/drafts', access: desk, summary: 'Unsent words of one’s own, of the contacts in hand', response: z.object({ items: z.array(DraftView) }),
  },
  putDraft: {
    method: 'PUT', path: '/contacts/:id/draft', access: desk, summary: 'Keep unsent words of a contact in hand, in the place of those kept before; empty ones forget them',
    params: z.object({ id: f.ContactId }),
    body: z.strictObject({ reply: words, note: words, wrapUp: words }),
    response: z.object({ changedAt: f.Instant }),
    refusals: ['contactNotYours'],
  },
} as const
