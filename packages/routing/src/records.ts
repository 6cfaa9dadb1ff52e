/**
 * Fixed-width records in one typed array. All fields of a record lie side by side, because an input touches most fields
 * of one contact and one agent, and each array of its own would cost a visit to memory.
 */
export const widenFloats = (column: Float64Array, size: number): Float64Array<ArrayBuffer> => {
  const wider = new Float64Array(size)
  wider.set(column)
  return wider
}

export const widenInts = (column: Int32Array, size: number): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(size)
  wider.set(column)
  return wider
}

/** Records of whole numbers; a fresh record holds `initial`, whose length, a power of two, is the width. */
export class IntRecords {
  cells = new Int32Array(0)
  readonly shift: number
  size = 0

  constructor(private readonly initial: readonly number[]) {
    this.shift = 31 - Math.clz32(initial.length)
  }

  /** Makes room for records 0…record. */
  ensure(record: number): void {
    if (record < this.size) return
    const from = this.size
    this.size = Math.max(256, from * 2, record + 1)
    this.cells = widenInts(this.cells, this.size << this.shift)
    this.initial.forEach((value, field) => {
      if (value === 0) return
      for (let i = from; i < this.size; i++) this.cells[(i << this.shift) + field] = value
    })
  }

  column(field: number): IntColumn {
    return new IntColumn(this, field)
  }
}

/** One field of all records. */
export class IntColumn {
  constructor(
    private readonly records: IntRecords,
    private readonly field: number,
  ) {}

  get(record: number): number {
    const { cells, shift } = this.records
    return cells[(record << shift) + this.field]!
  }

  set(record: number, value: number): void {
    const { cells, shift } = this.records
    cells[(record << shift) + this.field] = value
  }
}

/** Pairs of numbers, for sort keys. */
export class FloatPairs {
  cells = new Float64Array(0)

  ensure(record: number): void {
    if (2 * record + 1 < this.cells.length) return
    this.cells = widenFloats(this.cells, Math.max(512, this.cells.length * 2, 2 * record + 2))
  }

  column(field: 0 | 1): FloatColumn {
    return new FloatColumn(this, field)
  }
}

export class FloatColumn {
  constructor(
    private readonly pairs: FloatPairs,
    private readonly field: 0 | 1,
  ) {}

  get(record: number): number {
    return this.pairs.cells[2 * record + this.field]!
  }

  set(record: number, value: number): void {
    this.pairs.cells[2 * record + this.field] = value
  }
}
