/** What the demo has seen so far; one compact line of it. */
export interface Board {
  arrived: number
  answered: number
  /** Left before anybody answered. */
  gone: number
  rated: number
  /** Customers who wait for the first answer, and who are in conversation. */
  waiting: number
  inHand: number
  onDuty: number
  accepted: number
  declined: number
  ignored: number
  transferred: number
  raised: number
  noted: number
  finished: number
  lostConnections: number
  /** Answers that came too late because somebody was faster: no error. */
  overtaken: number
  readonly errors: string[]
}

export const createBoard = (): Board => ({
  arrived: 0, answered: 0, gone: 0, rated: 0, waiting: 0, inHand: 0, onDuty: 0, accepted: 0, declined: 0, ignored: 0, transferred: 0, raised: 0, noted: 0, finished: 0,
  lostConnections: 0, overtaken: 0, errors: [],
})
