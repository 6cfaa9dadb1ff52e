/** What a widget asks beside the chat: its settings, a token for a visitor who agreed, and the end of that token. */
import { createHash } from 'node:crypto'
import { wordsIn, type LocalText } from '@otklik/contract/fields'
import type { VisitorGrant, WidgetConfig } from '@otklik/contract/web-chat'
import type { ChannelAccountId, CustomerId, QueueId } from '@otklik/model/ids'
import { opensAt, type OpeningHours } from '@otklik/model/opening-hours'
import { regionOfTimeZone } from '@otklik/model/region'
import { hashToken, looksLikeToken, newToken } from '../access/tokens.ts'
import { insertVisitor, removeVisitor } from '../store/credentials.ts'
import type { Tx } from '../store/database.ts'
import { appendEvent } from '../store/log.ts'
import { loadUsualSeconds } from '../store/usual-answer.ts'
import { ableTo } from '../store/staffing.ts'
import type { Deps } from './deps.ts'
import { done, refuse, type Outcome } from './outcome.ts'

/** Names one wording of the consent, so that what a visitor agreed to can be told later. */
export const consentVersion = (text: string, url: string): string => createHash('sha256').update(`${text}\n${url}`).digest('hex').slice(0, 16)

const loadConfig = async (tx: Tx, channelId: ChannelAccountId, now: Date): Promise<WidgetConfig | undefined> => {
  const row = await tx.db
    .selectFrom('channelAccount as c')
    .innerJoin('queue as q', 'q.id', 'c.queueId')
    .select(['c.queueId', 'c.language', 'c.accent', 'c.side', 'c.title', 'c.consentText', 'c.consentUrl', 'q.greeting', 'q.targetSeconds'])
    .select(['q.noticeText as notice', 'q.isOpen', 'q.hours', 'q.closedText', 'q.takesMessages'])
    .where('c.id', '=', channelId)
    .where('c.archivedAt', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  // Who is on a break comes back, but the usual time of an answer is not theirs to keep.
  const [staffed] = await tx.named<{ available: boolean | null }>(
    'channel-staffing',
    `select bool_or(k.state = 'available') as available from ${ableTo('(select queue_id from channel_account where id = $1)')}`,
    [channelId],
  )
  const { hours, queueId, ...rest } = row
  const language = row.language as WidgetConfig['language']
  const said = (words: unknown): string => wordsIn(words as LocalText, language)
  const opens = row.isOpen || hours === null ? undefined : opensAt(hours as unknown as OpeningHours, now.getTime())
  return {
    channelId,
    ...rest,
    language,
    // It asks for words; where nobody can write any, the closed text speaks alone.
    greeting: row.isOpen || row.takesMessages ? said(row.greeting) : '',
    notice: said(row.notice),
    closedText: said(row.closedText),
    usualSeconds: await loadUsualSeconds(tx, queueId as QueueId, now),
    side: row.side as WidgetConfig['side'],
    staffing: staffed?.available ? 'available' : staffed?.available === false ? 'notReady' : 'nobody',
    consentVersion: consentVersion(row.consentText, row.consentUrl),
    opensAt: opens === undefined ? null : new Date(opens).toISOString(),
  }
}

export const loadWidgetConfig = (deps: Deps, channelId: ChannelAccountId): Promise<Outcome<WidgetConfig>> =>
  deps.transaction(async (tx) => {
    const config = await loadConfig(tx, channelId, deps.now())
    return config ? done(config) : refuse('notFound')
  })

const knownZone = (zone: string | null): string | null => {
  if (zone === null) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return null // a browser may know a zone that we do not; it only helps to tell the customer's place and time
  }
}

/** A customer without a name yet, the consent as its own document, and the token that proves the next visit. */
export const recordNewVisitor = (
  deps: Deps,
  request: {
    readonly channelId: ChannelAccountId
    readonly consentVersion: string
    readonly language: 'ru' | 'en' | null
    readonly timeZone: string | null
    readonly origin: string | null
  },
): Promise<Outcome<VisitorGrant>> =>
  deps.transaction(async (tx) => {
    const config = await loadConfig(tx, request.channelId, deps.now())
    if (!config) return refuse('notFound')
    if (request.consentVersion !== config.consentVersion)
      return refuse('consentNeeded', { detail: 'The text of the consent has changed: show it anew.' })
    const now = deps.now()
    const customerId = deps.newId() as CustomerId
    const visitor = { customerId, channelAccountId: request.channelId }
    const timeZone = knownZone(request.timeZone)
    const company = await tx.db.selectFrom('company').select('language').executeTakeFirstOrThrow()
    const region = regionOfTimeZone(timeZone, company.language as 'ru' | 'en')
    await tx.db.insertInto('customer').values({ id: customerId, language: request.language, timeZone, region, firstSeenAt: now }).execute()
    await tx.db.insertInto('identity').values({ ...visitor, kind: 'visitor', value: customerId, proof: 'none', createdAt: now }).execute()
    await tx.db.insertInto('consent').values({ ...visitor, version: config.consentVersion, givenAt: now }).execute()
    const token = newToken()
    await insertVisitor(tx, hashToken(token), visitor, request.origin, now)
    return done({ token, visitorId: customerId })
  })

/** The visitor signs out of the site: the token dies here, too, and whatever is connected with it. Unknown is no error. */
export const forgetVisitor = (deps: Deps, channelId: ChannelAccountId, token: string): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const visitor = looksLikeToken(token) ? await removeVisitor(tx, hashToken(token), channelId) : undefined
    if (visitor) await appendEvent(tx, deps.now(), 'visitor.forgotten', visitor.customerId, { ...visitor })
    return done(null)
  })
