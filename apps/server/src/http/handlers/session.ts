/** Set-up, sign-in, links. */
import { routes } from '@otklik/contract/routes'
import type { SessionView } from '@otklik/contract/views'
import { networkOf } from '../../access/network.ts'
import type { RateLimit } from '../../access/rate-limit.ts'
import type { Deps } from '../../actions/deps.ts'
import { done, refuse, type Outcome } from '../../actions/outcome.ts'
import { lookAtSetupLink, setUp } from '../../actions/set-up.ts'
import { acceptLink, inviteAgent, lookAtLink, signIn, signOut, type SignedIn } from '../../actions/sign-in.ts'
import type { SessionAgent } from '../../store/credentials.ts'
import type { Reader } from '../../store/database.ts'
import type { Context } from '../context.ts'
import type { Register } from '../register.ts'
import type { Sessions } from '../sessions.ts'

interface Own {
  readonly sessions: Sessions
  readonly reader: Reader
  readonly signIns: RateLimit
  readonly publicUrl: string
}

const loadCompany = async (reader: Reader): Promise<SessionView['company'] | undefined> =>
  (await reader.db.selectFrom('company').select(['name', 'language', 'timeZone']).executeTakeFirst()) as SessionView['company'] | undefined

const viewOf = async (reader: Reader, agent: SessionAgent): Promise<Outcome<SessionView>> => {
  const company = await loadCompany(reader)
  return company ? done({ agent, company }) : refuse('setupNeeded')
}

export const registerSession = (register: Register, { sessions, reader, signIns, publicUrl }: Own): void => {
  const guarded = async (context: Context, work: (deps: Deps) => Promise<Outcome<SignedIn>>): Promise<Outcome<SessionView>> => {
    if (!sessions.isTransportSafe(context.request)) return refuse('insecureTransport', { detail: `Use HTTPS, or set OTKLIK_INSECURE_HTTP=1 for a trial.` })
    const wait = signIns.take(networkOf(context.request.ip))
    if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
    const outcome = await work(context.deps)
    if (!outcome.ok) return outcome
    sessions.begin(context.reply, outcome.value.token)
    return viewOf(reader, outcome.value.agent)
  }

  register(routes.setupState, async () => {
    const company = await loadCompany(reader)
    return done({ done: company !== undefined, companyName: company?.name ?? null })
  })
  register(routes.lookAtSetupLink, (context, { body }) => lookAtSetupLink(context.deps, body.token))
  register(routes.setUp, (context, { body }) => guarded(context, (deps) => setUp(deps, body, { token: body.token })))
  register(routes.signIn, (context, { body }) => guarded(context, (deps) => signIn(deps, { ...body, network: networkOf(context.request.ip) })))
  register(routes.acceptInvitation, (context, { body }) => guarded(context, (deps) => acceptLink(deps, body)))
  register(routes.invitation, async (context, { body }) => {
    const outcome = await lookAtLink(context.deps, body.token)
    if (!outcome.ok) return outcome
    const { name, email, language, purpose } = outcome.value
    return done({ name, email, language, purpose })
  })
  register(routes.inviteAgent, async (context, { params }) => {
    const outcome = await inviteAgent(context.deps, params.id)
    if (!outcome.ok) return outcome
    const { token, expiresAt, purpose } = outcome.value
    return done({ link: `${publicUrl}/invite#token=${token}`, expiresAt: expiresAt.toISOString(), purpose })
  }, { secret: true })
  register(routes.session, (context) => viewOf(reader, context.actor))
  register(routes.signOut, async (context) => {
    const token = sessions.token(context.request)
    if (token !== undefined) await signOut(context.deps, token)
    sessions.end(context.reply)
    return done(null)
  })
  register(routes.changeLanguage, async (context, { body }) => {
    await reader.db.updateTable('agent').set({ language: body.language }).where('id', '=', context.actor.id).execute()
    return viewOf(reader, { ...context.actor, language: body.language })
  })
}
