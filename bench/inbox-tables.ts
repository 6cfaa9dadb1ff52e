/** What of a schema stands in the way of many rows at once, taken away for a while. */
import type pg from 'pg'

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
