/** Gives each id a small integer, in order of first appearance, for ever. */
export class Interner {
  readonly ids: string[] = []
  private readonly numbers = new Map<string, number>()

  /** The id's number, -1 when it was never seen. */
  find(id: string): number {
    return this.numbers.get(id) ?? -1
  }

  intern(id: string): number {
    const known = this.numbers.get(id)
    if (known !== undefined) return known
    const number = this.ids.length
    this.ids.push(id)
    this.numbers.set(id, number)
    return number
  }
}
