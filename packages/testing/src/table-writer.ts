/** Rows into tables, many at once. */
import type pg from 'pg'

export interface Table {
  add(...row: readonly unknown[]): void
  /** Writes what was added. Whoever writes several tables keeps the order of their keys, or checks those at the end. */
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
