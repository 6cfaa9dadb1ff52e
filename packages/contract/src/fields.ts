import { z } from 'zod'
import { closeReasons, contactStates } from '@otklik/model/contact'
import type * as Ids from '@otklik/model/ids'
import { presenceCauses, presences } from '@otklik/model/presence'

const uuid = <Id extends string>() => z.uuid().transform((value) => value.toLowerCase() as Id)
const outUuid = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string')

/** Ids in requests: checked and lower-cased. */
export const AgentId = uuid<Ids.AgentId>()
export const TeamId = uuid<Ids.TeamId>()
export const SiteId = uuid<Ids.SiteId>()
export const SkillId = uuid<Ids.SkillId>()
export const QueueId = uuid<Ids.QueueId>()
export const ReasonId = uuid<Ids.ReasonId>()
export const DispositionId = uuid<Ids.DispositionId>()
export const ChannelAccountId = uuid<Ids.ChannelAccountId>()
export const CustomerId = uuid<Ids.CustomerId>()
export const ContactId = uuid<Ids.ContactId>()
export const MessageId = uuid<Ids.MessageId>()
export const OfferId = uuid<Ids.OfferId>()
export const FileId = uuid<Ids.FileId>()
export const TemplateId = uuid<Ids.TemplateId>()
export const ArticleId = uuid<Ids.ArticleId>()
export const IdentityId = uuid<Ids.IdentityId>()
export const AttributeId = uuid<Ids.AttributeId>()
export const CustomerNoteId = uuid<Ids.CustomerNoteId>()
export const MergeId = uuid<Ids.MergeId>()
export { outUuid }

/** An instant on the wire: ISO 8601 in UTC. */
export const Instant = z.iso.datetime()

/** Lone surrogates become U+FFFD, as `String.prototype.toWellFormed` would do. */
export const wellFormed = (value: string): string =>
  value.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

/** Text that a person writes: trimmed, without NUL, which PostgreSQL cannot store. */
export const text = (min: number, max: number) =>
  z
    .string()
    .refine((value) => !value.includes('\0'), 'must not contain the character NUL')
    // Half of an emoji that was cut: PostgreSQL cannot store it, and nobody can read it.
    .transform((value) => wellFormed(value).trim())
    .pipe(z.string().min(min).max(max))

export const Name = text(1, 120)
export const messageLimit = 4000
/** Of a message; beside files there may be no words. */
export const MessageText = text(0, messageLimit)
export const Email = z
  .string()
  .trim()
  .max(254)
  .transform((value) => value.toLowerCase())
  .pipe(z.email())

/** An IANA time zone that this runtime knows. */
export const TimeZone = z.string().max(64).refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}, 'must be an IANA time zone such as Europe/Moscow')

export const Language = z.enum(['ru', 'en'])
export type Language = z.infer<typeof Language>
/** Words of ours in both languages; an empty one is said in the other. */
export const LocalText = z.strictObject({ ru: text(0, 500), en: text(0, 500) })
export type LocalText = z.infer<typeof LocalText>
export const wordsIn = (words: LocalText, language: Language): string => words[language] || words[language === 'ru' ? 'en' : 'ru']

export const Role = z.enum(['agent', 'supervisor', 'administrator'])
export type Role = z.infer<typeof Role>
export const SkillLevel = z.int().min(1).max(5)
export const Channel = z.enum(['webChat'])
export type Channel = z.infer<typeof Channel>

export const ContactState = z.enum(contactStates)
export const CloseReason = z.enum(closeReasons)
export const Presence = z.enum(presences)
export const PresenceCause = z.enum(presenceCauses)

/** PostgreSQL's integer. */
export const largestNumber = 2_147_483_647

/** The version of a thing that is changed: 0 creates it, else the version that was read. */
export const Version = z.int().min(0).max(largestNumber)

/** A hundred years. */
export const mostRetentionDays = 36_500

export const agentPolicies = ['bestFit', 'mostSkilled', 'evenOccupancy'] as const
export const AgentPolicy = z.enum(agentPolicies)
export type AgentPolicy = z.infer<typeof AgentPolicy>

/** Why a contact that was kept for an agent was offered to another. */
export const reservationEnds = ['notAvailable', 'timeOver', 'excluded'] as const

/** How contact and agent came together: it arrived, the agent came free, it was held for just this agent, a person picked it. */
export const offerRules = ['arrival', 'agent', 'sticky', 'pick'] as const
