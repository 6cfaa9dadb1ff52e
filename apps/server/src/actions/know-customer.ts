/** What an agent writes down about a customer whom they hold. */
import type { CustomerView } from '@otklik/contract/views'
import type { AgentId, ContactId, CustomerId } from '@otklik/model/ids'
import { maySeeCustomer } from '../store/contact-views.ts'
import { loadCustomer } from '../store/customers.ts'
import { appendEvent } from '../store/log.ts'
import { authoriseAgent } from '../store/scope.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { leaveContact } from './end-visit.ts'
import { done, refuse, type Outcome } from './outcome.ts'

interface About {
  readonly agentId: AgentId
  readonly customerId: CustomerId
}

const within = (deps: Deps, about: About, work: (tx: Tx) => Promise<void>): Promise<Outcome<CustomerView>> =>
  deps.transaction(async (tx) => {
    if (!(await maySeeCustomer(tx, authoriseAgent(about.agentId), about.customerId))) return refuse('notFound')
    await work(tx)
    const view = await loadCustomer(tx, about.customerId)
    return view ? done(view) : refuse('notFound')
  })

/** The contacts of a customer show the name: their versions rise, so that every desk sees it. */
const touchContacts = async (tx: Tx, deps: Deps, about: About): Promise<void> => {
  const rows = await tx.db
    .updateTable('contact')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('customerId', '=', about.customerId)
    .where('closedAt', 'is', null)
    .returning(['id', 'agentId', 'agentReadNumber'])
    .execute()
  for (const row of rows)
    await appendEvent(tx, deps.now(), 'contact.changed', row.id, { contactId: row.id as ContactId, agentId: row.agentId as AgentId | null })
}

export const nameCustomer = (deps: Deps, about: About, name: string): Promise<Outcome<CustomerView>> =>
  within(deps, about, async (tx) => {
    await tx.db.updateTable('customer').set({ name: name || null }).where('id', '=', about.customerId).execute()
    await touchContacts(tx, deps, about)
  })

/** A blocked visitor's chats end, and no new one begins until the block is taken away. */
export const blockCustomer = (deps: Deps, about: About, blocked: boolean): Promise<Outcome<CustomerView>> =>
  within(deps, about, async (tx) => {
    const row = await tx.db
      .updateTable('customer')
      .set({ blockedAt: blocked ? deps.now() : null })
      .where('id', '=', about.customerId)
      .where('blockedAt', blocked ? 'is' : 'is not', null)
      .returning('id')
      .executeTakeFirst()
    if (!row) return
    await appendEvent(tx, deps.now(), 'customer.blockChanged', about.customerId, { customerId: about.customerId, blocked, agentId: about.agentId })
    if (blocked) {
      const open = await tx.db.selectFrom('contactRouting').select('contactId').where('customerId', '=', about.customerId).execute()
      for (const { contactId } of open) await leaveContact(tx, deps, contactId as ContactId, 'blocked')
    }
    await touchContacts(tx, deps, about)
  })
