/** What each chart shows, as data for the library. Neutrals and the accent; a target's colour only where it is broken. */
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption | TooltipComponentOption | AriaComponentOption>

export interface Colours {
  readonly bar: string
  readonly quietBar: string
  readonly line: string
  readonly text: string
  readonly grid: string
  readonly surface: string
  readonly strongLine: string
  readonly warn: string
  readonly font: string
}

export interface Line {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** Worded for the tooltip. */
  readonly word: (value: number) => string
  /** On the right axis, a share from 0 to 1; else on the left one, as the bars. */
  readonly isShare: boolean
  readonly isThin?: boolean
}

export interface BarsAndLines {
  readonly labels: readonly string[]
  /** Wide ones behind, narrow ones in front: a part of the whole. */
  readonly whole: { readonly name: string; readonly values: readonly number[] }
  readonly part?: { readonly name: string; readonly values: readonly number[] }
  readonly lines: readonly Line[]
  readonly word: (value: number) => string
  readonly percent: (share: number) => string
}

const bar = (name: string, values: readonly number[], color: string, z: number): BarSeriesOption => ({
  type: 'bar', name, data: [...values], itemStyle: { color, borderRadius: [1, 1, 0, 0] }, barWidth: '72%', barGap: '-100%', z, animation: false, emphasis: { disabled: true },
})

const line = ({ name, values, isShare, isThin = false }: Line, colours: Colours): LineSeriesOption => ({
  type: 'line', name, data: [...values], yAxisIndex: isShare ? 1 : 0, symbol: 'circle', symbolSize: 5, showSymbol: false, showAllSymbol: false, connectNulls: false, animation: false, z: 4,
  lineStyle: { color: colours.line, width: isThin ? 1 : 2, type: isThin ? 'dashed' : 'solid' }, itemStyle: { color: colours.line }, emphasis: { disabled: true },
})

/** Bars of a count, a part of it in front, and lines over them. */
export const barsAndLines = ({ labels, whole, part, lines, word, percent }: BarsAndLines) => (colours: Colours): ChartOption => {
  const hasShare = lines.some(({ isShare }) => isShare)
  const axis = { axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: colours.text, fontSize: 11, fontFamily: colours.font } }
  return {
    animation: false,
    aria: { enabled: false }, // worded by us, around the picture
    grid: { left: 4, right: hasShare ? 4 : 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: colours.surface, borderColor: colours.strongLine, borderWidth: 1, padding: [8, 10],
      textStyle: { color: colours.text, fontSize: 12, fontFamily: colours.font }, axisPointer: { type: 'shadow', shadowStyle: { color: colours.grid, opacity: 0.5 } },
      formatter: (given) => {
        const at = [given].flat()[0]?.dataIndex ?? 0
        const rows = [
          [whole.name, word(whole.values[at] ?? 0)],
          ...(part ? [[part.name, word(part.values[at] ?? 0)]] : []),
          ...lines.flatMap((own) => (typeof own.values[at] === 'number' ? [[own.name, own.word(own.values[at])]] : [])),
        ]
        return [labels[at] ?? '', ...rows.map(([name, value]) => `${name}: ${value}`)].join('\n')
      },
    },
    xAxis: { type: 'category', data: [...labels], ...axis, axisLine: { show: true, lineStyle: { color: colours.strongLine } }, axisLabel: { ...axis.axisLabel, hideOverlap: true } },
    yAxis: [
      { type: 'value', min: 0, minInterval: 1, splitNumber: 4, splitLine: { lineStyle: { color: colours.grid } }, ...axis, axisLabel: { ...axis.axisLabel, formatter: (value: number) => word(value) } },
      { type: 'value', min: 0, max: 1, interval: 0.25, show: hasShare, splitLine: { show: false }, ...axis, axisLabel: { ...axis.axisLabel, formatter: (value: number) => percent(value) } },
    ],
    series: [
      bar(whole.name, whole.values, part ? colours.quietBar : colours.bar, 2),
      ...(part ? [bar(part.name, part.values, colours.bar, 3)] : []),
      ...lines.map((own) => line(own, colours)),
    ],
  }
}
