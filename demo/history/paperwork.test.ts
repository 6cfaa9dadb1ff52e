import { rollDice } from '@otklik/testing/dice'
import { expect, it } from 'vitest'
import { minuteMs } from '../zone.ts'
import { planPaperwork, type Engagement } from './paperwork.ts'

const span = { from: 0, to: 480 * minuteMs }
const breaks = [{ from: 200 * minuteMs, to: 240 * minuteMs }]
const engagement = (fromMinute: number, minutes: number): Engagement => ({ offeredAt: fromMinute * minuteMs - 3000, acceptedAt: fromMinute * minuteMs, releasedAt: (fromMinute + minutes) * minuteMs })
const busy = [engagement(10, 60), engagement(60, 40), engagement(130, 50), engagement(260, 50), engagement(400, 60)]
/** 90 + 50 + 50 + 60 minutes: two contacts are in hand together. */
const busyMs = 250 * minuteMs

it('of the time that is left, as large a share is busy as was asked for', () => {
  const papers = planPaperwork(rollDice(1), { span, breaks, engagements: busy }, 0.8)
  const awayMs = papers.reduce((sum, { from, to }) => sum + to - from, 0)
  expect(busyMs / (span.to - 40 * minuteMs - awayMs)).toBeCloseTo(0.8, 2)
})

it('nobody is away while something is offered or in hand, or on a break', () => {
  const papers = planPaperwork(rollDice(2), { span, breaks, engagements: busy }, 0.8)
  expect(papers.length).toBeGreaterThan(0)
  const taken = [...breaks, ...busy.map(({ offeredAt, releasedAt }) => ({ from: offeredAt, to: releasedAt }))]
  for (const one of papers) {
    expect(one.from).toBeGreaterThan(span.from)
    expect(one.to).toBeLessThan(span.to)
    for (const other of taken) expect(one.to < other.from || one.from > other.to).toBe(true)
  }
})

it('a busy day has no room for papers, and one without contacts is full of them', () => {
  expect(planPaperwork(rollDice(3), { span, breaks, engagements: [engagement(5, 470)] }, 0.8)).toEqual([])
  expect(planPaperwork(rollDice(3), { span, breaks, engagements: [] }, 0.8)).toHaveLength(2)
})
