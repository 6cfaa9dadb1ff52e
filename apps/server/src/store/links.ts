/**
 * Who is connected: running servers, and the socket of each agent and visitor. A closed link stays for some seconds, so
 * that a page that reloads is not taken for gone; a server that stops speaking takes its links with it.
 */
import type { LoggedEvent } from '@otklik/contract/events'
import type { AgentId, ContactId, CustomerId } from '@otklik/model/ids'
import type { Reader } from './database.ts'
import { eventOf, type EventRow } from './log.ts'

export const lingerSeconds = 8
const silentNodeSeconds = 10

export const beatNode = async (reader: Reader, nodeId: string): Promise<void> => {
  await reader.named(
    'beat-node',
    'insert into node (id, seen_at) values ($1, clock_timestamp()) on conflict (id) do update set seen_at = excluded.seen_at',
    [nodeId],
  )
}

/** A server that stops in order: its links linger from now on, as if each socket had closed. */
export const removeNode = async (reader: Reader, nodeId: string): Promise<void> => {
  await reader.named('close-node-links', 'update link set closed_at = coalesce(closed_at, clock_timestamp()) where node_id = $1', [nodeId])
  await reader.named('remove-node', 'delete from node where id = $1', [nodeId])
}

export interface LinkRow {
  readonly id: string
  readonly nodeId: string
  readonly agentId: AgentId | null
  readonly customerId: CustomerId | null
}

/** Opens links, or opens them again. */
export const openLinks = async (reader: Reader, links: readonly LinkRow[]): Promise<void> => {
  await reader.named(
    'open-links',
    `insert into link (id, node_id, agent_id, customer_id) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])
     on conflict (id) do update set closed_at = null`,
    [links.map((link) => link.id), links.map((link) => link.nodeId), links.map((link) => link.agentId), links.map((link) => link.customerId)],
  )
}

export const closeLinks = async (reader: Reader, ids: readonly string[]): Promise<void> => {
  await reader.named('close-links', 'update link set closed_at = clock_timestamp() where id = any($1::uuid[]) and closed_at is null', [ids])
}

/** Removes what has lingered long enough, and begins to close the links of servers that are silent. */
export const pruneLinks = async (reader: Reader): Promise<void> => {
  await reader.named(
    'silence-links',
    `update link set closed_at = clock_timestamp() where closed_at is null and not exists (
       select from node where node.id = link.node_id and node.seen_at > clock_timestamp() - make_interval(secs => $1))`,
    [silentNodeSeconds],
  )
  await reader.named('prune-links', 'delete from link where closed_at < clock_timestamp() - make_interval(secs => $1)', [lingerSeconds])
  await reader.named('prune-nodes', `delete from node where seen_at < clock_timestamp() - interval '1 hour'`, [])
}

/** Agents at work without any link, whose presence is old enough for one to have been there. */
export const findLostAgents = async (reader: Reader, now: Date): Promise<AgentId[]> =>
  (
    await reader.named<{ id: AgentId }>(
      'lost-agents',
      `select c.agent_id as id from agent_capacity c
       join presence_interval p on p.agent_id = c.agent_id and p.ended_at is null
       where c.state <> 'offline' and p.started_at < $1::timestamptz - make_interval(secs => $2)
         and not exists (select from link where link.agent_id = c.agent_id)`,
      [now, lingerSeconds],
    )
  ).map((row) => row.id)

export const findAgentsBeyondGrace = async (reader: Reader, lostBefore: Date): Promise<AgentId[]> =>
  (
    await reader.named<{ id: AgentId }>('agents-beyond-grace', 'select agent_id as id from agent_capacity where lost_at < $1', [lostBefore])
  ).map((row) => row.id)

/** Open contacts whose customer has no link and is not marked as away yet. */
export const findGoneVisitors = async (reader: Reader, now: Date): Promise<ContactId[]> =>
  (
    await reader.named<{ id: ContactId }>(
      'gone-visitors',
      `select r.contact_id as id from contact_routing r join contact c on c.id = r.contact_id
       where c.away_since is null and c.last_message_at < $1::timestamptz - make_interval(secs => $2)
         and not exists (select from link where link.customer_id = r.customer_id)
       limit 1000`,
      [now, lingerSeconds],
    )
  ).map((row) => row.id)

/** Takes the mark from those who are here after all: they came back in the moment in which it was made. */
export const unmarkPresent = async (reader: Reader, at: Date): Promise<LoggedEvent[]> =>
  (
    await reader.named<EventRow>(
      'unmark-present',
      `with back as (
         update contact c set away_since = null, version = c.version + 1
         from contact_routing r
         where r.contact_id = c.id and c.away_since is not null
           and exists (select from link where link.customer_id = c.customer_id and link.closed_at is null)
         returning c.id, c.agent_id)
       insert into event (at, kind, subject, payload)
       select $1, 'contact.awayChanged', id, jsonb_build_object('contactId', id, 'agentId', agent_id, 'awaySince', null) from back
       returning tx::text, id::text, at, kind, payload`,
      [at],
    )
  ).map(eventOf)

/** Marks the customers of open contacts as away, in one statement: a network that fails takes many at once. */
export const markManyAway = async (reader: Reader, ids: readonly ContactId[], awaySince: Date, at: Date): Promise<LoggedEvent[]> =>
  (
    await reader.named<EventRow>(
      'mark-many-away',
      `with gone as (
         update contact set away_since = $2, version = version + 1
         where id = any($1::uuid[]) and closed_at is null and away_since is null
           and not exists (select from link where link.customer_id = contact.customer_id) returning id, agent_id)
       insert into event (at, kind, subject, payload)
       select $3, 'contact.awayChanged', id, jsonb_build_object('contactId', id, 'agentId', agent_id,
         'awaySince', (extract(epoch from $2::timestamptz) * 1000)::bigint)
       from gone
       returning tx::text, id::text, at, kind, payload`,
      [ids, awaySince, at],
    )
  ).map(eventOf)
