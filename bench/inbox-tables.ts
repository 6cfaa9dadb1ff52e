/** Rows into tables, many at once; and what of a schema stands in the way of that for a while. */
import type pg from 'pg'

export interface Table {
  add(...row: readonly unknown[]): void
  /** Writes what was added; tables in the order in which they need each other need not be kept: keys are checked at the end. */
  flush(): Promise<void>
}

/** @param columns name → type; `jsonb` and arrays are given as text */
export const openTable = (client: pg.ClientBase, name: string, columns: Readonly<Record<string, string>>): Table => {
  const names = Object.keys(columns)
  const types = Object.values(columns)
  let rows: unknown[][] = names.map(() => [])
  const isText = (type: string) => type === 'jsonb' || type.endsWith('[]')
  const arrays = types.map((type, at) => `$${at + 1}::${isText(type) ? 'text' : type}[]`).join(', ')
  const values = names.map((column, at) => (isText(types[at] ?? '') ? `${column}::${types[at]}` : column)).join(', ')
  const text = `insert into ${name} (${names.join(', ')}) select ${values} from unnest(${arrays}) as given (${names.join(', ')})`
  return {
    add: (...row) => row.forEach((value, at) => rows[at]?.push(value ?? null)),
    async flush() {
      if (rows[0]?.length === 0) return
      await client.query(text, rows)
      rows = names.map(() => [])
    },
  }
}

/** Takes away the indexes that no constraint needs; answers how they come back. */
export const dropIndexes = async (client: pg.ClientBase, tables: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select c.relname as name, pg_get_indexdef(i.indexrelid) as made
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where t.relname = any($1) and not i.indisprimary and not c.relispartition
       and not exists (select from pg_constraint where conindid = i.indexrelid)`,
    [tables],
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  // Of a partitioned table the parent's index makes those of the parts.
  return rows.map(({ made }) => made.replace(' ON ONLY ', ' ON '))
}

/** @throws when a row names one that is not there: keys were not checked while rows came in */
export const checkKeys = async (client: pg.ClientBase, tables: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ child: string; parent: string; column: string }>(
    `select k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent, a.attname as column
     from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
     where k.contype = 'f' and cardinality(k.conkey) = 1 and k.conrelid::regclass::text = any($1)`,
    [tables],
  )
  for (const { child, parent, column } of rows) {
    const { rows: orphans } = await client.query(`select from ${child} c where c.${column} is not null and not exists (select from ${parent} p where p.id = c.${column}) limit 1`)
    if (orphans.length > 0) throw new Error(`a row of ${child} names a ${column} that is not there`)
  }
}
