/**
 * The route table: method, path, who may call, and the shapes of both directions. The server registers exactly these
 * and OpenAPI is made from them; a route without `access` does not compile, so nothing is open by default.
 */
import { z } from 'zod'
import { attachmentRoutes, FileIds, saysSomething } from './attachments.ts'
import { customerRoutes } from './customers.ts'
import type { ErrorCode } from './errors.ts'
import { figuresRoutes } from './figures.ts'
import { floorRoutes } from './floor.ts'
import * as f from './fields.ts'
import { knowledgeRoutes } from './knowledge.ts'
import * as q from './queue-routing.ts'
import * as s from './settings.ts'
import * as v from './views.ts'
import * as w from './web-chat.ts'
import { draftRoutes } from './drafts.ts'
import { templateRoutes } from './templates.ts'
import { workRoutes } from './work.ts'

/** `public`: nobody is asked. Roles are listed one by one: a supervisor is not an agent unless the list says so. */
export type Access = 'public' | readonly f.Role[]

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** What 200 carries; absent = 204 without a body. */
  readonly response?: z.ZodType
  /** Codes that this route answers with besides those of every route. */
  readonly refusals?: readonly ErrorCode[]
}

const everyone = ['agent', 'supervisor', 'administrator'] as const
const desk = ['agent', 'supervisor'] as const
const administrators = ['administrator'] as const
const keepers = ['supervisor', 'administrator'] as const

const id = <Id extends z.ZodType>(schema: Id) => z.object({ id: schema })

const Password = z.string().min(1).max(128)
const OfferBody = z.strictObject({ offerId: f.OfferId })

/** The five routes of one kind of setting: list, write, what uses it, archive, restore. */
const kept = <Name extends string, Item extends z.ZodType, Write extends z.ZodType, Id extends z.ZodType>(
  name: Name,
  path: string,
  item: Item,
  body: Write,
  idSchema: Id,
) =>
  ({
    list: { method: 'GET', path: `/${path}`, access: keepers, summary: `All ${name}, archived ones included`, response: z.object({ items: z.array(item) }) },
    put: {
      method: 'PUT',
      path: `/${path}/:id`,
      access: administrators,
      summary: `Create (version 0) or change one of the ${name}`,
      params: id(idSchema),
      body,
      response: item,
      refusals: ['versionConflict', 'nameTaken', 'emailTaken', 'archived', 'lastAdministrator'],
    },
    uses: { method: 'GET', path: `/${path}/:id/uses`, access: keepers, summary: 'What uses it now', params: id(idSchema), response: s.UsesView },
    archive: {
      method: 'POST',
      path: `/${path}/:id/archive`,
      access: administrators,
      summary: 'Archive it; what uses it moves to `replaceWith`',
      params: id(idSchema),
      body: s.ArchiveRequest,
      response: item,
      refusals: ['versionConflict', 'inUse', 'archived', 'lastAdministrator'],
    },
    restore: {
      method: 'POST',
      path: `/${path}/:id/restore`,
      access: administrators,
      summary: 'Take it out of the archive',
      params: id(idSchema),
      body: z.strictObject({ version: f.Version }),
      response: item,
      refusals: ['versionConflict', 'nameTaken', 'emailTaken', 'partArchived'],
    },
  }) as const

export const settingsRoutes = {
  sites: kept('sites', 'sites', s.SiteView, s.SiteWrite, f.SiteId),
  teams: kept('teams', 'teams', s.TeamView, s.TeamWrite, f.TeamId),
  skills: kept('skills', 'skills', s.SkillView, s.SkillWrite, f.SkillId),
  queues: kept('queues', 'queues', s.QueueView, s.QueueWrite, f.QueueId),
  agents: kept('agents', 'agents', s.AgentView, s.AgentWrite, f.AgentId),
  reasons: kept('reasons for notReady', 'reasons', s.ReasonView, s.ReasonWrite, f.ReasonId),
  dispositions: kept('dispositions', 'dispositions', s.DispositionView, s.DispositionWrite, f.DispositionId),
  templates: kept('templates of everybody', 'templates', s.TemplateView, s.TemplateWrite, f.TemplateId),
  articles: kept('articles', 'articles', s.ArticleView, s.ArticleWrite, f.ArticleId),
  channels: kept('web-chat channels', 'channels', s.ChannelView, s.ChannelWrite, f.ChannelAccountId),
} as const

/** `retentionDays`: after so many days the words of a closed contact are erased; null keeps them. */
const companyFields = { name: f.Name, language: f.Language, timeZone: f.TimeZone, retentionDays: z.int().min(1).max(f.mostRetentionDays).nullable() }
const Company = z.object({ name: z.string(), language: f.Language, timeZone: z.string(), retentionDays: z.int().nullable(), version: z.int() })

