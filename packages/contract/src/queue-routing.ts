/** How a queue distributes its contacts, and when: kept beside the queue's own fields, with the same version. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import * as f from './fields.ts'

const afterSeconds = z.int().min(1).max(86_400)
/**
 * From this age on the queue asks less than before: each level by one (down to 1), a skill no more, agents of another
 * queue as well, or the customer's language no more. Steps add up.
 */
const step = <Skill extends z.ZodType, Queue extends z.ZodType>(skillId: Skill, queueId: Queue) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ afterSeconds, kind: z.literal('lowerLevels') }),
    z.strictObject({ afterSeconds, kind: z.literal('dropSkill'), skillId }),
    z.strictObject({ afterSeconds, kind: z.literal('addQueue'), queueId }),
    z.strictObject({ afterSeconds, kind: z.literal('anyLanguage') }),
  ])
const steps = step(f.outUuid<Ids.SkillId>(), f.outUuid<Ids.QueueId>())
export type RelaxationStep = z.infer<typeof steps>

/** Minutes from midnight by the wall clock. */
const interval = z
  .strictObject({ from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) })
  .refine(({ from, to }) => from < to, 'must end after it begins')
const intervals = z.array(interval).max(4)
export const OpeningHours = z.strictObject({
  timeZone: f.TimeZone,
  week: z.array(intervals).length(7),
  holidays: z
    .array(z.strictObject({ date: z.iso.date(), intervals }))
    .max(100)
    .refine((days) => new Set(days.map(({ date }) => date)).size === days.length, 'must not name a day twice'),
})

export const ratingStyles = ['faces', 'stars', 'none'] as const

const shape = <Queue extends z.ZodType>(queueId: Queue) => ({
  policy: f.AgentPolicy,
  /** How long a returning customer waits for the agent who helped last; 0: not at all. */
  preferredSeconds: z.int().min(0).max(600),
  /** Null: always open. */
  hours: OpeningHours.nullable(),
  closedText: f.LocalText,
  takesMessages: z.boolean(),
  /** Told before anybody queues: an outage, for example. Empty: nothing. */
  noticeText: f.LocalText,
  /** How the customer is asked for a rating at the end; `none`: not at all. */
  ratingStyle: z.enum(ratingStyles),
  ratingComment: z.boolean(),
  /** A customer is asked at most once in so many days, whether the asking was answered or not; 0: after every contact. */
  ratingDays: z.int().min(0).max(365),
  /** Agents see who waits here and may take one of them. */
  picking: z.boolean(),
  /** While a longer wait than this is to be expected, agents of that queue are asked, too. */
  overflow: z.strictObject({ queueId, overSeconds: z.int().min(1).max(86_400) }).nullable(),
})
export const QueueRoutingView = z.object({
  queueId: f.outUuid<Ids.QueueId>(),
  version: z.int(),
  ...shape(f.outUuid<Ids.QueueId>()),
  rings: z.array(steps),
  isOpen: z.boolean(),
  overflowing: z.boolean(),
})
export type QueueRoutingView = z.infer<typeof QueueRoutingView>
export const QueueRoutingWrite = z.strictObject({
  version: f.Version,
  ...shape(f.QueueId),
  rings: z
    .array(step(f.SkillId, f.QueueId))
    .max(10)
    .refine((all) => all.every((one, i) => i === 0 || (all[i - 1]?.afterSeconds ?? 0) <= one.afterSeconds), 'must be in order of age'),
})
export type QueueRoutingWrite = z.infer<typeof QueueRoutingWrite>
