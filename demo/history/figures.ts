/** A past's figures beside their targets: what is wanted, what was counted, and how far apart they may be. */
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import { addTerm, evaluate } from '@otklik/metrics/evaluate'
import type { Sums } from '@otklik/metrics/sums'
import { shareBetween, weekendShare } from '../profile.ts'
import type { FigureName } from '../texts/shape.ts'
import type { Targets } from './targets.ts'

/** What was counted, however: by the server, or by packages/metrics over a plan. */
export interface Counted {
  readonly all: Sums
  readonly byRegion: Readonly<Record<string, Sums>>
  readonly byChannel: Readonly<Record<string, Sums>>
  /** `offered` of each date, in order; days that are not whole left out at both ends. */
  readonly offeredByDay: readonly { readonly weekday: number; readonly offered: number }[]
  /** `offered` of the last whole four weeks from 9 to 21 o'clock, and of all their hours. */
  readonly daytime: { readonly from9to21: number; readonly all: number }
}

export type FigureUnit = 'count' | 'share' | 'seconds' | 'times'
export interface Finding {
  readonly name: { readonly figure: FigureName } | { readonly region: string } | { readonly channel: string }
  readonly unit: FigureUnit
  readonly wanted: number
  readonly counted: number | null
  readonly tolerance: number
}

/** Half the width of the interval in which a share of n cases lies by chance alone (95 %). */
const chance = (share: number, n: number): number => (n > 0 ? 1.96 * Math.sqrt((share * (1 - share)) / n) : 1)
/** Few days say nothing of a year or a week. */
const growthDays = 84
const weeksDays = 14

export interface Wanted {
  readonly targets: Targets
  readonly days: number
  readonly perDay: number
}

/** Every target with what was counted; of those that so short a past cannot show, nothing. */
export const compareFigures = ({ targets, days, perDay }: Wanted, counted: Counted): readonly Finding[] => {
  const { all } = counted
  // Contacts, not stays: one that is handed on is offered twice, and ends once.
  const n = addTerm(['ended', 'abandoned'], all)
  const metric = (id: MetricId) => evaluate(definitions[id], { sums: all, histograms: {} }).value
  const ofCases = (figure: FigureName, id: MetricId, wanted: number): Finding => {
    const cases = evaluate(definitions[id], { sums: all, histograms: {} }).n
    return { name: { figure }, unit: 'share', wanted, counted: metric(id), tolerance: Math.max(0.005, 0.5 * chance(wanted, cases)) }
  }
  const seconds = (figure: FigureName, id: MetricId, wanted: number, share: number): Finding => {
    const ms = metric(id)
    return { name: { figure }, unit: 'seconds', wanted, counted: ms === null ? null : ms / 1000, tolerance: wanted * share * (n < 1000 ? 2 : 1) }
  }
  const shareOf = (name: Finding['name'], wanted: number, part: number | undefined, whole: number): Finding => ({
    name, unit: 'share', wanted, counted: whole > 0 ? (part ?? 0) / whole : null, tolerance: Math.max(0.005, 0.5 * chance(wanted, whole)),
  })
  const offered = all.offered ?? 0
  return [
    { name: { figure: 'perDay' }, unit: 'count', wanted: perDay, counted: n / days, tolerance: perDay * 0.01 },
    seconds('asa', 'asa', targets.asaSeconds, 0.05),
    { ...ofCases('serviceLevel', 'serviceLevel', targets.serviceLevel), tolerance: Math.max(0.015, 0.5 * chance(targets.serviceLevel, n)) },
    ofCases('abandonment', 'abandonment', targets.abandonment),
    shareOf({ figure: 'shortAbandons' }, targets.shortAbandons, all.shortAbandoned, n),
    seconds('aht', 'aht', targets.ahtSeconds, 0.05),
    ofCases('csat', 'csat', targets.csat),
    ofCases('responseRate', 'responseRate', targets.responseRate),
    ofCases('secondLine', 'escalation', targets.secondLine),
    ofCases('resolved', 'fcrByAgent', targets.resolved),
    ...Object.entries(targets.regions).map(([region, wanted]) => shareOf({ region }, wanted, counted.byRegion[region]?.offered, offered)),
    ...Object.entries(targets.channels).map(([channel, wanted]) => shareOf({ channel }, wanted, counted.byChannel[channel]?.offered, offered)),
    ...(days >= growthDays ? [growthOf(targets.growthPerYear, counted.offeredByDay)] : []),
    ...(days >= weeksDays ? rhythmOf(counted) : []),
  ]
}

const sumOf = (days: Counted['offeredByDay']): number => days.reduce((sum, { offered }) => sum + offered, 0)
const window = 28

const growthOf = (wanted: number, days: Counted['offeredByDay']): Finding => {
  const [first, last] = [sumOf(days.slice(0, window)), sumOf(days.slice(-window))]
  const counted = first > 0 ? (last / first) ** (365 / (days.length - window)) : null
  return { name: { figure: 'growth' }, unit: 'times', wanted, counted, tolerance: wanted * Math.max(0.05, (10 / days.length) * 3) }
}

const rhythmOf = ({ offeredByDay, daytime }: Counted): readonly Finding[] => {
  const whole = offeredByDay.slice(-7 * Math.floor(offeredByDay.length / 7))
  const all = sumOf(whole)
  const weekends = sumOf(whole.filter(({ weekday }) => weekday >= 5))
  const day = shareBetween(9 * 60, 21 * 60)
  return [
    { name: { figure: 'weekends' }, unit: 'share', wanted: weekendShare, counted: all > 0 ? weekends / all : null, tolerance: 0.02 },
    { name: { figure: 'daytime' }, unit: 'share', wanted: day, counted: daytime.all > 0 ? daytime.from9to21 / daytime.all : null, tolerance: 0.02 },
  ]
}

export const isMet = ({ wanted, counted, tolerance }: Finding): boolean => counted !== null && Math.abs(counted - wanted) <= tolerance + 1e-9
