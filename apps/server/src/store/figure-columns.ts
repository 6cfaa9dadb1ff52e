/** SQL that every reading of figures shares: whose rows are told apart, and what is summed. */
import type { FiguresQuery, FiguresRow } from '@otklik/contract/figures'
import type { Counter } from '@otklik/metrics/sums'

export type By = NonNullable<FiguresQuery['by']>

/** A row before what is zero has gone, without its distributions. */
export interface Told extends Omit<FiguresRow, 'sums' | 'histograms'> {
  readonly sums: { readonly [Name in Counter]?: number }
}

const columns: { readonly [Key in By]: string } = { queue: 'f.queue_id', channel: 'f.channel', region: 'f.region', agent: 'f.agent_id', team: 'a.team_id', site: 't.site_id' }

/** Of a row `f`, with its agent `a` and team `t` where those are asked for. */
export const keyOf = (by: By): string => `${columns[by]}::text`

/** Of the key of a grouped row `g`; null: the key is its name. */
export const nameOf = (by: By): string => (by === 'channel' || by === 'region' ? 'null::text' : `(select n.name from ${by} n where n.id = g.key::uuid)`)

export const columnOf = (name: Counter): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export const sumsOf = (names: readonly Counter[]): string => names.map((name) => `sum(f.${columnOf(name)}) as "${name}"`).join(', ')
