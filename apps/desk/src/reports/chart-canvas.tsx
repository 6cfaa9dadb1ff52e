/** A chart, drawn. Loaded when the first one is shown: the library is larger than all the rest of the room. */
import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useShownScheme } from '../look/theme-choice.ts'
import type { ChartOption, Colours } from './chart-options.ts'

use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer])

const tokens = { bar: '--chart-1', quietBar: '--chart-2', line: '--chart-line', text: '--text-2', grid: '--line', surface: '--surface', strongLine: '--line-strong', warn: '--bad' } as const

/** The tokens as they are now: a canvas knows nothing of them, and of light-dark() neither. */
const readColours = (host: HTMLElement): Colours => {
  const probe = host.appendChild(document.createElement('i'))
  const read = (token: string) => {
    probe.style.color = `var(${token})`
    return getComputedStyle(probe).color
  }
  const colours = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, read(token)])) as Record<keyof typeof tokens, string>
  probe.remove()
  return { ...colours, font: getComputedStyle(host).fontFamily }
}

/** The library empties its place by innerHTML, which Trusted Types refuse even of nothing. */
const emptyByHand = (host: HTMLElement): HTMLElement => Object.defineProperty(host, 'innerHTML', { configurable: true, set: () => host.replaceChildren() })

export interface ChartProps {
  readonly build: (colours: Colours) => ChartOption
  /** All that the picture says, in words. */
  readonly label: string
  /** Told the place of the column that was clicked. */
  readonly onPick?: (index: number) => void
}

const ChartCanvas = ({ build, label, onPick }: ChartProps) => {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const picked = useRef(onPick)
  const scheme = useShownScheme()
  useEffect(() => {
    picked.current = onPick
  })
  useEffect(() => {
    const host = place.current
    if (!host) return undefined
    const own = init(emptyByHand(host), null, { renderer: 'canvas' })
    chart.current = own
    own.getZr().on('click', ({ offsetX, offsetY }) => {
      if (!own.containPixel('grid', [offsetX, offsetY])) return
      const [index] = own.convertFromPixel('grid', [offsetX, offsetY])
      if (index !== undefined) picked.current?.(Math.round(index))
    })
    const watch = new ResizeObserver(() => own.resize())
    watch.observe(host)
    return () => {
      watch.disconnect()
      chart.current = null
      own.dispose()
    }
  }, [])
  useEffect(() => {
    // Colours are those of the scheme that is shown.
    if (place.current) chart.current?.setOption(build(readColours(place.current)), { notMerge: true })
  }, [build, scheme])
  return <div ref={place} className="chart-place" role="img" aria-label={label} data-picks={onPick !== undefined} />
}

export default ChartCanvas
