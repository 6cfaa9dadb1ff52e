/** Reasons for notReady and dispositions: a name each. Archived ones stay readable in history. */
import type { DispositionView, NamedWrite, ReasonView } from '@otklik/contract/settings'
import type { Reader } from '../../store/database.ts'
import { done } from '../outcome.ts'
import { nothingUses, tellChanged, type Kind, type Stored } from './kept.ts'

const namedKind = <View extends Stored & { name: string }>(table: 'not_ready_reason' | 'disposition', told: 'reason' | 'disposition'): Kind<View, NamedWrite> => ({
  table,
  load: (reader, ids) => loadNamed(reader, table, ids) as Promise<View[]>,
  columns: (write) => ({ name: write.name }),
  afterPut: (tx, deps, id) => tellChanged(tx, deps, told, id),
  uses: () => Promise.resolve(nothingUses),
  beforeArchive: () => Promise.resolve(done(null)),
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, told, id),
})

/** Settings that are a name and nothing else. */
export const loadNamed = async (reader: Reader, table: 'not_ready_reason' | 'disposition' | 'skill', ids?: readonly string[]) =>
  (
    await reader.named<{ id: string; name: string; version: number; archivedAt: Date | null }>(
      `load-${table}`,
      `select id, name, version, archived_at as "archivedAt" from ${table}
       where $1::uuid[] is null or id = any($1) order by archived_at is not null, lower(name) collate "ru-x-icu"`,
      [ids ?? null],
    )
  ).map((row) => ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString() }))

export const reasons = namedKind<ReasonView>('not_ready_reason', 'reason')
export const dispositions = namedKind<DispositionView>('disposition', 'disposition')
