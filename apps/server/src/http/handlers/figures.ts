/** Figures as sums; what they mean is divided by whoever shows them. */
import { figuresRoutes, mostDays } from '@otklik/contract/figures'
import { done, refuse } from '../../actions/outcome.ts'
import type { Reader } from '../../store/database.ts'
import { isOfAgents, loadCountedTo, loadFigureRows } from '../../store/figure-rows.ts'
import type { Register } from '../register.ts'

const dayMs = 86_400_000

export const registerFigures = (register: Register, { reader, now }: { readonly reader: Reader; readonly now: () => Date }): void => {
  register(figuresRoutes.figures, async (_context, { query }) => {
    const days = (Date.parse(query.to) - Date.parse(query.from)) / dayMs + 1
    const most = isOfAgents(query) ? mostDays.quarter : mostDays[query.step]
    if (days < 1) return refuse('validationFailed', { detail: '`to` must not lie before `from`.' })
    if (days > most) return refuse('validationFailed', { detail: `Ask for ${most} days at most with this step.` })
    if (isOfAgents(query) && (query.region !== undefined || query.by === 'region'))
      return refuse('validationFailed', { detail: 'Figures of agents, teams and sites are not kept by region.' })
    // Before the rows: what is counted in between is told too early, never too late.
    const countedTo = await loadCountedTo(reader, now())
    return done({ rows: await loadFigureRows(reader, query), countedTo: countedTo.toISOString() })
  })
}