export const routes = {
  // ---- set-up and sign-in ----
  setupState: {
    method: 'GET', path: '/setup', access: 'public', summary: 'Whether Otklik is set up',
    response: z.object({ done: z.boolean(), companyName: z.string().nullable() }),
  },
  lookAtSetupLink: {
    method: 'POST', path: '/setup/look', access: 'public', summary: 'Whether the one-time link’s token is still good',
    body: z.strictObject({ token: z.string().max(200) }),
    refusals: ['linkInvalid', 'setupDone'],
  },
  setUp: {
    method: 'POST', path: '/setup', access: 'public', summary: 'Make the company and its first administrator, with the one-time link’s token',
    body: z.strictObject({
      token: z.string().max(200),
      company: z.strictObject({ name: f.Name, language: f.Language, timeZone: f.TimeZone }),
      administrator: z.strictObject({ name: f.Name, email: f.Email, password: Password }),
      sample: z.boolean(),
    }),
    response: v.SessionView,
    refusals: ['linkInvalid', 'setupDone', 'passwordTooWeak', 'insecureTransport'],
  },
  signIn: {
    method: 'POST', path: '/session', access: 'public', summary: 'Sign in; the session is a cookie',
    body: z.strictObject({ email: f.Email, password: Password }),
    response: v.SessionView,
    refusals: ['signInFailed', 'signInDelayed', 'insecureTransport', 'setupNeeded'],
  },
  session: { method: 'GET', path: '/session', access: everyone, summary: 'Who is signed in', response: v.SessionView },
  signOut: { method: 'DELETE', path: '/session', access: everyone, summary: 'End the session; presence and contacts are ended by `POST /desk/sign-out` before' },
  changeLanguage: {
    method: 'PUT', path: '/session/language', access: everyone, summary: 'Choose the language of one’s own screens',
    body: z.strictObject({ language: f.Language }), response: v.SessionView,
  },
  invitation: {
    method: 'POST', path: '/invitations/look', access: 'public', summary: 'Whom a link invites',
    body: z.strictObject({ token: z.string().max(200) }),
    response: z.object({ name: z.string(), email: z.string(), language: f.Language, purpose: z.enum(['invite', 'reset']) }),
    refusals: ['linkInvalid'],
  },
  acceptInvitation: {
    method: 'POST', path: '/invitations/accept', access: 'public', summary: 'Set the password that a link allows to set, and sign in',
    body: z.strictObject({ token: z.string().max(200), password: Password }),
    response: v.SessionView,
    refusals: ['linkInvalid', 'passwordTooWeak', 'insecureTransport'],
  },
  inviteAgent: {
    method: 'POST', path: '/agents/:id/invite', access: administrators, summary: 'A fresh link to copy; older ones stop working',
    params: id(f.AgentId), response: z.object({ link: z.string(), expiresAt: f.Instant, purpose: z.enum(['invite', 'reset']) }),
    refusals: ['archived'],
  },

  // ---- the agent's desk ----
  desk: { method: 'GET', path: '/desk', access: desk, summary: 'One’s own presence and contacts, with a cursor for the socket', response: v.DeskView },
  catalogue: { method: 'GET', path: '/desk/catalogue', access: desk, summary: 'What an agent chooses from', response: v.CatalogueView },
  changePresence: {
    method: 'POST', path: '/desk/presence', access: desk, summary: 'Become available or notReady',
    body: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('available') }),
      z.strictObject({ state: z.literal('notReady'), reasonId: f.ReasonId }),
    ]),
    response: v.MeView,
    refusals: ['alreadyAvailable', 'archived'],
  },
  leaveDesk: {
    method: 'POST', path: '/desk/sign-out', access: desk, summary: 'Go offline; with contacts in hand, say what becomes of them',
    body: z.strictObject({ contacts: z.enum(['none', 'returnToQueue']) }),
    response: v.MeView,
    refusals: ['contactsInHand'],
  },
  contact: { method: 'GET', path: '/contacts/:id', access: desk, summary: 'A contact that one holds, or of a customer whom one holds', params: id(f.ContactId), response: v.ContactView },
  messages: {
    method: 'GET', path: '/contacts/:id/messages', access: desk, summary: 'Messages by rising number: after a number, or the last before one',
    params: id(f.ContactId),
    query: z.object({
      after: z.coerce.number().int().min(0).max(f.largestNumber).optional(),
      before: z.coerce.number().int().min(1).max(f.largestNumber).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: z.object({ items: z.array(v.MessageView), more: z.boolean() }),
  },
  acceptOffer: { method: 'POST', path: '/contacts/:id/accept', access: desk, summary: 'Take the offered contact', params: id(f.ContactId), body: OfferBody, response: v.ContactView, refusals: ['offerGone'] },
  declineOffer: { method: 'POST', path: '/contacts/:id/decline', access: desk, summary: 'Give the offer back; the contact keeps its place', params: id(f.ContactId), body: OfferBody, refusals: ['offerGone'] },
  sendMessage: {
    method: 'POST', path: '/contacts/:id/messages', access: desk, summary: 'Answer the customer, or write a note for our side. The id is the client’s: sent twice, taken once',
    params: id(f.ContactId),
    body: z.strictObject({ id: f.MessageId, visibility: z.enum(['public', 'note']), text: f.MessageText, fileIds: FileIds.optional() }).refine(saysSomething, 'needs words or files'),
    response: v.MessageView,
    refusals: ['contactNotYours', 'contactNotActive', 'idTaken', 'fileGone'],
  },
  readMessages: {
    method: 'POST', path: '/contacts/:id/read', access: desk, summary: 'The agent has read up to this number',
    params: id(f.ContactId), body: z.strictObject({ number: z.int().min(0).max(f.largestNumber) }), refusals: ['contactNotYours'],
  },
  transferContact: {
    method: 'POST', path: '/contacts/:id/transfer', access: desk, summary: 'Hand over to a queue or to a colleague',
    params: id(f.ContactId),
    body: z.strictObject({
      to: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('queue'), queueId: f.QueueId }),
        z.strictObject({ kind: z.literal('agent'), agentId: f.AgentId }),
      ]),
      note: f.text(0, f.messageLimit),
    }),
    refusals: ['contactNotYours', 'contactNotActive', 'agentUnavailable', 'sameAgent', 'archived'],
  },
  escalateContact: {
    method: 'POST', path: '/contacts/:id/escalate', access: desk, summary: 'Raise to the second line: the queue’s escalation queue',
    params: id(f.ContactId), body: z.strictObject({ note: f.text(0, f.messageLimit) }),
    refusals: ['contactNotYours', 'contactNotActive', 'noEscalationQueue'],
  },
  endContact: {
    method: 'POST', path: '/contacts/:id/end', access: desk, summary: 'End the conversation; wrap-up begins',
    params: id(f.ContactId), response: v.ContactView, refusals: ['contactNotYours', 'contactNotActive'],
  },
  reopenContact: {
    method: 'POST', path: '/contacts/:id/reopen', access: desk, summary: 'Back from wrap-up to the conversation',
    params: id(f.ContactId), response: v.ContactView, refusals: ['contactNotYours', 'contactNotInWrapUp'],
  },
  finishContact: {
    method: 'POST', path: '/contacts/:id/finish', access: desk, summary: 'Close with a disposition; an active contact passes through wrap-up',
    params: id(f.ContactId),
    body: z.strictObject({ dispositionId: f.DispositionId, resolved: z.boolean(), note: f.text(0, f.messageLimit) }),
    response: v.ContactView,
    refusals: ['contactNotYours', 'contactNotInWrapUp', 'archived'],
  },

  // ---- customers ----
  ...customerRoutes,

  // ---- waiting contacts, those put off, a contact's story ----
  ...workRoutes,
  ...draftRoutes,
  ...templateRoutes,
  ...figuresRoutes,
  ...floorRoutes,
  ...knowledgeRoutes,

  // ---- the widget ----
  widgetConfig: {
    method: 'GET', path: '/web-chat/:id/config', access: 'public', summary: 'What the widget shows before the first word',
    params: id(f.ChannelAccountId), response: w.WidgetConfig, refusals: ['originRefused'],
  },
  newVisitor: {
    method: 'POST', path: '/web-chat/:id/visitors', access: 'public', summary: 'A token for a visitor who agreed to the personal-data line',
    params: id(f.ChannelAccountId), body: w.VisitorRequest, response: w.VisitorGrant, refusals: ['originRefused', 'consentNeeded'],
  },
  forgetVisitor: {
    method: 'POST', path: '/web-chat/:id/visitors/forget', access: 'public', summary: 'End a visitor’s token and close its sockets; the chat stays with the company',
    params: id(f.ChannelAccountId), body: w.VisitorFarewell,
  },

  // ---- files ----
  ...attachmentRoutes,

  // ---- queues: distribution and hours ----
  queueRouting: {
    method: 'GET', path: '/queues/:id/routing', access: keepers, summary: 'How a queue distributes, and when it is open',
    params: id(f.QueueId), response: q.QueueRoutingView, refusals: ['notFound'],
  },
  putQueueRouting: {
    method: 'PUT', path: '/queues/:id/routing', access: administrators, summary: 'Change how a queue distributes, and when it is open',
    params: id(f.QueueId), body: q.QueueRoutingWrite, response: q.QueueRoutingView, refusals: ['notFound', 'archived', 'versionConflict'],
  },

  // ---- company ----
  company: { method: 'GET', path: '/company', access: keepers, summary: 'The company', response: Company },
  changeCompany: {
    method: 'PUT', path: '/company', access: administrators, summary: 'Change the company',
    body: z.strictObject({ ...companyFields, version: f.Version }),
    response: Company,
    refusals: ['versionConflict'],
  },
} as const satisfies Record<string, Route>

export type RouteName = keyof typeof routes
export const apiPrefix = '/api/v1'
