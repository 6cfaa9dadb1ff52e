/** Which rows a merge moves from one customer to another, and how they go back. */
import type { MergePreview } from '@otklik/contract/customers'
import type { CustomerId, MergeId } from '@otklik/model/ids'
import { sql, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import { loadFamily } from './erasing.ts'
import type { CustomerMerge } from './schema.generated.ts'

/**
 * What belongs to a customer, by table: the column that names a row, and what stays behind because the survivor has just
 * the same. Contacts go with their issues (contact_issue_of_customer). Tables and columns are ours, never a request's.
 */
const belongings = {
  issue: { key: 'id', type: 'uuid', except: '' },
  consent: { key: 'id', type: 'bigint', except: '' },
  customer_note: { key: 'id', type: 'uuid', except: '' },
  file: { key: 'id', type: 'uuid', except: '' },
  credential: { key: 'hash', type: 'bytea', except: '' },
  identity: {
    key: 'id',
    type: 'uuid',
    except: `and not (own.channel_account_id is null and exists (select from identity twin where twin.customer_id = $2 and twin.kind = own.kind and twin.value = own.value))`,
  },
  customer_attribute: {
    key: 'id',
    type: 'uuid',
    except: 'and not exists (select from customer_attribute twin where twin.customer_id = $2 and twin.name = own.name and twin.value = own.value)',
  },
} as const
type Table = keyof typeof belongings
/** Names of the rows by table, as text. */
export type Moved = Partial<Record<Table, readonly string[]>>
const tables = Object.keys(belongings) as Table[]

/** What remembers as whom its visitor came. */
const ofVisitors: ReadonlySet<Table> = new Set(['issue', 'credential'])

/** What has the customer's id beside a contact's: it goes where the contact goes. */
const besideContacts = ['contact_routing', 'rating'] as const

/** Moves everything of one customer to another; answers what was moved. */
export const moveBelongings = async (tx: Tx, from: CustomerId, to: CustomerId): Promise<Moved> => {
  const moved: Partial<Record<Table, string[]>> = {}
  for (const table of tables) {
    const { key, except } = belongings[table]
    const remember = ofVisitors.has(table) ? ', visitor_id = coalesce(own.visitor_id, $1)' : ''
    const rows = await tx.named<{ key: string }>(`move-${table}`, `update ${table} own set customer_id = $2${remember} where own.customer_id = $1 ${except} returning own.${key}::text as key`, [from, to])
    moved[table] = rows.map((row) => row.key)
  }
  for (const table of besideContacts) await tx.named(`move-${table}`, `update ${table} set customer_id = $2 where customer_id = $1`, [from, to])
  // Whose page is open is still open, under the other name.
  await tx.named('move-link', 'update link set customer_id = $2 where customer_id = $1', [from, to])
  return moved
}

/**
 * Gives back what was moved, as far as it still stands with the survivor; and the issues that the visitors who go back have
 * begun since. What has begun in an issue goes with it.
 */
export const giveBackBelongings = async (tx: Tx, moved: Moved, survivor: CustomerId, merged: CustomerId): Promise<void> => {
  for (const table of tables) {
    const { key, type } = belongings[table]
    const forget = ofVisitors.has(table) ? ', visitor_id = nullif(visitor_id, $3)' : ''
    await tx.named(`give-back-${table}`, `update ${table} set customer_id = $3${forget} where ${key} = any($1::text[]::${type}[]) and customer_id = $2`, [moved[table] ?? [], survivor, merged])
  }
  await tx.named(
    'give-back-later-issues',
    'update issue set customer_id = $2, visitor_id = nullif(visitor_id, $2) where customer_id = $1 and visitor_id = any($3::uuid[])',
    [survivor, merged, await loadFamily(tx, merged)],
  )
  await tx.named(
    'give-back-later-files',
    `update file f set customer_id = $2 from message m join contact c on c.id = m.contact_id where f.customer_id = $1 and m.id = f.message_id and c.customer_id = $2`,
    [survivor, merged],
  )
  for (const table of besideContacts)
    await tx.named(`give-back-${table}`, `update ${table} own set customer_id = $2 from contact c where c.id = own.contact_id and c.customer_id = $2 and own.customer_id = $1`, [survivor, merged])
}

/** Files first, then customers by id: the order in which everybody locks. */
export const lockForMerge = async (tx: Tx, ids: readonly [CustomerId, CustomerId]) => {
  await tx.named('lock-files-of', 'select id from file where customer_id = any($1::uuid[]) order by id for update', [ids])
  const rows = await tx.db
    .selectFrom('customer')
    .select(['id', 'name', 'language', 'timeZone', 'region', 'mergedInto', 'erasedAt'])
    // As text: to the microsecond, as it stands there.
    .select(sql<string>`first_seen_at::text`.as('firstSeenAt'))
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id as CustomerId, row]))
}

export type Merge = Omit<Selectable<CustomerMerge>, 'id' | 'survivorId' | 'mergedId' | 'moved'> & {
  readonly id: MergeId
  readonly survivorId: CustomerId
  readonly mergedId: CustomerId
  readonly moved: Moved
}
const asMerge = (row: Selectable<CustomerMerge>) => row as unknown as Merge

export const loadMerge = async (reader: Reader, id: MergeId): Promise<Merge | undefined> => {
  const row = await reader.db.selectFrom('customerMerge').selectAll().where('id', '=', id).executeTakeFirst()
  return row && asMerge(row)
}

/** The merges that made one of these customers, the latest first. */
export const loadMergesWithin = async (reader: Reader, family: readonly CustomerId[]): Promise<Merge[]> =>
  (await reader.db.selectFrom('customerMerge').selectAll().where('mergedId', 'in', family).where('survivorId', 'in', family).where('undoneAt', 'is', null).orderBy('mergedAt', 'desc').execute()).map(asMerge)

/** What keeps two customers from becoming one. */
export const findObstacle = async (reader: Reader, a: CustomerId, b: CustomerId): Promise<MergePreview['obstacle']> => {
  if (a === b) return 'alreadyMerged'
  const [row] = await reader.named<{ blocked: number; together: boolean }>(
    'merge-obstacle',
    `select (select count(*)::int from customer where id in ($1, $2) and blocked_at is not null) as blocked,
       exists (select from contact_routing one join contact_routing other using (channel_account_id) where one.customer_id = $1 and other.customer_id = $2) as together`,
    [a, b],
  )
  if (row?.blocked === 1) return 'oneIsBlocked'
  return row?.together ? 'bothInConversation' : null
}

export const loadMergeCounts = async (reader: Reader, a: CustomerId, b: CustomerId): Promise<MergePreview['counts'] & { sharesChat: boolean }> => {
  const count = (table: string) => `(select count(*)::int from ${table} where customer_id in ($1, $2))`
  const [row] = await reader.named<MergePreview['counts'] & { sharesChat: boolean }>(
    'merge-counts',
    `select ${count('contact')} as contacts, ${count('issue')} as issues, ${count('customer_note')} as notes, ${count('consent')} as consents,
       exists (select from identity one join identity other using (channel_account_id, kind) where one.kind = 'visitor' and one.customer_id = $1 and other.customer_id = $2) as "sharesChat"`,
    [a, b],
  )
  if (!row) throw new Error('counting answers a row')
  return row
}
