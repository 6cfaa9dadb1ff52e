/**
 * What stands behind a number: the contacts that it counts, each with its own part. Whoever asks brings the events of whole
 * issues, so that what is counted once for an issue is found where it was counted.
 */
import type { Definition, Term } from './definitions.ts'
import { addTerm } from './evaluate.ts'
import type { Distribution, Increment, MetricEvent } from './event.ts'
import { createFollowing, follow } from './follow.ts'
import { addSums, intervalOf, type Counter } from './sums.ts'

/** Of a share: all cases it is of, those that it counts, those that it does not. Of everything else there is `counted` only. */
export const parts = ['counted', 'hit', 'rest'] as const
export type Part = (typeof parts)[number]

const cases: Readonly<Record<Distribution, Counter>> = { wait: 'answered', firstResponse: 'firstResponses', handle: 'handled' }
const less = (term: Term): Term => term.map((signed) => (signed.startsWith('-') ? signed.slice(1) : `-${signed}`) as Term[number])
const isTime = (term: Term) => term.some((signed) => signed.endsWith('Ms'))

const termOf = (definition: Definition, part: Part): Term | null => {
  switch (definition.kind) {
    case 'sum':
      return part === 'counted' ? definition.of : null
    case 'percentile':
      return part === 'counted' ? [cases[definition.of]] : null
    case 'ratio':
      if (part === 'counted') return definition.under
      if (!definition.isShareOfCases) return null
      return part === 'hit' ? definition.over : [...definition.under, ...less(definition.over)]
  }
}

/** What is counted of a part; null: there is no such part, or it is people's time, which no contact makes. */
export const termBehind = (definition: Definition, part: Part): Term | null => {
  const term = termOf(definition, part)
  return term === null || isTime(term) ? null : term
}

/** The parts of a metric that open, the whole first. */
export const partsOf = (definition: Definition): readonly Part[] => parts.filter((part) => termBehind(definition, part) !== null)

/** How long the cases of a metric lasted, where that is what it measures. */
const timeOf = (definition: Definition): Term | null => {
  if (definition.kind === 'ratio') return isTime(definition.over) ? definition.over : definition.over.includes('answeredInTarget') ? ['waitMs'] : null
  if (definition.kind === 'percentile') return { wait: ['waitMs'], firstResponse: ['firstResponseMs'], handle: ['talkMs', 'wrapUpMs'] }[definition.of] as Term
  return null
}

/** An event of a contact's story, with the contact: a rating's own payload need not say it. */
export interface OwnedEvent {
  readonly contactId: string
  readonly event: MetricEvent
}

export interface Behind {
  /** How often the contact is counted: once for each of its stays, handlings … */
  readonly cases: number
  /** The interval in which it is counted first, epoch milliseconds. */
  readonly at: number
  /** What the metric measures of it, if that is a time. */
  readonly durationMs: number | null
}

/**
 * @param events whole stories of the contacts of one issue or more, in the log's order
 * @param isAsked whether an increment belongs to the interval and subject that was opened
 * @returns the contacts that are counted there; their cases add up to the number
 */
export const contactsBehind = (definition: Definition, part: Part, events: readonly OwnedEvent[], isAsked: (increment: Increment) => boolean): Map<string, Behind> => {
  const term = termBehind(definition, part)
  if (term === null) return new Map()
  const following = createFollowing()
  const own = new Map<string, Increment[]>()
  for (const { contactId, event } of events) {
    // What a contact's event adds to people's time is theirs, not the contact's.
    const asked = follow(following, event).filter((increment) => increment.subject.queueId !== undefined && isAsked(increment))
    if (asked.length > 0) own.set(contactId, [...(own.get(contactId) ?? []), ...asked])
  }
  const found = new Map<string, Behind>()
  for (const [contactId, increments] of own) {
    const sums: { [Name in Counter]?: number } = {}
    for (const increment of increments) addSums(sums, increment.sums)
    const cases = addTerm(term, sums)
    if (cases === 0) continue
    const counting = increments.filter((increment) => addTerm(term, increment.sums) !== 0)
    const time = timeOf(definition)
    const durationMs = time === null || !time.some((name) => sums[name as Counter] !== undefined) ? null : addTerm(time, sums)
    found.set(contactId, { cases, at: Math.min(...counting.map(({ at }) => intervalOf(at))), durationMs })
  }
  return found
}
