/**
 * Somebody types and the field goes away under their fingers: the contact was closed, taken, finished by its limit. What
 * they go on typing is no command, although no field is there to take it.
 */
const isOverAfterMs = 1500

/** What we need of a KeyboardEvent and its target. */
interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly timeStamp: number
}
interface Field {
  readonly isConnected: boolean
}

export const createTypingBurst = () => {
  let burst: { readonly field: Field; readonly at: number } | null = null
  return {
    /** @param field what is being written in; null: nothing */
    typed(press: Press, field: Field | null) {
      if (press.ctrlKey || press.metaKey || press.altKey) return
      if (field) burst = press.key.length === 1 || press.key === 'Backspace' ? { field, at: press.timeStamp } : null
    },
    /** Whether a press outside of every field still belongs to words that were being written. */
    isLost(press: Press): boolean {
      if (!burst || burst.field.isConnected || press.ctrlKey || press.metaKey || press.altKey) return false
      if (press.timeStamp - burst.at > isOverAfterMs) return false
      burst = { field: burst.field, at: press.timeStamp }
      return true
    },
    /** A command was given: what comes next is meant. */
    over() {
      burst = null
    },
  }
}
