/** The floor over HTTP: what is there, and what a supervisor does about it. Who is asked for must be within reach. */
import { floorRoutes } from '@otklik/contract/floor'
import type { AgentId, ContactId, QueueId } from '@otklik/model/ids'
import { changePresence } from '../../actions/change-presence.ts'
import { done, refuse, type Outcome } from '../../actions/outcome.ts'
import { moveContacts, putAlerts, signOutAgent, takeOver, whisper } from '../../actions/steer-floor.ts'
import { loadContactViews } from '../../store/contact-views.ts'
import type { SessionAgent } from '../../store/credentials.ts'
import type { Reader } from '../../store/database.ts'
import { isWithinReach, loadAlerts, loadFloor, loadQueueWaiting } from '../../store/floor.ts'
import { loadMessagesById } from '../../store/messages.ts'
import { loadReach } from '../../store/reach.ts'
import { authoriseActor, authoriseSystem } from '../../store/scope.ts'
import type { Register } from '../register.ts'

const waitingAtOnce = 100

export const registerFloor = (register: Register, { reader, now }: { readonly reader: Reader; readonly now: () => Date }): void => {
  const silent = (outcome: Outcome<unknown>): Outcome<null> => (outcome.ok ? done(null) : outcome)
  /** The agent may be steered by the actor. */
  const reaches = async (actor: SessionAgent, agentId: AgentId): Promise<boolean> => isWithinReach(reader, await loadReach(reader, actor), agentId)
  const seesQueue = async (actor: SessionAgent, queueId: QueueId): Promise<boolean> => {
    const { queueIds } = await loadReach(reader, actor)
    return queueIds === null || queueIds.includes(queueId)
  }
  /** Those of the contacts that the actor may read. */
  const readable = async (actor: SessionAgent, ids: readonly ContactId[]) => new Map((await loadContactViews(reader, authoriseActor(actor), ids)).map((view) => [view.id, view]))

  register(floorRoutes.floor, async ({ actor }) => done(await loadFloor(reader, await loadReach(reader, actor), now())))
  register(floorRoutes.changePresenceOf, async ({ deps, actor }, { params, body }) =>
    (await reaches(actor, params.id)) ? silent(await changePresence(deps, params.id, body, 'supervisor')) : refuse('notFound'),
  )
  register(floorRoutes.signOutAgent, async ({ deps, actor }, { params }) => ((await reaches(actor, params.id)) ? silent(await signOutAgent(deps, { agentId: params.id, by: actor.id })) : refuse('notFound')))
  register(floorRoutes.hint, async ({ deps, actor }, { params, body }) => {
    if (!(await readable(actor, [params.id])).has(params.id)) return refuse('notFound')
    const outcome = await whisper(deps, { ...body, contactId: params.id, agentId: actor.id })
    if (!outcome.ok) return outcome
    const [view] = await loadMessagesById(reader, authoriseSystem(), [body.id])
    return view ? done(view) : refuse('notFound')
  })
  register(floorRoutes.takeOver, async ({ deps, actor }, { params }) => {
    if (!(await readable(actor, [params.id])).has(params.id)) return refuse('notFound')
    const outcome = await takeOver(deps, { contactId: params.id, agentId: actor.id })
    if (!outcome.ok) return outcome
    const view = (await readable(actor, [params.id])).get(params.id)
    return view ? done(view) : refuse('notFound')
  })
  register(floorRoutes.moveContacts, async ({ deps, actor }, { body: { contactIds, to } }) => {
    if (to.kind === 'queue') {
      const queue = await reader.db.selectFrom('queue').select('archivedAt').where('id', '=', to.queueId).executeTakeFirst()
      if (!queue || !(await seesQueue(actor, to.queueId))) return refuse('notFound', { detail: 'There is no such queue.' })
      if (queue.archivedAt) return refuse('archived', { detail: 'Choose a queue that is in use.' })
    } else {
      if (!(await reaches(actor, to.agentId))) return refuse('notFound', { detail: 'There is no such agent.' })
      const { state } = await reader.db.selectFrom('agentCapacity').select('state').where('agentId', '=', to.agentId).executeTakeFirstOrThrow()
      if (state === 'offline') return refuse('agentUnavailable')
    }
    const mine = await readable(actor, contactIds)
    const outcome = await moveContacts(deps, { by: actor.id, contactIds: contactIds.filter((id) => mine.has(id)), to })
    if (!outcome.ok) return outcome
    const unknown = contactIds.filter((id) => !mine.has(id)).map((contactId) => ({ contactId, code: 'notFound' }))
    return done({ ...outcome.value, refused: [...outcome.value.refused, ...unknown] })
  })
  register(floorRoutes.waitingContacts, async ({ actor }, { params }) => {
    if (!(await seesQueue(actor, params.id))) return refuse('notFound')
    const items = await loadQueueWaiting(reader, params.id, waitingAtOnce)
    return done({ items: items.slice(0, waitingAtOnce), more: items.length > waitingAtOnce })
  })
  register(floorRoutes.floorAlerts, async ({ actor }) => done({ items: await loadAlerts(reader, actor.id) }))
  register(floorRoutes.putFloorAlerts, async ({ deps, actor }, { body }) => {
    for (const { queueId } of body.items) if (queueId !== null && !(await seesQueue(actor, queueId))) return refuse('notFound', { detail: 'There is no such queue.' })
    const outcome = await putAlerts(deps, actor.id, body.items)
    return outcome.ok ? done({ items: await loadAlerts(reader, actor.id) }) : outcome
  })
}
