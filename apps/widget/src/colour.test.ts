import { expect, it } from 'vitest'
import { coloursOf, contrast } from './colour.ts'

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 2)
})

const steps = ['00', '33', '66', '99', 'cc', 'ff']
const accents = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)))

it('can be read with every accent', () => {
  for (const accent of accents) {
    const { on, ink, soft } = coloursOf(accent)
    expect(contrast(on, accent), `text on ${accent}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ink, '#ffffff'), `${accent} on white`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ink, soft), `${accent} on its tint`).toBeGreaterThanOrEqual(4.5)
    expect(contrast('#1d1b18', soft), `message in the tint of ${accent}`).toBeGreaterThanOrEqual(7)
    expect(contrast('#625e56', soft), `time in the tint of ${accent}`).toBeGreaterThanOrEqual(4.5)
  }
})

it('wears our own accent where the settings hold none', () => {
  for (const odd of ['', 'red', '#12345', 'url(x)', '#0d6475;}']) expect(coloursOf(odd).accent).toBe('#0d6475')
})
