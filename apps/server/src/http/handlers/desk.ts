/** The agent's desk: one's own state, contacts in hand, and what one does with them. */
import { routes } from '@otklik/contract/routes'
import type { ContactView, MeView } from '@otklik/contract/views'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { acceptOffer, declineOffer } from '../../actions/answer-offer.ts'
import { changePresence, leaveDesk } from '../../actions/change-presence.ts'
import { escalateContact, transferContact } from '../../actions/hand-over.ts'
import { done, refuse, type Outcome } from '../../actions/outcome.ts'
import { endContact, finishContact, readMessages, reopenContact, sendMessage } from '../../actions/work-contact.ts'
import { loadContactsInHand, loadContactViews } from '../../store/contact-views.ts'
import type { Actor } from '../../store/customers.ts'
import type { Database } from '../../store/database.ts'
import { loadCatalogue, loadMe } from '../../store/desk-views.ts'
import { loadHorizon, writeCursor } from '../../store/log.ts'
import { loadMessages, loadMessagesById } from '../../store/messages.ts'
import { authoriseActor, authoriseAgent, authoriseSystem } from '../../store/scope.ts'
import { recordSeen } from '../../store/story.ts'
import type { Register } from '../register.ts'

interface Own {
  readonly database: Pick<Database, 'reader' | 'snapshot'>
  readonly routerUp: () => boolean
  readonly now: () => Date
}

export const registerDesk = (register: Register, { database, routerUp, now }: Own): void => {
  const { reader } = database

  const me = async (agentId: AgentId): Promise<Outcome<MeView>> => {
    const [view] = await loadMe(reader, [agentId], now())
    return view ? done(view) : refuse('notFound')
  }
  const contactOf = async (agentId: AgentId, id: ContactId): Promise<Outcome<ContactView>> => {
    const [view] = await loadContactViews(reader, authoriseAgent(agentId), [id])
    return view ? done(view) : refuse('notFound')
  }
  /** What the agent sees after an action that was not refused. */
  const then = async <Value>(outcome: Outcome<unknown>, view: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> => (outcome.ok ? view() : outcome)
  const silent = (outcome: Outcome<unknown>): Outcome<null> => (outcome.ok ? done(null) : outcome)
  /** As above; a supervisor reads what is in others' hands, too. */
  const readContact = async (actor: Actor, id: ContactId): Promise<Outcome<ContactView>> => {
    const [view] = await loadContactViews(reader, authoriseActor(actor), [id])
    return view ? done(view) : refuse('notFound')
  }

  register(routes.desk, (context) =>
    database.snapshot(async (tx) => {
      const cursor = await loadHorizon(tx)
      const [own] = await loadMe(tx, [context.actor.id], now())
      if (!own) return refuse('notFound')
      return done({
        me: own,
        contacts: await loadContactsInHand(tx, context.actor.id),
        cursor: writeCursor(cursor),
        at: now().toISOString(),
        routerUp: routerUp(),
      })
    }),
  )
  register(routes.catalogue, async (context) => done(await loadCatalogue(reader, context.actor.id)))
  register(routes.changePresence, async (context, { body }) =>
    then(await changePresence(context.deps, context.actor.id, body), () => me(context.actor.id)),
  )
  register(routes.leaveDesk, async (context, { body }) =>
    then(await leaveDesk(context.deps, context.actor.id, body.contacts), () => me(context.actor.id)),
  )

  register(routes.contact, (context, { params }) => readContact(context.actor, params.id))
  register(routes.messages, async (context, { params, query }) => {
    const seen = await readContact(context.actor, params.id)
    if (!seen.ok) return seen
    // The one write of a reading: who read what is in other hands can be told afterwards.
    if (seen.value.agentId !== context.actor.id) await recordSeen(reader, params.id, context.actor.id, now())
    return done(await loadMessages(reader, params.id, query))
  })
  register(routes.acceptOffer, async (context, { params, body }) =>
    then(await acceptOffer(context.deps, { contactId: params.id, agentId: context.actor.id, offerId: body.offerId }), () =>
      contactOf(context.actor.id, params.id),
    ),
  )
  register(routes.declineOffer, async (context, { params, body }) =>
    silent(await declineOffer(context.deps, { contactId: params.id, agentId: context.actor.id, offerId: body.offerId })),
  )
  register(routes.sendMessage, async (context, { params, body }) =>
    then(await sendMessage(context.deps, { ...body, contactId: params.id, agentId: context.actor.id }), async () => {
      const [view] = await loadMessagesById(reader, authoriseSystem(), [body.id])
      return view ? done(view) : refuse('notFound')
    }),
  )
  register(routes.readMessages, async (context, { params, body }) =>
    silent(await readMessages(context.deps, { contactId: params.id, agentId: context.actor.id, number: body.number })),
  )
  register(routes.transferContact, async (context, { params, body }) =>
    silent(await transferContact(context.deps, { ...body, contactId: params.id, agentId: context.actor.id })),
  )
  register(routes.escalateContact, async (context, { params, body }) =>
    silent(await escalateContact(context.deps, { ...body, contactId: params.id, agentId: context.actor.id })),
  )
  register(routes.endContact, async (context, { params }) =>
    then(await endContact(context.deps, { contactId: params.id, agentId: context.actor.id }), () => contactOf(context.actor.id, params.id)),
  )
  register(routes.reopenContact, async (context, { params }) =>
    then(await reopenContact(context.deps, { contactId: params.id, agentId: context.actor.id }), () => contactOf(context.actor.id, params.id)),
  )
  register(routes.finishContact, async (context, { params, body }) =>
    then(await finishContact(context.deps, { ...body, contactId: params.id, agentId: context.actor.id }), () =>
      contactOf(context.actor.id, params.id),
    ),
  )
}
