import type { CustomerView } from '@otklik/contract/views'
import type { CustomerId } from '@otklik/model/ids'
import type { Reader } from './database.ts'

/** Shows enough of an identity to recognise it, and not enough to use it. */
const mask = (kind: string, value: string): string => {
  if (kind === 'visitor') return value.slice(0, 8)
  if (kind === 'email') return value.replace(/^(.).*(@.*)$/, '$1•••$2')
  return value.replace(/^(.{0,6}).*(.{2})$/, '$1•••$2')
}

export const loadCustomer = async (reader: Reader, id: CustomerId): Promise<CustomerView | undefined> => {
  const customer = await reader.db
    .selectFrom('customer')
    .selectAll()
    .select((eb) =>
      eb.selectFrom('contact').select((inner) => inner.fn.countAll<number>().as('count')).whereRef('contact.customerId', '=', 'customer.id').as('contactCount'),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  if (!customer) return undefined
  const identities = await reader.db.selectFrom('identity').select(['kind', 'value', 'proof']).where('customerId', '=', id).orderBy('createdAt').execute()
  return {
    id,
    name: customer.name,
    number: customer.number,
    region: customer.region,
    language: customer.language as CustomerView['language'],
    timeZone: customer.timeZone,
    blocked: customer.blockedAt !== null,
    firstSeenAt: customer.firstSeenAt.toISOString(),
    contactCount: customer.contactCount ?? 0,
    identities: identities.map(({ kind, value, proof }) => ({ kind, shown: mask(kind, value), proof })) as CustomerView['identities'],
  }
}
