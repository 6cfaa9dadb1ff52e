/** Signing in and out, links that set a password, and the first set-up. */
import type { AgentId } from '@otklik/model/ids'
import { hashToken, looksLikeToken, newToken } from '../access/tokens.ts'
import { checkPassword, hashPassword, judgePassword } from '../access/passwords.ts'
import {
  insertLink,
  insertSession,
  linkMs,
  loadLink,
  removeCredentialsOf,
  removeSession,
  rotateSession,
  spend,
  type SessionAgent,
} from '../store/credentials.ts'
import { appendEvent } from '../store/log.ts'
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'
import { done, refuse, type Outcome } from './outcome.ts'

const freeTries = 5
const longestDelaySeconds = 300
const forgetAfterMs = 24 * 3_600_000

/** How long the next try must wait after so many failures: nothing at first, then 1 s doubling up to 5 minutes. */
export const delaySeconds = (failures: number): number =>
  failures < freeTries ? 0 : Math.min(longestDelaySeconds, 2 ** Math.min(failures - freeTries, 20))

export interface SignedIn {
  readonly agent: SessionAgent
  /** For the cookie; kept nowhere else. */
  readonly token: string
}

/** Tries an e-mail and a password from a network. Wrong ones delay the next try of this account from this network only. */
export const signIn = async (
  deps: Deps,
  attempt: { readonly email: string; readonly password: string; readonly network: string },
): Promise<Outcome<SignedIn>> => {
  const now = deps.now()
  const known = await deps.transaction(async (tx) => {
    const failure = await tx.db
      .selectFrom('signInFailure')
      .select(['failures', 'lastAt'])
      .where('account', '=', attempt.email)
      .where('network', '=', attempt.network)
      .executeTakeFirst()
    const recent = failure && now.getTime() - failure.lastAt.getTime() < forgetAfterMs ? failure : undefined
    const waitMs = recent ? recent.lastAt.getTime() + delaySeconds(recent.failures) * 1000 - now.getTime() : 0
    const agent = await tx.db
      .selectFrom('agent')
      .select(['id', 'name', 'email', 'role', 'language', 'passwordHash'])
      .where('email', '=', attempt.email)
      .where('archivedAt', 'is', null)
      .executeTakeFirst()
    const company = await tx.db.selectFrom('company').select('one').executeTakeFirst()
    return { agent, waitMs, company }
  })
  if (!known.company) return refuse('setupNeeded')
  if (known.waitMs > 0) return refuse('signInDelayed', { retryAfterSeconds: Math.ceil(known.waitMs / 1000) })
  const right = await checkPassword(attempt.password, known.agent?.passwordHash ?? null)
  return deps.transaction(async (tx) => {
    const key = { account: attempt.email, network: attempt.network }
    if (!right || !known.agent) {
      // From now on, and not from when it was asked: a busy machine takes its time for a password, and the delay would be over.
      const lastAt = deps.now()
      await tx.db
        .insertInto('signInFailure')
        .values({ ...key, failures: 1, lastAt })
        .onConflict((conflict) =>
          conflict.columns(['account', 'network']).doUpdateSet((eb) => ({
            failures: eb
              .case()
              .when('signInFailure.lastAt', '<', new Date(lastAt.getTime() - forgetAfterMs))
              .then(1)
              .else(eb('signInFailure.failures', '+', 1))
              .end(),
            lastAt,
          })),
        )
        .execute()
      return done(undefined) // the failure is to be kept, so the transaction commits
    }
    // A reset may have come while the password was being checked: only the one that holds now lets in.
    const current = await tx.db.selectFrom('agent').select(['passwordHash', 'archivedAt']).where('id', '=', known.agent.id).forShare().executeTakeFirst()
    if (current?.passwordHash !== known.agent.passwordHash || current?.archivedAt) return done(undefined)
    await tx.db.deleteFrom('signInFailure').where('account', '=', key.account).where('network', '=', key.network).execute()
    const { id, name, email, role, language } = known.agent
    return done(await openSession(tx, deps, { id, name, email, role, language } as SessionAgent, now))
  }).then((outcome) => (outcome.ok && outcome.value === undefined ? refuse('signInFailed') : (outcome as Outcome<SignedIn>)))
}

const openSession = async (tx: Tx, deps: Deps, agent: SessionAgent, now: Date): Promise<SignedIn> => {
  const token = newToken()
  await insertSession(tx, hashToken(token), deps.newId(), agent, now)
  return { agent, token }
}

/** Ends one session; another one on another machine stays. */
export const signOut = (deps: Deps, token: string): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const session = await removeSession(tx, hashToken(token))
    if (session) await appendEvent(tx, deps.now(), 'session.revoked', session.agentId, session)
    return done(null)
  })

/** A fresh token for a session that is an hour old; nothing when another request was faster. */
export const renewSession = (deps: Deps, token: string): Promise<string | undefined> =>
  deps.transaction(async (tx) => {
    const fresh = newToken()
    return (await rotateSession(tx, hashToken(token), hashToken(fresh), deps.now())) ? fresh : undefined
  })

/** A link with which an agent sets a password; links that were made before stop working. */
export const inviteAgent = (
  deps: Deps,
  agentId: AgentId,
): Promise<Outcome<{ token: string; expiresAt: Date; purpose: 'invite' | 'reset' }>> =>
  deps.transaction(async (tx) => {
    const agent = await tx.db.selectFrom('agent').select(['passwordHash', 'archivedAt']).where('id', '=', agentId).forUpdate().executeTakeFirst()
    if (!agent) return refuse('notFound')
    if (agent.archivedAt) return refuse('archived')
    const purpose = agent.passwordHash === null ? 'invite' : 'reset'
    const now = deps.now()
    const token = newToken()
    await removeCredentialsOf(tx, agentId, ['invite', 'reset'])
    await insertLink(tx, hashToken(token), purpose, agentId, now)
    return done({ token, purpose, expiresAt: new Date(now.getTime() + linkMs[purpose]) })
  })

export const lookAtLink = (deps: Deps, token: string) =>
  deps.transaction(async (tx) => {
    const link = looksLikeToken(token) ? await loadLink(tx, hashToken(token), deps.now()) : undefined
    return link ? done(link) : refuse('linkInvalid')
  })

/** Spends a link: the password is set, older sessions end, and the agent is signed in. */
export const acceptLink = async (deps: Deps, request: { readonly token: string; readonly password: string }): Promise<Outcome<SignedIn>> => {
  const looked = await lookAtLink(deps, request.token)
  if (!looked.ok) return looked
  const company = await deps.transaction((tx) => tx.db.selectFrom('company').select('name').executeTakeFirst())
  const weak = judgePassword(request.password, [looked.value.name, looked.value.email, company?.name ?? ''])
  if (weak) return refuse('passwordTooWeak', { detail: weak })
  const passwordHash = await hashPassword(request.password)
  return deps.transaction(async (tx) => {
    const now = deps.now()
    if (!(await spend(tx, hashToken(request.token), ['invite', 'reset'], now))) return refuse('linkInvalid')
    const { agentId } = looked.value
    await removeCredentialsOf(tx, agentId, ['session', 'invite', 'reset'])
    const agent = await tx.db
      .updateTable('agent')
      .set({ passwordHash })
      .where('id', '=', agentId)
      .where('archivedAt', 'is', null)
      .returning(['id', 'name', 'email', 'role', 'language'])
      .executeTakeFirst()
    if (!agent) return refuse('linkInvalid')
    await appendEvent(tx, now, 'session.revoked', agentId, { agentId, chain: null })
    return done(await openSession(tx, deps, agent as SessionAgent, now))
  })
}
