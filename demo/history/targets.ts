/** What the figures of a made-up past shall be, and what has to be drawn so that they become it. */
import { z } from 'zod'
import { queuePlans } from '../centre.ts'
import { regionNames } from '../regions.ts'
import type { Language } from '../texts/shape.ts'

const share = z.number().min(0).max(1)
const shares = z.record(z.string().min(1).max(40), share).refine((all) => Math.abs(Object.values(all).reduce((sum, one) => sum + one, 0) - 1) < 0.001, 'must add up to 1')

/** Shares from 0 to 1; the same formulas as packages/metrics/src/definitions.ts. */
export const Targets = z.strictObject({
  asaSeconds: z.number().min(3).max(600),
  serviceLevel: share,
  abandonment: z.number().min(0).max(0.5),
  /** Of all who come: gone within the time that counts as never meant. */
  shortAbandons: z.number().min(0).max(0.3),
  ahtSeconds: z.number().min(60).max(1200),
  csat: share,
  responseRate: share,
  secondLine: z.number().min(0).max(0.3),
  resolved: share,
  /** How many times as many contacts come after a year. */
  growthPerYear: z.number().min(0.2).max(10),
  /** `unknown` is one of them. */
  regions: shares,
  /** The house has one channel so far. */
  channels: z.strictObject({ webChat: z.literal(1) }),
})
export type Targets = z.infer<typeof Targets>

/** Those of DOMAIN.md: waits, ratings, second line and growth as the customer's centre has them. */
export const defaultTargets = (language: Language): Targets => ({
  asaSeconds: 20, serviceLevel: 0.8, abandonment: 0.04, shortAbandons: 0.01, ahtSeconds: 300, csat: 0.96, responseRate: 0.35, secondLine: 0.03, resolved: 0.8, growthPerYear: 2.5,
  regions: regionNames(language), channels: { webChat: 1 },
})

/** Goes sideways to another queue: nobody's target, but a part of life. */
export const transferShare = 0.05
export const targetMs = queuePlans.plans.targetSeconds * 1000
/** Nobody types faster than this. */
export const shortestWaitMs = 2500

/** What is drawn for each contact, and for each of its stays in a queue. */
export interface Rates {
  readonly abandoned: number
  readonly shortAbandoned: number
  /** Of answered contacts. */
  readonly raised: number
  readonly transferred: number
  readonly topTwo: number
  /** Of answered stays: those within the queue's target; how long these wait in the mean, and how much longer than it the others. */
  readonly inTarget: number
  readonly shortWaitMs: number
  readonly excessMs: number
}

/**
 * A contact that is handed on stays in two queues and is offered in both, so that shares of stays are not shares of contacts:
 * with s short and a other abandons, h = 1 − s − a answered of whom m are handed on, stays but the short ones are 1 − s + h·m.
 * @returns what to draw, or why no draw gives these figures
 */
export const ratesOf = (targets: Targets): { readonly ok: true; readonly rates: Rates } | { readonly ok: false; readonly problem: string } => {
  const { shortAbandons: short, abandonment, serviceLevel, secondLine, asaSeconds } = targets
  const handedOn = secondLine + transferShare
  const abandoned = (abandonment * (1 - short) * (1 + handedOn)) / (1 + abandonment * handedOn)
  const answered = 1 - short - abandoned
  const stays = 1 - short + answered * handedOn
  const inTarget = (serviceLevel * stays) / (answered * (1 + handedOn))
  if (inTarget > 0.999) return { ok: false, problem: `serviceLevel ${serviceLevel} + abandonment ${abandonment} > 1` }
  const asaMs = asaSeconds * 1000
  const leastExcessMs = 3000
  const mostShortMs = targetMs * 0.7
  const usual = Math.min(targetMs * 0.55, (asaMs - (1 - inTarget) * (targetMs + leastExcessMs)) / Math.max(inTarget, 0.001))
  const shortWaitMs = Math.min(mostShortMs, usual)
  const excessMs = (asaMs - inTarget * shortWaitMs) / (1 - inTarget) - targetMs
  if (shortWaitMs < shortestWaitMs + 1000) return { ok: false, problem: `asaSeconds ${asaSeconds} < serviceLevel ${serviceLevel} / ${targetMs / 1000} s` }
  if (excessMs > 300_000) return { ok: false, problem: `asaSeconds ${asaSeconds} > serviceLevel ${serviceLevel} / ${targetMs / 1000} s` }
  return { ok: true, rates: { abandoned, shortAbandoned: short, raised: secondLine, transferred: transferShare, topTwo: targets.csat, inTarget, shortWaitMs, excessMs } }
}
