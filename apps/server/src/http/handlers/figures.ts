/** Figures as sums, and the contacts and ratings behind them; what they mean is divided by whoever shows them. */
import { figuresRoutes, mostDays, type FiguresSubject } from '@otklik/contract/figures'
import { termBehind } from '@otklik/metrics/behind'
import { definitions, metricIds, type MetricId } from '@otklik/metrics/definitions'
import { done, refuse } from '../../actions/outcome.ts'
import { planForValues, type Database } from '../../store/database.ts'
import { isOfAgents } from '../../store/figure-clock.ts'
import { loadFigureContacts } from '../../store/figure-contacts.ts'
import { loadCountedTo, loadFigureRows } from '../../store/figure-rows.ts'
import { loadFigureSubjects, loadRatings } from '../../store/ratings.ts'
import { loadReach } from '../../store/reach.ts'
import type { Register } from '../register.ts'

const dayMs = 86_400_000

const wrong = (detail: string) => refuse('validationFailed', { detail })
const wrongCursor = () => refuse('badRequest', { detail: 'The cursor is not one of ours.' })

/** What cannot be asked of a period and a subject, in words; undefined: it can. */
const refusePeriod = ({ from, to, ...subject }: FiguresSubject & { from: string; to: string }, most: number): string | undefined => {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (days < 1) return '`to` must not lie before `from`.'
  if (days > most) return `Ask for ${most} days at most with this step.`
  if (isOfAgents(subject) && subject.region !== undefined) return 'Figures of agents, teams and sites are not kept by region.'
  return undefined
}

const isMetric = (name: string): name is MetricId => metricIds.some((id) => id === name)

const placeIn = (cursor: string): { at: number; contactId: string } | undefined => {
  const match = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor)
  return match ? { at: Number(match[1]), contactId: match[2] ?? '' } : undefined
}

export const registerFigures = (register: Register, { database, now }: { readonly database: Pick<Database, 'reader' | 'snapshot'>; readonly now: () => Date }): void => {
  const { reader } = database
  register(figuresRoutes.figures, async ({ actor }, { query }) => {
    const ofAgents = isOfAgents(query)
    const refusal = refusePeriod(query, ofAgents ? mostDays.quarter : mostDays[query.step])
    if (refusal !== undefined) return wrong(refusal)
    if (ofAgents && query.by === 'region') return wrong('Figures of agents, teams and sites are not kept by region.')
    if (query.of === 'time' && !ofAgents) return wrong('People’s time is told of agents, teams and sites.')
    if (query.soFar !== undefined && query.step !== 'quarter') return wrong('Only quarters are told so far.')
    return database.snapshot(async (tx) => {
      await planForValues(tx)
      const countedTo = await loadCountedTo(tx, now())
      return done({ rows: await loadFigureRows(tx, query, await loadReach(tx, actor), now()), countedTo: countedTo.toISOString() })
    })
  })

  register(figuresRoutes.figureContacts, async ({ actor }, { query }) => {
    const refusal = refusePeriod(query, mostDays.quarter)
    if (refusal !== undefined) return wrong(refusal)
    if (!isMetric(query.metric)) return wrong('There is no such metric.')
    const definition = definitions[query.metric]
    if (termBehind(definition, query.part) === null) return wrong('No contacts stand behind this part of the metric.')
    const after = query.cursor === undefined ? undefined : placeIn(query.cursor)
    if (query.cursor !== undefined && !after) return wrongCursor()
    const { items, next } = await loadFigureContacts(reader, definition, query, await loadReach(reader, actor), after)
    return done({ items, next: next && `${next.at}_${next.contactId}` })
  })

  register(figuresRoutes.figureSubjects, async ({ actor }) => done(await loadFigureSubjects(reader, await loadReach(reader, actor), now())))

  register(figuresRoutes.ratings, async ({ actor }, { query }) => {
    const refusal = refusePeriod(query, mostDays.day)
    if (refusal !== undefined) return wrong(refusal)
    const after = query.cursor === undefined ? undefined : placeIn(query.cursor)
    if (query.cursor !== undefined && !after) return wrongCursor()
    const { items, next } = await loadRatings(reader, query, {
      reach: await loadReach(reader, actor),
      readsWords: actor.role === 'supervisor',
      after: after && { at: new Date(after.at), contactId: after.contactId },
    })
    return done({ items, next: next && `${next.at.getTime()}_${next.contactId}` })
  })
}
