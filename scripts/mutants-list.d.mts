/** One deliberate fault: where it goes, and the tests that must fail with it. */
export interface Mutant {
  readonly name: string
  readonly file: string
  readonly find: string
  readonly replace: string
  readonly tests: readonly string[]
}

export const mutants: readonly Mutant[]
