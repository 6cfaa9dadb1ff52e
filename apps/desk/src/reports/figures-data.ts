/** Figures as the pages need them: asked for once, added up, evaluated by the definitions. */
import { keepPreviousData, skipToken, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { figuresRoutes, type FigureSubjects, type FiguresQuery, type FiguresRow, type FiguresView } from '@otklik/contract/figures'
import { definitions, type MetricId } from '@otklik/metrics/definitions'
import { evaluate, type Figures, type Value } from '@otklik/metrics/evaluate'
import { distributions, type Distribution } from '@otklik/metrics/event'
import { addHistogram, type Histogram } from '@otklik/metrics/histogram'
import { addSums, type Counter } from '@otklik/metrics/sums'
import { useApi } from '../api.ts'
import type { Subject } from './address.ts'

/** A page that is looked at while its day goes on follows it. */
const freshMs = 60_000

/** Null: not needed now. */
export const useFigures = (query: FiguresQuery | null): UseQueryResult<FiguresView> => {
  const api = useApi()
  return useQuery({
    queryKey: ['figures', query],
    queryFn: query === null ? skipToken : ({ signal }) => api.call(figuresRoutes.figures, { query, signal }),
    staleTime: freshMs,
    refetchInterval: freshMs,
    // Whoever looks at a dimmed page must soon know that nothing comes.
    retry: 1,
    retryDelay: 500,
    // What was there stays until what was asked for is there: nothing jumps.
    placeholderData: keepPreviousData,
  })
}

export const useFigureSubjects = () => {
  const api = useApi()
  return useQuery({ queryKey: ['figureSubjects'], queryFn: ({ signal }) => api.call(figuresRoutes.figureSubjects, { signal }), staleTime: 5 * freshMs })
}

/**
 * What the speed of answer is measured against, seconds.
 * @param queueId of one queue; undefined: of all that one sees
 * @returns null: these queues have several targets; undefined: it is not known yet
 */
export const targetSecondsOf = (queues: FigureSubjects['queues'] | undefined, queueId: string | undefined): number | null | undefined => {
  if (!queues) return undefined
  const [first, ...others] = new Set(queues.flatMap(({ id, targetSeconds }) => (queueId === undefined || id === queueId ? [targetSeconds] : [])))
  return others.length > 0 ? null : (first ?? null)
}

/** Whether a link asks for a queue, team, site or agent that its reader does not see. */
export const isForeign = ({ queue, agent, team, site }: Subject, known: FigureSubjects): boolean =>
  ([[queue, known.queues], [agent, known.agents], [team, known.teams], [site, known.sites]] as const).some(([id, own]) => id !== undefined && !own.some((each) => each.id === id))

/** Rows added up, before anything is divided. */
export const addUp = (rows: readonly FiguresRow[]): Figures => {
  const sums: { [Name in Counter]?: number } = {}
  const histograms: { [Name in Distribution]?: Histogram } = {}
  for (const row of rows) {
    addSums(sums, row.sums)
    for (const name of distributions) {
      const more = row.histograms[name]
      if (more) addHistogram((histograms[name] ??= new Map()), more)
    }
  }
  return { sums, histograms }
}

export const valueOf = (metric: MetricId, figures: Figures): Value => evaluate(definitions[metric], figures)

/** Whether a figure can be said at all: percentiles are not kept by quarter, nor of people. */
export const isSaid = (metric: MetricId, figures: Figures): boolean => {
  const definition = definitions[metric]
  return definition.kind !== 'percentile' || figures.histograms[definition.of] !== undefined
}
