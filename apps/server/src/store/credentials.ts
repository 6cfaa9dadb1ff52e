/** Sessions, one-time links and visitors' tokens: one table, random tokens kept as hashes, everything expires. */
import type { AgentId, ChannelAccountId, CustomerId } from '@otklik/model/ids'
import type { Reader, Tx } from './database.ts'
import { seesAll } from './reach.ts'
import type { Visitor, Writer } from './scope.ts'

const minutes = (count: number) => count * 60_000
const days = (count: number) => count * 86_400_000
const sessionMs = 12 * 3_600_000
const rotateAfterMs = 3_600_000
const rotationGraceMs = 30_000

export const setupLinkMs = minutes(60)
export const linkMs = { invite: 72 * 3_600_000, reset: minutes(30) } as const
export const visitorMs = { idle: days(30), absolute: days(90) } as const

export type Role = 'agent' | 'supervisor' | 'administrator'
const idleMs = (role: Role) => (role === 'administrator' ? minutes(15) : minutes(60))

export interface SessionAgent {
  readonly id: AgentId
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly language: 'ru' | 'en'
  /** An administrator, or a supervisor of all queues: nothing is hidden but what their routes do not list. */
  readonly seesAll: boolean
}

const insert = (
  tx: Reader,
  row: { hash: Buffer; kind: string; chain?: string; agentId?: AgentId; customerId?: CustomerId; channelAccountId?: ChannelAccountId; origin?: string | null },
  now: Date,
  lifeMs: number,
  idle: number,
) =>
  tx.db
    .insertInto('credential')
    .values({ ...row, createdAt: now, expiresAt: new Date(now.getTime() + lifeMs), idleUntil: new Date(now.getTime() + idle) })
    .execute()

/** @param chain names the session through all the tokens that it will have */
export const insertSession = (tx: Reader, hash: Buffer, chain: string, agent: { id: AgentId; role: Role }, now: Date) =>
  insert(tx, { hash, kind: 'session', chain, agentId: agent.id }, now, sessionMs, idleMs(agent.role))

export interface Session {
  readonly agent: SessionAgent
  readonly chain: string
  /** The cookie is an hour old: a fresh one should take its place. */
  readonly rotate: boolean
}

/** The agent of a live session; its idle time starts anew, written at most once a minute. */
export const loadSession = async (reader: Reader, hash: Buffer, now: Date): Promise<Session | undefined> => {
  const [row] = await reader.named<SessionAgent & { chain: string; createdAt: Date; idleUntil: Date }>(
    'session',
    `select a.id, a.name, a.email, a.role, a.language, ${seesAll} as "seesAll", c.chain, c.created_at as "createdAt", c.idle_until as "idleUntil"
     from credential c join agent a on a.id = c.agent_id and a.archived_at is null
     where c.hash = $1 and c.kind = 'session' and c.expires_at > $2 and c.idle_until > $2`,
    [hash, now],
  )
  if (!row) return undefined
  const idleUntil = now.getTime() + idleMs(row.role)
  if (idleUntil - row.idleUntil.getTime() > minutes(1))
    await reader.named('touch-session', 'update credential set idle_until = $2 where hash = $1', [hash, new Date(idleUntil)])
  const { id, name, email, role, language, chain } = row
  return { agent: { id, name, email, role, language, seesAll: row.seesAll }, chain, rotate: now.getTime() - row.createdAt.getTime() > rotateAfterMs }
}

/**
 * Puts a fresh token in place of an old one, which lives on for the requests that are under way. The session ends when it
 * would have ended.
 */
export const rotateSession = async (tx: Tx, oldHash: Buffer, freshHash: Buffer, now: Date): Promise<boolean> =>
  (
    await tx.named(
      'rotate-session',
      `with old as (
         select hash, chain, agent_id, idle_until, expires_at from credential
         where hash = $1 and kind = 'session' and created_at < $5 for update
       ), grace as (
         update credential c set expires_at = least(c.expires_at, $4) from old where c.hash = old.hash
       )
       insert into credential (hash, kind, chain, agent_id, created_at, expires_at, idle_until)
       select $2, 'session', chain, agent_id, $3, expires_at, idle_until from old where expires_at > $4 returning hash`,
      [oldHash, freshHash, now, new Date(now.getTime() + rotationGraceMs), new Date(now.getTime() - rotateAfterMs)],
    )
  ).length > 0

/**
 * Which of these sessions still let in; their idle time starts anew, as with `loadSession`. For desks that stay open:
 * one statement for all of them.
 */
export const keepSessions = async (reader: Reader, chains: readonly string[], now: Date): Promise<Set<string>> => {
  const rows = await reader.named<{ chain: string }>(
    'keep-sessions',
    `with live as (
       select c.hash, c.chain, $2::timestamptz + make_interval(secs => case a.role when 'administrator' then $3::float8 else $4::float8 end) as until
       from credential c join agent a on a.id = c.agent_id and a.archived_at is null
       where c.chain = any($1::uuid[]) and c.expires_at > $2 and c.idle_until > $2
     ), touched as (
       update credential c set idle_until = live.until from live
       where c.hash = live.hash and c.idle_until < live.until - interval '1 minute'
     )
     select distinct chain from live`,
    [chains, now, idleMs('administrator') / 1000, idleMs('agent') / 1000],
  )
  return new Set(rows.map((row) => row.chain))
}

