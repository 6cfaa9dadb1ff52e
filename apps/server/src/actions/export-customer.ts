/** Everything stored about a person, to hand out by whoever may open the card. That it was handed out, and by whom, stands in the log. */
import type { CustomerExport } from '@otklik/contract/customers'
import type { CustomerId } from '@otklik/model/ids'
import { mayOpenCard, resolveCustomer, type Actor } from '../store/customers.ts'
import { loadFamily } from '../store/erasing.ts'
import { loadEverythingAbout } from '../store/exporting.ts'
import { appendEvent } from '../store/log.ts'
import { authoriseActor } from '../store/scope.ts'
import type { Deps } from './deps.ts'
import { done, refuse, type Outcome } from './outcome.ts'

export const exportCustomer = (deps: Deps, { actor, customerId }: { readonly actor: Actor; readonly customerId: CustomerId }): Promise<Outcome<CustomerExport>> =>
  deps.transaction(async (tx) => {
    const id = await resolveCustomer(tx, customerId)
    if (id === undefined || !(await mayOpenCard(tx, authoriseActor(actor), id, deps.now()))) return refuse('notFound')
    const customers = await loadEverythingAbout(tx, await loadFamily(tx, id))
    const at = deps.now()
    await appendEvent(tx, at, 'customer.exported', id, { customerId: id, agentId: actor.id })
    return done({ format: 'otklik.customer', version: 1, exportedAt: at.toISOString(), customers })
  })
