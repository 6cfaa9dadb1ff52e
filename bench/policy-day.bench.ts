/** `npm run bench -- policy-day`: the policies of choosing an agent on the same five days; a table, no bar. */
import { agentPolicies } from '@otklik/routing/input'
import { playDay, visitsOf, type Outcome } from './policy-day.ts'

const days = [1, 2, 3, 4, 5]

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`
const sum = (outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number => outcomes.reduce((all, outcome) => all + of(outcome), 0)

export const measure = (): void => {
  const streams = days.map(visitsOf)
  const offered = streams.reduce((all, visits) => all + visits.length, 0)
  const hard = streams.reduce((all, visits) => all + visits.filter(({ queue }) => queue >= 3).length, 0)
  console.log(`${offered} contacts on ${days.length} days, of which ${hard} ask level 3\n`)
  console.log('| policy | answered ≤ 20 s of offered | wait mean / p90 | abandoned | solved of answered | hard ones solved of all | busy p10 – p90 of agents |')
  console.log('|---|---|---|---|---|---|---|')
  for (const policy of agentPolicies) {
    const outcomes = streams.map((visits) => playDay(visits, policy))
    const waits = outcomes.flatMap(({ waits: own }) => own).sort((a, b) => a - b)
    const answered = sum(outcomes, ({ answered: own }) => own)
    const mean = waits.reduce((all, wait) => all + wait, 0) / waits.length
    const busy = outcomes.flatMap(({ busy: own }) => own).sort((a, b) => a - b)
    console.log(
      `| \`${policy}\` | ${percent(sum(outcomes, ({ inTarget }) => inTarget), offered)} | ${mean.toFixed(1)} s / ${at(waits, 0.9).toFixed(0)} s | ${percent(sum(outcomes, ({ abandoned }) => abandoned), offered)} | ${percent(sum(outcomes, ({ solved }) => solved), answered)} | ${percent(sum(outcomes, ({ hardSolved }) => hardSolved), hard)} | ${percent(at(busy, 0.1), 1)} – ${percent(at(busy, 0.9), 1)} |`,
    )
  }
}
