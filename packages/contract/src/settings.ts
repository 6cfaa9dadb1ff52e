/**
 * The things an administrator keeps. Each is written whole by `PUT …/:id` with an id that the client chose and the
 * version that it read (0 creates), so that a repeated request does nothing twice and nobody overwrites unseen changes.
 */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import * as f from './fields.ts'
import { articleShape } from './knowledge.ts'
import { templateShape } from './templates.ts'

const stored = <Shape extends z.ZodRawShape, Id extends string>(shape: Shape, id: z.ZodType<Id>) =>
  z.object({ id, ...shape, version: z.int(), archivedAt: f.Instant.nullable() })
const write = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...shape, version: f.Version })

const site = { name: f.Name, timeZone: f.TimeZone }
export const SiteWrite = write(site)
export const SiteView = stored(site, f.outUuid<Ids.SiteId>())

const team = { name: f.Name, siteId: f.SiteId }
export const TeamWrite = write(team)
export const TeamView = stored({ name: f.Name, siteId: f.outUuid<Ids.SiteId>() }, f.outUuid<Ids.TeamId>())

const named = { name: f.Name }
export const SkillWrite = write(named)
export const SkillView = stored(named, f.outUuid<Ids.SkillId>())
export const ReasonWrite = write(named)
export const ReasonView = stored(named, f.outUuid<Ids.ReasonId>())
export const DispositionWrite = write(named)
export const DispositionView = stored(named, f.outUuid<Ids.DispositionId>())

const queue = {
  name: f.Name,
  line: z.union([z.literal(1), z.literal(2)]),
  priority: z.int().min(1).max(5),
  targetSeconds: z.int().min(5).max(86_400),
  offerSeconds: z.int().min(5).max(120),
  wrapUpSeconds: z.int().min(10).max(3600),
  awayMinutes: z.int().min(1).max(1440),
  silenceMinutes: z.int().min(1).max(1440),
  greeting: f.LocalText,
}
const skillLevels = <Id extends string>(id: z.ZodType<Id>) => z
    .array(z.strictObject({ skillId: id, level: f.SkillLevel }))
    .max(50)
    .refine((skills) => new Set(skills.map(({ skillId }) => skillId)).size === skills.length, 'must not name a skill twice')
export const QueueWrite = write({ ...queue, escalationQueueId: f.QueueId.nullable(), skills: skillLevels(f.SkillId) })
export const QueueView = stored(
  { ...queue, escalationQueueId: f.outUuid<Ids.QueueId>().nullable(), skills: skillLevels(f.outUuid<Ids.SkillId>()) },
  f.outUuid<Ids.QueueId>(),
)

const agent = {
  name: f.Name,
  email: f.Email,
  role: f.Role,
  language: f.Language,
  /** Languages in which the agent serves customers. */
  serves: z.array(f.Language).min(1),
  maxChats: z.int().min(0).max(20),
  maxTotal: z.int().min(1).max(20),
}
/** What a supervisor sees and steers; null: all of them. Of no meaning for other roles, whose lists are null. */
const supervises = <Queue extends string, Team extends string>(queueId: z.ZodType<Queue>, teamId: z.ZodType<Team>) =>
  z.strictObject({ queueIds: z.array(queueId).max(500).nullable(), teamIds: z.array(teamId).max(500).nullable() })
export const AgentWrite = write({
  ...agent,
  teamId: f.TeamId.nullable(),
  skills: skillLevels(f.SkillId),
  supervises: supervises(f.QueueId, f.TeamId).default({ queueIds: null, teamIds: null }),
})
export const AgentView = stored(
  {
    ...agent,
    email: z.string(),
    teamId: f.outUuid<Ids.TeamId>().nullable(),
    skills: skillLevels(f.outUuid<Ids.SkillId>()),
    supervises: supervises(f.outUuid<Ids.QueueId>(), f.outUuid<Ids.TeamId>()),
    presence: f.Presence,
    /** `invited`: has a link, no password yet. */
    access: z.enum(['none', 'invited', 'ready']),
  },
  f.outUuid<Ids.AgentId>(),
)

const channel = {
  name: f.Name,
  /** Exact origins of the pages that may show the widget, such as `https://www.example.ru`. */
  origins: z.array(z.url().max(200).refine((value) => {
    try {
      return new URL(value).origin === value
    } catch {
      return false
    }
  }, 'must be an origin without a path, such as https://www.example.ru')).max(50),
  language: f.Language,
  accent: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0d6475'),
  side: z.enum(['left', 'right']),
  title: f.text(1, 60),
  consentText: f.text(1, 500),
  consentUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
}
export const ChannelWrite = write({ ...channel, queueId: f.QueueId })
export const ChannelView = stored({ ...channel, queueId: f.outUuid<Ids.QueueId>() }, f.outUuid<Ids.ChannelAccountId>())

export const TemplateWrite = write(templateShape).refine(({ ru, en }) => ru !== '' || en !== '', { path: ['ru'], message: 'must have words in one language at least' })
export const TemplateView = stored(
  { ...templateShape, dispositionId: f.outUuid<Ids.DispositionId>().nullable(), uses: z.int(), usedAt: f.Instant.nullable() },
  f.outUuid<Ids.TemplateId>(),
)
export type TemplateWrite = z.infer<typeof TemplateWrite>
export type TemplateView = z.infer<typeof TemplateView>

const queueIds = <Id extends string>(id: z.ZodType<Id>) =>
  z.array(id).max(200).refine((ids) => new Set(ids).size === ids.length, 'must not name a queue twice')
/** Without queues it is for all of them. */
export const ArticleWrite = write({ ...articleShape, queueIds: queueIds(f.QueueId) })
export const ArticleView = stored({ ...articleShape, queueIds: queueIds(f.outUuid<Ids.QueueId>()), updatedAt: f.Instant }, f.outUuid<Ids.ArticleId>())
export type ArticleWrite = z.infer<typeof ArticleWrite>
export type ArticleView = z.infer<typeof ArticleView>

/** What uses a thing that is about to be archived, by kind, and what takes its place. */
export const ArchiveRequest = z.strictObject({ version: f.Version, replaceWith: z.uuid().nullable().optional() })
export const UsesView = z.object({
  uses: z.record(z.string(), z.int()),
  /** Whether a replacement must be named, and of which there is a choice. */
  replacementNeeded: z.boolean(),
})

export type SiteView = z.infer<typeof SiteView>
export type TeamView = z.infer<typeof TeamView>
export type SkillView = z.infer<typeof SkillView>
export type ReasonView = z.infer<typeof ReasonView>
export type DispositionView = z.infer<typeof DispositionView>
export type QueueView = z.infer<typeof QueueView>
export type AgentView = z.infer<typeof AgentView>
export type ChannelView = z.infer<typeof ChannelView>
export type SiteWrite = z.infer<typeof SiteWrite>
export type TeamWrite = z.infer<typeof TeamWrite>
export type NamedWrite = z.infer<typeof SkillWrite>
export type QueueWrite = z.infer<typeof QueueWrite>
export type AgentWrite = z.infer<typeof AgentWrite>
export type ChannelWrite = z.infer<typeof ChannelWrite>
