/**
 * What is counted: sums that can be added over intervals, queues and people, so that a ratio over many of them is
 * Σ numerator / Σ denominator and never a mean of ratios. Times are whole or broken milliseconds.
 */
export const counters = [
  /** Stays in an agent queue; one that is transferred or raised makes a new stay in the next queue. */
  'offered',
  /** Stays with a first human reply, those within the queue's target, and how long they all waited for it. */
  'answered', 'answeredInTarget', 'waitMs',
  /** Customers who left before a human reply: all, those within the target, those within the short threshold. */
  'abandoned', 'abandonedInTarget', 'shortAbandoned',
  /** Ended without a reply otherwise than by the customer's leaving; handed on without one; shut out by us (no more `offered`). */
  'unanswered', 'handedOnUnanswered', 'excluded',
  /** Contacts with a first human reply, and Σ first customer message → that reply. */
  'firstResponses', 'firstResponseMs',
  /** Handlings that an agent finished; time of all, finished or cut off; effort is time shared with what was held beside it. */
  'handled', 'talkMs', 'wrapUpMs', 'effortMs',
  /** What agents answered to offers. */
  'accepted', 'declined', 'missed', 'picked',
  /** Answered contacts that ended, and what their customers said: all ratings, 4–5, 5, 1, 1–2. */
  'ended', 'rated', 'topTwo', 'topBox', 'bottomBox', 'bottomTwo',
  /** Issues that a first line had in hand, and those of them that went to a higher one. */
  'firstLineIssues', 'escalatedIssues',
  /** Ended contacts with the agent's word whether it is solved, and those that are. */
  'coded', 'codedResolved',
  /** An agent's time: with something in hand; available with nothing; not ready with nothing. */
  'busyMs', 'availableMs', 'notReadyMs',
] as const
export type Counter = (typeof counters)[number]
export type Sums = { readonly [Name in Counter]?: number }

/** Adds `more` to `into`. */
export const addSums = (into: { [Name in Counter]?: number }, more: Sums): void => {
  for (const name of counters) {
    const value = more[name]
    if (value !== undefined) into[name] = (into[name] ?? 0) + value
  }
}

/** Every day and hour of any zone begins with one of these, so that days are put together without a rest. */
export const intervalMs = 15 * 60_000

/** When the interval of an instant begins, epoch milliseconds. */
export const intervalOf = (at: number): number => Math.floor(at / intervalMs) * intervalMs
