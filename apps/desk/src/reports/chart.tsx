import { lazy, Suspense } from 'react'
import type { ChartProps } from './chart-canvas.tsx'

const ChartCanvas = lazy(() => import('./chart-canvas.tsx'))

/** A chart with its legend; its place has its size before the picture is there. */
export const Chart = ({ legend, ...props }: ChartProps & { readonly legend: readonly { readonly mark: 'bar' | 'quietBar' | 'line' | 'dots'; readonly name: string }[] }) => (
  <figure className="chart">
    <figcaption aria-hidden="true">
      {legend.map(({ mark, name }) => (
        <span key={name} data-mark={mark}>
          {name}
        </span>
      ))}
    </figcaption>
    <Suspense fallback={<div className="chart-place" data-loading="true" />}>
      <ChartCanvas {...props} />
    </Suspense>
  </figure>
)
