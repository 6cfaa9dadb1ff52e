/**
 * The baseline of `intake`: the same rows (issue, contact, routing row, segment, message, two events) by the bare
 * driver, one prepared statement over 20 connections, no socket, no product around it.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'

const text = `
  with need as (insert into issue (id, customer_id, opened_at) values ($1, $2, $6) returning id),
  made as (
    insert into contact (id, issue_id, customer_id, channel_account_id, channel, language, region, queue_id, arrived_at,
      waiting_since, last_message_at, last_message_number)
    select $3, id, $2, $4, 'webChat', 'ru', 'unknown', $5, $6, $6, $6, 1 from need returning id),
  routed as (
    insert into contact_routing (contact_id, state, queue_id, customer_id, channel_account_id, channel, language, arrived_at)
    select id, 'queued', $5, $2, $4, 'webChat', 'ru', $6 from made returning contact_id),
  part as (insert into segment (contact_id, queue_id, started_at) select id, $5, $6 from made),
  written as (
    insert into message (id, contact_id, number, author, visibility, parts, sent_at)
    select $7, id, 1, 'customer', 'public', $8::jsonb, $6 from made)
  insert into event (at, kind, subject, payload)
  select $6, kind, id, $9::jsonb from made, unnest(array['contact.queued', 'message.received']) kind`

export interface Rows {
  /** Writes so many contacts and answers contacts a second. */
  write(count: number): Promise<number>
  close(): Promise<void>
}

/** Customers are those of tokens that the product does not use. */
export const openRows = async (databaseUrl: string): Promise<Rows> => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 })
  const { rows } = await pool.query<{ account: string; queue: string }>('select id as account, queue_id as queue from channel_account limit 1')
  const { account, queue } = rows[0] ?? { account: '', queue: '' }
  const payload = JSON.stringify({
    contactId: randomUUID(), contactVersion: 1, cause: 'arrived', customerId: randomUUID(), issueId: randomUUID(), channelAccountId: account,
    channel: 'webChat', queueId: queue, line: 1, targetSeconds: 20, language: 'ru', region: 'unknown', arrivedAt: 1_795_000_000_000, seq: 1, reservedFor: null,
  })
  const parts = JSON.stringify([{ kind: 'text', text: 'Здравствуйте, у меня вопрос по тарифу' }])
  return {
    async write(count) {
      const customers = Array.from({ length: count }, () => randomUUID())
      await pool.query(`insert into customer (id, language, first_seen_at) select id, 'ru', now() from unnest($1::uuid[]) id`, [customers])
      let next = 0
      const began = performance.now()
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          for (let i = next++; i < count; i = next++)
            await pool.query({
              name: 'intake',
              text,
              values: [randomUUID(), customers[i], randomUUID(), account, queue, new Date(), randomUUID(), parts, payload],
            })
        }),
      )
      return count / ((performance.now() - began) / 1000)
    },
    close: () => pool.end(),
  }
}
