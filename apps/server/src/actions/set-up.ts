import { randomUUID } from 'node:crypto'
import { hashPassword, judgePassword } from '../access/passwords.ts'
import { hashToken, looksLikeToken, newToken } from '../access/tokens.ts'
import { insertSession, insertSetupLink, removeSetupLinks, spend } from '../store/credentials.ts'
import type { Tx } from '../store/database.ts'
import { appendEvent } from '../store/log.ts'
import type { AgentId } from '@otklik/model/ids'
import type { Deps } from './deps.ts'
import { done, refuse, type Outcome } from './outcome.ts'
import { insertSample } from './sample.ts'
import type { SignedIn } from './sign-in.ts'

export interface SetUp {
  readonly company: { readonly name: string; readonly language: 'ru' | 'en'; readonly timeZone: string }
  readonly administrator: { readonly name: string; readonly email: string; readonly password: string }
  readonly sample: boolean
}

/** A one-time link's token for the set-up page; good for an hour or until somebody has set up. Nothing when all is set up. */
export const makeSetupToken = (deps: Deps): Promise<string | undefined> =>
  deps.transaction(async (tx) => {
    if (await isSetUp(tx)) return undefined
    const token = newToken()
    await insertSetupLink(tx, hashToken(token), deps.now())
    return token
  })

export const isSetUp = async (tx: Pick<Tx, 'db'>): Promise<boolean> =>
  (await tx.db.selectFrom('company').select('one').executeTakeFirst()) !== undefined

const deadLink = () => refuse('linkInvalid', { detail: 'Run `npm run setup-link` for a fresh link.' })

/** Whether a link still opens the set-up; nothing is spent. */
export const lookAtSetupLink = (deps: Deps, token: string): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    if (await isSetUp(tx)) return refuse('setupDone')
    if (!looksLikeToken(token)) return deadLink()
    const link = await tx.db
      .selectFrom('credential')
      .select('kind')
      .where('hash', '=', hashToken(token))
      .where('kind', '=', 'setup')
      .where('expiresAt', '>', deps.now())
      .executeTakeFirst()
    return link ? done(null) : deadLink()
  })

/** A symbol, so that nothing that comes by the network can ever be it. */
export const atTheMachine = Symbol('at the machine')

/**
 * Makes the company and its first administrator, who is signed in.
 * @param by the token of the set-up link, or who sits at the machine itself
 */
export const setUp = async (deps: Deps, request: SetUp, by: { readonly token: string } | typeof atTheMachine): Promise<Outcome<SignedIn>> => {
  const { company, administrator } = request
  const weak = judgePassword(administrator.password, [company.name, administrator.name, administrator.email])
  if (weak) return refuse('passwordTooWeak', { detail: weak })
  const passwordHash = await hashPassword(administrator.password)
  return deps.transaction(async (tx) => {
    const now = deps.now()
    if (await isSetUp(tx)) return refuse('setupDone')
    if (by !== atTheMachine && !(looksLikeToken(by.token) && (await spend(tx, hashToken(by.token), ['setup'], now))))
      return deadLink()
    const inserted = await tx.db
      .insertInto('company')
      .values({ ...company, createdAt: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('one')
      .executeTakeFirst()
    if (!inserted) return refuse('setupDone') // two set-ups at once: the other was first
    await removeSetupLinks(tx)
    const agent = {
      id: randomUUID() as AgentId,
      name: administrator.name,
      email: administrator.email,
      role: 'administrator' as const,
      language: company.language,
    }
    await tx.db
      .insertInto('agent')
      .values({ ...agent, serves: ['ru', 'en'], maxChats: 3, maxTotal: 3, passwordHash, createdAt: now })
      .execute()
    await tx.db.insertInto('agentCapacity').values({ agentId: agent.id, maxChat: 3, maxTotal: 3 }).execute()
    await tx.db.insertInto('presenceInterval').values({ agentId: agent.id, state: 'offline', cause: 'signedOut', startedAt: now }).execute()
    if (request.sample) await insertSample(tx, deps, company)
    await appendEvent(tx, now, 'settings.changed', agent.id, { kind: 'company', id: 'company' })
    const session = newToken()
    await insertSession(tx, hashToken(session), deps.newId(), agent, now)
    return done({ agent: { ...agent, seesAll: true }, token: session })
  })
}
