/** What goes when words are forgotten and when a person is erased. Contacts, segments and figures stay. */
import type { ContactId, CustomerId, FileId } from '@otklik/model/ids'
import { deleteFiles } from './files.ts'
import type { Reader, Tx } from './database.ts'
import { forgetSaidWords } from './said-words.ts'

/** Where words stood. No message is written so: a message has words or files. */
const nothing = '[{"kind":"text","text":""}]'

/** Erases what was said in these contacts: words, files, the page, the words of a rating. Notices are nobody's words. */
export const forgetContacts = async (tx: Tx, ids: readonly ContactId[], at: Date): Promise<void> => {
  if (ids.length === 0) return
  const files = await tx.named<{ id: FileId }>(
    'files-of-contacts',
    'select f.id from message m join file f on f.message_id = m.id where m.contact_id = any($1::uuid[]) order by f.id',
    [ids],
  )
  await deleteFiles(tx, files.map(({ id }) => id))
  await forgetSaidWords(tx, ids)
  await tx.named('forget-messages', `update message set parts = $2::jsonb where contact_id = any($1::uuid[]) and parts -> 0 ->> 'kind' <> 'notice'`, [ids, nothing])
  await tx.named('forget-ratings', 'update rating set comment = null where contact_id = any($1::uuid[]) and comment is not null', [ids])
  await tx.named('forget-contacts', 'update contact set page_url = null, page_title = null, forgotten_at = $2, version = version + 1 where id = any($1::uuid[])', [ids, at])
}

/** Some contacts that were closed before then and still have their words. Those that somebody else is at are left alone. */
export const claimOldContacts = async (tx: Tx, closedBefore: Date, most: number): Promise<ContactId[]> =>
  (
    await tx.named<{ id: ContactId }>(
      'claim-old-contacts',
      'select id from contact where closed_at < $1 and forgotten_at is null order by closed_at limit $2 for update skip locked',
      [closedBefore, most],
    )
  ).map(({ id }) => id)

/** Some contacts of erased customers that still have their words. */
export const claimContactsOf = async (tx: Tx, customers: readonly CustomerId[], most: number): Promise<ContactId[]> =>
  (
    await tx.named<{ id: ContactId }>('claim-contacts-of', 'select id from contact where customer_id = any($1::uuid[]) and forgotten_at is null order by id limit $2 for update', [
      customers,
      most,
    ])
  ).map(({ id }) => id)

/** The customer and everybody who was found to be the same person. */
export const loadFamily = async (reader: Reader, id: CustomerId): Promise<CustomerId[]> =>
  (
    await reader.named<{ id: CustomerId }>(
      'family',
      `with recursive family (id) as (select $1::uuid union select c.id from family join customer c on c.merged_into = family.id) select id from family`,
      [id],
    )
  ).map((row) => row.id)

/** Everybody who is taken for the same person as this one, the survivor of all first. */
export const loadWholeFamily = async (reader: Reader, id: CustomerId): Promise<CustomerId[]> => {
  const [top] = await reader.named<{ id: CustomerId }>(
    'family-top',
    `with recursive line (id, next) as (
       select id, merged_into from customer where id = $1
       union all select c.id, c.merged_into from line join customer c on c.id = line.next
     ) select id from line where next is null`,
    [id],
  )
  return loadFamily(reader, top?.id ?? id)
}

/** What tells who the person is, and what lets them in. The ledger remembers the ids before anything goes. */
export const erasePersons = async (tx: Tx, ids: readonly CustomerId[], by: string | null, at: Date): Promise<void> => {
  await tx.named(
    'note-erasure',
    `insert into erasure (customer_id, agent_id, requested_at) select id, $2, $3 from unnest($1::uuid[]) id
     on conflict (customer_id) do update set completed_at = null`,
    [ids, by, at],
  )
  for (const table of ['identity', 'customer_attribute', 'customer_note', 'credential'])
    await tx.named(`erase-${table}`, `delete from ${table} where customer_id = any($1::uuid[])`, [ids])
  await tx.named('erase-drafts', 'delete from draft using contact c where c.id = draft.contact_id and c.customer_id = any($1::uuid[])', [ids])
  // Whoever was taken for them, and not only for them, may have been called so: other merges of that person remember it, too.
  await tx.named(
    'erase-names-in-merges',
    `with own as (select * from customer_merge where survivor_id = any($1::uuid[]) or merged_id = any($1::uuid[])),
     called as (select name from customer where id = any($1::uuid[]) union select fields_before ->> 'name' from own union select fields_after ->> 'name' from own)
     update customer_merge m set
       fields_before = case when fields_before ->> 'name' in (select name from called) then fields_before || '{"name": null}' else fields_before end,
       fields_after = case when fields_after ->> 'name' in (select name from called) then fields_after || '{"name": null}' else fields_after end
     where m.survivor_id in (select survivor_id from own) and m.id not in (select id from own)`,
    [ids],
  )
  await tx.named('erase-merges', 'delete from customer_merge where survivor_id = any($1::uuid[]) or merged_id = any($1::uuid[])', [ids])
  await tx.named(
    'erase-customers',
    `update customer set name = null, region = 'unknown', language = null, time_zone = null, blocked_at = null, erased_at = $2, version = version + 1 where id = any($1::uuid[])`,
    [ids, at],
  )
  // Answers that are kept for repeated requests may hold the card or the words; they are kept for a day.
  await tx.named(
    'erase-answers',
    `delete from idempotency i where result is not null and exists (
       select from (
         select unnest($1::uuid[]) as id
         union all select id from contact where customer_id = any($1::uuid[]) and coalesce(closed_at, 'infinity') > $2::timestamptz - interval '25 hours'
       ) about where position(about.id::text in i.result::text) > 0)`,
    [ids, at],
  )
  const files = await tx.named<{ id: FileId }>('unsent-files-of', 'select id from file where customer_id = any($1::uuid[]) and message_id is null order by id', [ids])
  await deleteFiles(tx, files.map(({ id }) => id))
}

export const completeErasure = async (tx: Tx, ids: readonly CustomerId[], at: Date): Promise<void> => {
  await tx.named('complete-erasure', 'update erasure set completed_at = $2 where customer_id = any($1::uuid[])', [ids, at])
}

/** Those who were erased since before then and of whom words may be left. */
export const loadUnfinishedErasures = async (reader: Reader, before: Date): Promise<CustomerId[]> =>
  (
    await reader.named<{ id: CustomerId }>(
      'unfinished-erasures',
      `select e.customer_id as id from erasure e join customer c on c.id = e.customer_id
       where e.completed_at is null and e.requested_at < $1 and c.erased_at is not null order by e.requested_at`,
      [before],
    )
  ).map(({ id }) => id)

/** Erased ones, by this database's own account. */
export const loadErasedIds = async (reader: Reader): Promise<CustomerId[]> =>
  (await reader.named<{ id: CustomerId }>('erased-ids', 'select customer_id as id from erasure', [])).map(({ id }) => id)

/** Those of the ids who are here again, or were never quite gone. */
export const findUnerased = async (reader: Reader, ids: readonly CustomerId[]): Promise<CustomerId[]> =>
  (
    await reader.named<{ id: CustomerId }>(
      'unerased',
      `select c.id from unnest($1::uuid[]) as one(id) join customer c on c.id = one.id left join erasure e on e.customer_id = c.id
       where c.erased_at is null or e.completed_at is null`,
      [ids],
    )
  ).map(({ id }) => id)
