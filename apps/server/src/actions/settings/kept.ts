/**
 * What all settings have in common: written whole with an id of the client's and the version that it read, archived
 * instead of deleted, with a word about what uses them. Each kind says only what is its own.
 */
import type { QueueId } from '@otklik/model/ids'
import { sql } from 'kysely'
import { brokenConstraint, type Reader, type Tx } from '../../store/database.ts'
import { appendEvent } from '../../store/log.ts'
import type { Deps } from '../deps.ts'
import { done, refuse, type Outcome } from '../outcome.ts'

/** What every stored setting has beside its own fields. */
export interface Stored {
  readonly id: string
  readonly version: number
  readonly archivedAt: string | null
}

export interface Uses {
  readonly uses: Record<string, number>
  /** It cannot go before something takes its place. */
  readonly replacementNeeded: boolean
}

type Columns = Record<string, string | number | boolean | null | readonly string[]>

export interface Kind<View extends Stored, Write extends { readonly version: number }> {
  readonly table: string
  /** All, or those of the given ids, as they are shown. */
  load(reader: Reader, ids?: readonly string[]): Promise<View[]>
  /** The row's own columns, in SQL's names. */
  columns(write: Write): Columns
  /** Refuses what only this kind knows to be wrong, and does what must come before the writing. */
  check?(tx: Tx, deps: Deps, id: string, write: Write): Promise<Outcome<null>>
  /** Rows of other tables that belong to it; and the events that tell of the change. */
  afterPut(tx: Tx, deps: Deps, id: string, write: Write, created: boolean): Promise<void>
  uses(reader: Reader, id: string): Promise<Uses>
  /** Moves what uses it; `replaceWith` was checked to exist. */
  beforeArchive(tx: Tx, deps: Deps, id: string, replaceWith: string | undefined): Promise<Outcome<null>>
  afterArchive?(tx: Tx, deps: Deps, id: string): Promise<void>
}

const constraintRefusals: Record<string, 'emailTaken' | 'nameTaken'> = { agent_email: 'emailTaken' }

/** Turns a broken unique name into its refusal; anything else is a bug and goes on. */
const refuseTaken = (error: unknown) => {
  const constraint = brokenConstraint(error)
  if (constraint === undefined) throw error
  if (constraint.endsWith('_fkey')) return refuse('notFound', { detail: 'The request names something that does not exist.' })
  if (constraint.endsWith('_name') || constraint in constraintRefusals) return refuse(constraintRefusals[constraint] ?? 'nameTaken')
  throw error
}

const one = async <View extends Stored, Write extends { version: number }>(reader: Reader, kind: Kind<View, Write>, id: string): Promise<View> => {
  const [view] = await kind.load(reader, [id])
  if (!view) throw new Error(`${kind.table} ${id} is gone`)
  return view
}

/** In one order, whatever the order of keys and lists: a set of skills is the same set. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]))
}

/** What is stored is exactly what is to be written: the same request came again. */
const equal = (view: object, { version: _, ...write }: { readonly version: number }): boolean =>
  Object.entries(write).every(([name, value]) => JSON.stringify(inOrder((view as Record<string, unknown>)[name] ?? null)) === JSON.stringify(inOrder(value)))

const conflict = async (tx: Tx, kind: { table: string }, id: string): Promise<Outcome<never>> => {
  const row = await sql<{ version: number }>`select version from ${sql.table(kind.table)} where id = ${id}`.execute(tx.db)
  return row.rows[0] ? refuse('versionConflict', { detail: `The version is ${row.rows[0].version} now.` }) : refuse('notFound')
}

/** Creates (version 0) or changes one. */
export const putSetting = async <View extends Stored, Write extends { version: number }>(
  deps: Deps,
  kind: Kind<View, Write>,
  id: string,
  write: Write,
): Promise<Outcome<View>> => {
  try {
    return await deps.transaction(async (tx) => {
      const checked = await kind.check?.(tx, deps, id, write)
      if (checked && !checked.ok) return checked
      const columns = kind.columns(write)
      const names = Object.keys(columns)
      const table = sql.table(kind.table)
      const created = write.version === 0
      const result = created
        ? await sql`insert into ${table} (id, ${sql.join(names.map((name) => sql.ref(name)))})
            values (${id}, ${sql.join(Object.values(columns))}) on conflict (id) do nothing returning id`.execute(tx.db)
        : await sql`update ${table} set version = version + 1, ${sql.join(names.map((name) => sql`${sql.ref(name)} = ${columns[name]}`))}
            where id = ${id} and version = ${write.version} and archived_at is null returning id`.execute(tx.db)
      if (result.rows.length === 0) {
        const [view] = await kind.load(tx, [id])
        if (view && view.archivedAt !== null) return refuse('archived')
        if (view && view.version === write.version + 1 && equal(view, write)) return done(view)
        return conflict(tx, kind, id)
      }
      await kind.afterPut(tx, deps, id, write, created)
      return done(await one(tx, kind, id))
    })
  } catch (error) {
    return refuseTaken(error)
  }
}

