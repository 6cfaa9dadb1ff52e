import pg from 'pg'

const int8 = 20
const date: number = 1082
const int8Array: number = 1016

/**
 * How the driver turns PostgreSQL's values into ours, for `new pg.Pool({ types: valueTypes })`: as pg does, but int8 is
 * a number, as the generated table types say. Counts and kopecks stay far below 2^53; a value beyond throws.
 * `timestamptz` is a Date, but `date` a string: pg would make it midnight of this machine's zone. `numeric`, `xid8` stay
 * strings.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    if (oid === int8) return parseInt8
    if (oid === int8Array) return (text: string) => parseInt8Array(pg.types.getTypeParser(int8Array, 'text')(text))
    if (oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, 'text')
  },
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database sent ${text}, which a number cannot hold exactly`)
  return value
}

function parseInt8Array(values: unknown): (number | null)[] {
  if (!Array.isArray(values)) throw new TypeError('An int8[] is no list')
  return values.map((value: unknown) => (value === null ? null : parseInt8(String(value))))
}
