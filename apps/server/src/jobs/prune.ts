import type { Task } from 'graphile-worker'

/** Forgets what has expired, in pieces short enough to hold nobody up. */
export const prune: Task = async (_payload, helpers) => {
  const expired = [
    `delete from credential where hash in (select hash from credential where expires_at < now() or idle_until < now() limit 5000)`,
    `delete from idempotency where ctid in (select ctid from idempotency where created_at < now() - interval '24 hours' limit 5000)`,
    `delete from sign_in_failure where last_at < now() - interval '24 hours'`,
    `delete from contact_exclusion where until < now() - interval '1 hour'`,
    `delete from draft where (contact_id, agent_id) in (select d.contact_id, d.agent_id from draft d join contact c on c.id = d.contact_id and c.closed_at is not null limit 5000)`,
  ]
  for (const text of expired) await helpers.query(text)
}
