/** The sites of a chat, one a line: what is wrong in which line, and what was probably meant. */

export interface WrongLine {
  /** From 1, as the lines stand in the field. */
  readonly line: number
  readonly text: string
  /** The address that would be right, where it can be told. */
  readonly meant: string | undefined
}

const originOf = (text: string): string | undefined => {
  try {
    const { origin } = new URL(text)
    return origin === 'null' ? undefined : origin
  } catch {
    return undefined
  }
}
const withoutScheme = /^[\p{L}\p{N}.-]+\.\p{L}{2,}(:\d+)?(\/.*)?$/u

/** The first line that is no origin. Empty lines do not count. */
export const wrongOrigin = (lines: readonly string[]): WrongLine | undefined => {
  for (const [index, typed] of lines.entries()) {
    const text = typed.trim()
    if (text === '' || originOf(text) === text) continue
    return { line: index + 1, text, meant: originOf(text) ?? (withoutScheme.test(text) ? originOf(`https://${text}`) : undefined) }
  }
  return undefined
}

/** Lines as they are kept: trimmed, without empty ones and repetitions. */
export const cleanOrigins = (lines: readonly string[]): string[] => [...new Set(lines.map((line) => line.trim()).filter((line) => line !== ''))]
