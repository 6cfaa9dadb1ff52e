/** Beside the contacts in hand: the waiting ones, what was put off, a contact's story. */
import { silentSnoozeDays, snoozeDays, workRoutes } from '@otklik/contract/work'
import type { ContactView } from '@otklik/contract/views'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { answerRaised } from '../../actions/hand-over.ts'
import { done, refuse, type Outcome } from '../../actions/outcome.ts'
import { pickContact, snoozeContact } from '../../actions/park-contact.ts'
import { loadContactViews } from '../../store/contact-views.ts'
import type { Reader } from '../../store/database.ts'
import { authoriseActor, authoriseAgent } from '../../store/scope.ts'
import { loadContactStory, loadSeenBy } from '../../store/story.ts'
import { loadRaised, loadSnoozedIds, loadWaiting } from '../../store/waiting.ts'
import type { Register } from '../register.ts'

export const registerWork = (register: Register, { reader, now }: { readonly reader: Reader; readonly now: () => Date }): void => {
  const contactOf = async (agentId: AgentId, id: ContactId): Promise<Outcome<ContactView>> => {
    const [view] = await loadContactViews(reader, authoriseAgent(agentId), [id])
    return view ? done(view) : refuse('notFound')
  }

  register(workRoutes.waiting, async ({ actor }) => done(await loadWaiting(reader, actor.id, now())))
  register(workRoutes.pickContact, async ({ deps, actor }, { params }) => {
    const outcome = await pickContact(deps, { contactId: params.id, agentId: actor.id })
    return outcome.ok ? contactOf(actor.id, params.id) : outcome
  })
  register(workRoutes.snoozeContact, async ({ deps, actor }, { params, body }) => {
    const from = now().getTime()
    const until = body.until === null ? new Date(from + silentSnoozeDays * 86_400_000) : new Date(body.until)
    if (until.getTime() <= from || until.getTime() > from + snoozeDays * 86_400_000)
      return refuse('validationFailed', { detail: `The time must lie within the next ${snoozeDays} days.` })
    return snoozeContact(deps, { contactId: params.id, agentId: actor.id, until, isTold: body.until !== null, note: body.note })
  })
  register(workRoutes.followUps, async ({ actor }) => {
    const ids = await loadSnoozedIds(reader, actor.id)
    const views = new Map((await loadContactViews(reader, authoriseAgent(actor.id), ids)).map((view) => [view.id, view]))
    return done({ items: ids.flatMap((id) => views.get(id) ?? []) })
  })
  register(workRoutes.raised, async ({ actor }) => done({ items: await loadRaised(reader, actor.id, now()) }))
  register(workRoutes.answerRaised, ({ deps, actor }, { params, body }) => answerRaised(deps, { contactId: params.id, agentId: actor.id, answer: body.answer }))
  register(workRoutes.story, async ({ actor }, { params }) => {
    const [seen] = await loadContactViews(reader, authoriseActor(actor), [params.id])
    return seen ? done({ items: await loadContactStory(reader, params.id), seenBy: await loadSeenBy(reader, params.id) }) : refuse('notFound')
  })
}