/** Archives one; what uses it moves to `replaceWith`. */
export const archiveSetting = async <View extends Stored, Write extends { version: number }>(
  deps: Deps,
  kind: Kind<View, Write>,
  id: string,
  request: { readonly version: number; readonly replaceWith?: string | null | undefined },
): Promise<Outcome<View>> =>
  deps.transaction(async (tx) => {
    const [before] = await kind.load(tx, [id])
    if (!before) return refuse('notFound')
    if (before.archivedAt) return before.version === request.version + 1 ? done(before) : refuse('archived')
    if (before.version !== request.version) return conflict(tx, kind, id)
    const { uses, replacementNeeded } = await kind.uses(tx, id)
    const replaceWith = request.replaceWith ?? undefined
    if (replaceWith) {
      const [replacement] = await kind.load(tx, [replaceWith])
      if (!replacement || replacement.archivedAt || replaceWith === id) return refuse('notFound', { detail: 'What is to replace it is not in use.' })
    }
    if (replacementNeeded && !replaceWith) return refuse('inUse', { uses })
    const moved = await kind.beforeArchive(tx, deps, id, replaceWith)
    if (!moved.ok) return moved
    const archived = await sql`update ${sql.table(kind.table)} set archived_at = ${deps.now()}, version = version + 1
      where id = ${id} and version = ${request.version} and archived_at is null returning id`.execute(tx.db)
    if (archived.rows.length === 0) return conflict(tx, kind, id)
    await kind.afterArchive?.(tx, deps, id)
    return done(await one(tx, kind, id))
  })

/** Takes one out of the archive, if what it needs is in use itself. */
export const restoreSetting = async <View extends Stored, Write extends { version: number }>(
  deps: Deps,
  kind: Kind<View, Write>,
  id: string,
  version: number,
): Promise<Outcome<View>> => {
  try {
    return await deps.transaction(async (tx) => {
      const [before] = await kind.load(tx, [id])
      if (!before) return refuse('notFound')
      // A stored one has all fields of a written one.
      const checked = before.archivedAt === null ? undefined : await kind.check?.(tx, deps, id, before as unknown as Write)
      if (checked && !checked.ok) return checked.code === 'notFound' ? refuse('partArchived', checked.detail === undefined ? {} : { detail: checked.detail }) : checked
      const result = await sql`update ${sql.table(kind.table)} set archived_at = null, version = version + 1
        where id = ${id} and version = ${version} and archived_at is not null returning id`.execute(tx.db)
      if (result.rows.length === 0) {
        const [view] = await kind.load(tx, [id])
        return view && !view.archivedAt ? done(view) : conflict(tx, kind, id)
      }
      await kind.afterArchive?.(tx, deps, id)
      return done(await one(tx, kind, id))
    })
  } catch (error) {
    return refuseTaken(error)
  }
}

type Plain = 'company' | 'site' | 'team' | 'skill' | 'reason' | 'disposition' | 'channel' | 'template' | 'article'

export const tellChanged = (tx: Tx, deps: Deps, kind: Plain, id: string): Promise<void> =>
  appendEvent(tx, deps.now(), 'settings.changed', id, { kind, id })

export const tellQueues = async (tx: Tx, deps: Deps, ids: readonly QueueId[]): Promise<void> => {
  for (const queueId of ids) await appendEvent(tx, deps.now(), 'queue.changed', queueId, { queueId })
}

export const nothingUses: Uses = { uses: {}, replacementNeeded: false }

/** Counts by kind of use, those above zero. */
export const countUses = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))

export const sortedByName = sql`lower(name) collate "ru-x-icu"`