/** Ends the session of this token, under whatever tokens it goes by. */
export const removeSession = async (tx: Reader, hash: Buffer): Promise<{ agentId: AgentId; chain: string } | undefined> => {
  const [session] = await tx.named<{ agentId: AgentId; chain: string }>(
    'remove-session',
    `delete from credential where chain = (select chain from credential where hash = $1) returning agent_id as "agentId", chain`,
    [hash],
  )
  return session
}

/** Ends every session of an agent, or just what the kinds say. */
export const removeCredentialsOf = async (tx: Reader, agentId: AgentId, kinds: readonly ('session' | 'invite' | 'reset')[]): Promise<void> => {
  await tx.db.deleteFrom('credential').where('agentId', '=', agentId).where('kind', 'in', kinds).execute()
}

export const insertLink = (tx: Reader, hash: Buffer, kind: 'invite' | 'reset', agentId: AgentId, now: Date) =>
  insert(tx, { hash, kind, agentId }, now, linkMs[kind], linkMs[kind])

/** Those before it stay good: another server may have printed one, and somebody may be filling in its form. */
export const insertSetupLink = (tx: Reader, hash: Buffer, now: Date) => insert(tx, { hash, kind: 'setup' }, now, setupLinkMs, setupLinkMs)

/** All is set up: no link is good for anything any more. */
export const removeSetupLinks = async (tx: Reader): Promise<void> => {
  await tx.db.deleteFrom('credential').where('kind', '=', 'setup').execute()
}

/** A link's agent and purpose, if it is still good; `forUpdate` keeps two from spending it at once. */
export const loadLink = async (
  reader: Reader,
  hash: Buffer,
  now: Date,
): Promise<{ purpose: 'invite' | 'reset'; agentId: AgentId; name: string; email: string; language: 'ru' | 'en'; role: Role } | undefined> => {
  const [row] = await reader.named<{
    purpose: 'invite' | 'reset'
    agentId: AgentId
    name: string
    email: string
    language: 'ru' | 'en'
    role: Role
  }>(
    'link',
    `select c.kind as purpose, a.id as "agentId", a.name, a.email, a.language, a.role
     from credential c join agent a on a.id = c.agent_id and a.archived_at is null
     where c.hash = $1 and c.kind in ('invite', 'reset') and c.expires_at > $2`,
    [hash, now],
  )
  return row
}

/** Takes a one-time credential away; false when it is spent or expired. */
export const spend = async (tx: Tx, hash: Buffer, kinds: readonly string[], now: Date): Promise<boolean> =>
  (await tx.db.deleteFrom('credential').where('hash', '=', hash).where('kind', 'in', kinds).where('expiresAt', '>', now).returning('hash').execute())
    .length > 0

export const insertVisitor = (tx: Reader, hash: Buffer, visitor: Visitor, origin: string | null, now: Date) =>
  insert(tx, { hash, kind: 'visitor', ...visitor, origin }, now, visitorMs.absolute, visitorMs.idle)

/** Ends every token of the visitor of this one; nothing when it is unknown already. */
export const removeVisitor = async (tx: Reader, hash: Buffer, channelAccountId: ChannelAccountId): Promise<Visitor | undefined> => {
  const [visitor] = await tx.named<Visitor & Record<string, unknown>>(
    'remove-visitor',
    `with own as (select customer_id, channel_account_id from credential where hash = $1 and kind = 'visitor' and channel_account_id = $2),
     removed as (
       delete from credential c using own
       where c.kind = 'visitor' and c.customer_id = own.customer_id and c.channel_account_id = own.channel_account_id)
     select customer_id as "customerId", channel_account_id as "channelAccountId" from own`,
    [hash, channelAccountId],
  )
  return visitor
}

export interface VisitorSession extends Writer {
  readonly origin: string | null
  /** Whether the channel's list still names the origin of the token. */
  readonly listed: boolean
  readonly blocked: boolean
}

/** The visitor of a live token. */
export const loadVisitor = async (reader: Reader, hash: Buffer, now: Date): Promise<VisitorSession | undefined> => {
  const [row] = await reader.named<VisitorSession & { idleUntil: Date }>(
    'visitor',
    `select c.customer_id as "customerId", coalesce(c.visitor_id, c.customer_id) as "visitorId", c.channel_account_id as "channelAccountId", c.origin, cu.blocked_at is not null as blocked,
       c.idle_until as "idleUntil", coalesce(c.origin = any(ca.origins), true) as listed
     from credential c join customer cu on cu.id = c.customer_id join channel_account ca on ca.id = c.channel_account_id
     where c.hash = $1 and c.kind = 'visitor' and c.expires_at > $2 and c.idle_until > $2`,
    [hash, now],
  )
  if (!row) return undefined
  const idleUntil = now.getTime() + visitorMs.idle
  if (idleUntil - row.idleUntil.getTime() > days(1))
    await reader.named('touch-visitor', 'update credential set idle_until = $2 where hash = $1', [hash, new Date(idleUntil)])
  const { customerId, visitorId, channelAccountId, origin, listed, blocked } = row
  return { customerId, visitorId, channelAccountId, origin, listed, blocked }
}

/** Who the visitor is by now, as far as a message needs it; undefined once they were erased. */
export const findWriter = async (reader: Reader, { visitorId, channelAccountId }: Writer): Promise<{ customerId: CustomerId; blocked: boolean } | undefined> =>
  (
    await reader.named<{ customerId: CustomerId; blocked: boolean }>(
      'writer',
      `select c.id as "customerId", c.blocked_at is not null as blocked from identity i join customer c on c.id = i.customer_id
       where i.channel_account_id = $1 and i.kind = 'visitor' and i.value = $2::text`,
      [channelAccountId, visitorId],
    )
  )[0]
