/** Everything stored about a person, as PostgreSQL has it, with names in place of the ids of our people and places. */
import type { CustomerExport } from '@otklik/contract/customers'
import type { CustomerId } from '@otklik/model/ids'
import type { Reader } from './database.ts'

const nameOf = (table: 'agent' | 'queue' | 'channel_account' | 'disposition', id: string) => `(select name from ${table} where id = ${id})`
const list = (columns: string, rest: string) => `coalesce((select jsonb_agg(jsonb_build_object(${columns}) order by ${rest}), '[]')`

const messages = list(
  `'number', m.number, 'author', m.author, 'agent', ${nameOf('agent', 'm.agent_id')}, 'visibility', m.visibility, 'at', m.sent_at, 'parts', m.parts`,
  'm.number) from message m where m.contact_id = c.id',
)
const segments = list(
  `'queue', ${nameOf('queue', 's.queue_id')}, 'agent', ${nameOf('agent', 's.agent_id')}, 'startedAt', s.started_at, 'endedAt', s.ended_at`,
  's.id) from segment s where s.contact_id = c.id',
)
const rating = `(select jsonb_build_object('score', r.score, 'comment', r.comment, 'at', r.rated_at) from rating r where r.contact_id = c.id)`
const contacts = list(
  `'id', c.id, 'issueId', c.issue_id, 'channel', c.channel, 'channelName', ${nameOf('channel_account', 'c.channel_account_id')}, 'language', c.language,
   'region', c.region, 'queue', ${nameOf('queue', 'c.queue_id')}, 'agent', ${nameOf('agent', 'c.agent_id')}, 'pageUrl', c.page_url, 'pageTitle', c.page_title,
   'arrivedAt', c.arrived_at, 'acceptedAt', c.accepted_at, 'firstReplyAt', c.first_reply_at, 'endedAt', c.ended_at, 'closedAt', c.closed_at,
   'closeReason', c.close_reason, 'disposition', ${nameOf('disposition', 'c.disposition_id')}, 'resolved', c.resolved, 'wordsErasedAt', c.forgotten_at,
   'rating', ${rating}, 'segments', ${segments}, 'messages', ${messages}`,
  'c.arrived_at, c.id) from contact c where c.customer_id = cu.id',
)

const everythingText = `
  select jsonb_build_object(
    'id', cu.id, 'number', cu.number, 'name', cu.name, 'region', cu.region, 'language', cu.language, 'timeZone', cu.time_zone, 'firstSeenAt', cu.first_seen_at,
    'blockedAt', cu.blocked_at, 'mergedInto', cu.merged_into,
    'identities', ${list(
      `'kind', i.kind, 'value', i.value, 'proof', i.proof, 'channelName', ${nameOf('channel_account', 'i.channel_account_id')}, 'writtenBy', ${nameOf('agent', 'i.claimed_by')}, 'since', i.created_at`,
      'i.created_at, i.id) from identity i where i.customer_id = cu.id',
    )},
    'attributes', ${list(`'name', a.name, 'value', a.value, 'since', a.created_at`, 'a.created_at, a.id) from customer_attribute a where a.customer_id = cu.id')},
    'notes', ${list(
      `'text', n.text, 'pinned', n.pinned, 'by', ${nameOf('agent', 'n.agent_id')}, 'at', n.written_at, 'editedAt', n.edited_at`,
      'n.written_at, n.id) from customer_note n where n.customer_id = cu.id',
    )},
    'consents', ${list(
      `'version', co.version, 'channelName', ${nameOf('channel_account', 'co.channel_account_id')}, 'givenAt', co.given_at`,
      'co.given_at, co.id) from consent co where co.customer_id = cu.id',
    )},
    'merges', ${list(
      `'with', me.merged_id, 'at', me.merged_at, 'undoneAt', me.undone_at, 'by', ${nameOf('agent', 'me.agent_id')}, 'before', me.fields_before, 'after', me.fields_after`,
      'me.merged_at) from customer_merge me where me.survivor_id = cu.id',
    )},
    'visits', ${list(
      `'channelName', ${nameOf('channel_account', 'cr.channel_account_id')}, 'origin', cr.origin, 'since', cr.created_at, 'until', cr.expires_at`,
      'cr.created_at) from credential cr where cr.customer_id = cu.id',
    )},
    'files', ${list(
      `'id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes, 'sha256', encode(f.sha256, 'hex'), 'uploadedAt', f.uploaded_at,
       'uploadedBy', ${nameOf('agent', 'f.agent_id')}, 'sent', f.message_id is not null`,
      `f.uploaded_at, f.id) from file f where f.id in (
        select id from file where customer_id = cu.id
        union all select sf.id from contact fc join message fm on fm.contact_id = fc.id join file sf on sf.message_id = fm.id where fc.customer_id = cu.id)`,
    )},
    'issues', ${list(
      `'id', s.id, 'line', s.owner_line, 'openedAt', s.opened_at, 'closedAt', s.closed_at`,
      's.opened_at, s.id) from issue s where s.customer_id = cu.id',
    )},
    'contacts', ${contacts}
  ) as everything
  from customer cu where cu.id = any($1::uuid[]) order by cu.merged_into nulls first, cu.number`

/** One document for each customer of the family, the one that they are today first. */
export const loadEverythingAbout = async (reader: Reader, family: readonly CustomerId[]): Promise<CustomerExport['customers']> =>
  (await reader.named<{ everything: CustomerExport['customers'][number] }>('everything-about', everythingText, [family])).map(({ everything }) => everything)
