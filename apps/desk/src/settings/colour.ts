/** Colours as people write them, as the one form that is kept: `#rrggbb`. */

const short = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i
const long = /^#?([0-9a-f]{6})$/i

/** What the browser makes of a name or of `rgb(…)`; a colour that lets something through is none. */
const fromBrowser = (text: string): string | undefined => {
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen || !CSS.supports('color', text)) return undefined
  pen.fillStyle = text
  const read = String(pen.fillStyle)
  return long.test(read) ? read : undefined
}

/**
 * `#FFF`, `fff`, `teal`, `rgb(0 128 128)` → `#rrggbb`.
 * @param named asks the browser about everything that is not written in digits
 * @returns undefined for what is no colour
 */
export const colourOf = (text: string, named: (text: string) => string | undefined = fromBrowser): string | undefined => {
  const typed = text.trim()
  const [, ...digits] = short.exec(typed) ?? []
  if (digits.length === 3) return `#${digits.map((digit) => digit + digit).join('')}`.toLowerCase()
  const whole = long.exec(typed)?.[1]
  return whole === undefined ? named(typed) : `#${whole}`.toLowerCase()
}
