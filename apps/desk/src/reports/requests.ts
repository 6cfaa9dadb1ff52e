/** What each page asks for. The benchmark asks for the same. */
import type { FiguresQuery } from '@otklik/contract/figures'
import { asQuery, isOfPeople, monthBefore, type DayAddress, type MonthAddress, type RatingsAddress, type Subject } from './address.ts'
import { daysOfMonth } from './days.ts'

type By = NonNullable<FiguresQuery['by']>

const wholeDay = (date: string, subject: Subject): FiguresQuery => ({ from: date, to: date, step: 'all', ...asQuery(subject) })
const quarters = (date: string, subject: Subject): FiguresQuery => ({ from: date, to: date, step: 'quarter', ...asQuery(subject) })

/** People's time belongs to no queue, channel or region: with one of those there is none to tell. Figures of people bring theirs along. */
export const hasTime = ({ queue, channel, region }: Subject): boolean => queue === undefined && channel === undefined && region === undefined
const time = (from: string, to: string, subject: Subject): FiguresQuery => ({ from, to, step: 'all', by: 'site', of: 'time', ...asQuery(subject) })

export interface DayRequests {
  readonly all: FiguresQuery
  readonly quarters: FiguresQuery
  readonly time: FiguresQuery | null
  readonly before: { readonly all: FiguresQuery; readonly quarters: FiguresQuery; readonly time: FiguresQuery | null } | null
  /** Of the day beside a day that goes on: no more than there could be by now. */
  readonly beforeSoFar: FiguresQuery | null
  /** Rows of the table, where they are not those of the day's intervals. */
  readonly apart: FiguresQuery | null
}

const ofDay = (date: string, subject: Subject) => ({ all: wholeDay(date, subject), quarters: quarters(date, subject), time: hasTime(subject) && !isOfPeople(subject) ? time(date, date, subject) : null })

/** @param today a day that goes on is compared with as much of the other one */
export const dayRequests = ({ date, compareWith, subject, by }: DayAddress, today: string): DayRequests => ({
  ...ofDay(date, subject),
  before: compareWith === null ? null : ofDay(compareWith, subject),
  beforeSoFar: compareWith === null || date < today ? null : { ...quarters(compareWith, subject), soFar: 'yes' },
  apart: by === 'interval' || !canTellApart(by, subject) ? null : { ...wholeDay(date, subject), by },
})

/** Figures of people are not kept by region. */
export const canTellApart = (by: By, subject: Subject): boolean => (by === 'region' ? !isOfPeople(subject) : by === 'queue' || by === 'channel' || subject.region === undefined)

export interface MonthRequests {
  readonly all: FiguresQuery
  readonly days: FiguresQuery
  readonly before: FiguresQuery
  readonly apart: FiguresQuery | null
}

/** The month before; beside one that goes on, as many of its days. */
export const daysBeside = (month: string, today: string): { readonly from: string; readonly to: string } => {
  const { from, to } = daysOfMonth(monthBefore(month))
  const so = `${monthBefore(month)}-${today.slice(8)}`
  return { from, to: today.startsWith(month) && so < to ? so : to }
}

export const monthRequests = ({ month, subject, by }: MonthAddress, today: string): MonthRequests => {
  const all: FiguresQuery = { ...daysOfMonth(month), step: 'all', ...asQuery(subject) }
  return {
    all,
    days: { ...all, step: 'day' },
    before: { ...all, ...daysBeside(month, today) },
    apart: by === 'day' ? null : { ...all, by },
  }
}

export interface RatingsRequests {
  readonly all: FiguresQuery
  readonly days: FiguresQuery
  readonly apart: FiguresQuery | null
}

export const ratingsRequests = ({ from, to, subject, by }: RatingsAddress): RatingsRequests => {
  const all: FiguresQuery = { from, to, step: 'all', ...asQuery(subject) }
  return { all, days: { ...all, step: 'day' }, apart: by === 'day' || (by === 'agent' && subject.region !== undefined) ? null : { ...all, by } }
}
