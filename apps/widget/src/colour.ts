/** From one accent of the company to colours that can be read: WCAG 2.2, relative luminance and contrast ratio. */
type Rgb = readonly [number, number, number]

const fallback = '#0d6475'
const white: Rgb = [255, 255, 255]
const ink: Rgb = [29, 27, 24]
const black: Rgb = [0, 0, 0]

const parse = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
const format = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
/** @param share of the second colour, 0–1 */
const mix = (a: Rgb, b: Rgb, share: number): Rgb => a.map((part, index) => part + ((b[index] ?? 0) - part) * share) as unknown as Rgb

const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((part) => (part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const ratio = (a: Rgb, b: Rgb): number => {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05]
  return x > y ? x / y : y / x
}

/** Contrast of two colours `#rrggbb`, 1–21. */
export const contrast = (a: string, b: string): number => ratio(parse(a), parse(b))

export interface Colours {
  /** The accent itself, behind the header and the primary button. */
  readonly accent: string
  /** Text on it. */
  readonly on: string
  /** The accent as text or thin line on white: at least 4.5. */
  readonly ink: string
  /** The visitor's own bubble. */
  readonly soft: string
}

/** A tint that keeps the hue: of a dark accent its bright sister, of a grey one the grey itself. */
const softOf = (base: Rgb): Rgb => {
  const [most, least] = [Math.max(...base), Math.min(...base)]
  if (most === 0) return mix(white, base, 0.1)
  const bright = base.map((part) => (part * 255) / most) as unknown as Rgb
  return mix(mix(white, mix(base, bright, (0.6 * (most - least)) / most), 0.11), ink, 0.012)
}

/** @param accent what the settings say; anything but `#rrggbb` is replaced by our own */
export const coloursOf = (accent: string): Colours => {
  const base = parse(/^#[0-9a-f]{6}$/i.test(accent) ? accent : fallback)
  let text = base
  // On the soft bubble, which is darker than white, it must be readable too.
  const soft = softOf(base)
  for (let step = 0; step < 20 && ratio(text, soft) < 4.5; step++) text = mix(text, ink, 0.12)
  return {
    accent: format(base),
    // White, as long as it can be read, keeps the character of most accents. Where white is too weak and ink, too, black
    // is not: the worst of white and black on any colour is 4.58.
    on: format([white, ink].find((one) => ratio(base, one) >= 4.5) ?? black),
    ink: format(text),
    soft: format(soft),
  }
}
