import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Series } from '../../../model/recording'
import { digits, tickLabel } from '../../../state/run/clock'
import { useTheme } from '../../../ui/theme'
import { readPalette, type Palette } from '../palette'
import { pointsOf, statisticsOf } from './metricModel'

interface ChartProps {
  series: Series
  /** s computed. */
  until: number
  /** s; the scale of time. */
  duration: number
  /** s; where the playhead is. */
  now: number
  onSeek: (seconds: number) => void
}

const HEIGHT = 118

/** One metric over time. Time is drawn by uPlot; the playhead is a line over it, so that playing never redraws the chart. */
export function Chart({ series, until, duration, now, onSeek }: ChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const seek = useRef(onSeek)
  const { resolved } = useTheme()
  useEffect(() => {
    seek.current = onSeek
  }, [onSeek])
  const { kind, unit } = series

  useEffect(() => {
    const element = host.current!
    const made = new uPlot(
      options(kind, unit, duration, element.clientWidth, readPalette(element)),
      [[0], [0]],
      element,
    )
    const onClick = (event: MouseEvent): void => {
      const left = event.clientX - made.over.getBoundingClientRect().left
      seek.current(made.posToVal(left, 'x'))
    }
    made.over.addEventListener('click', onClick)
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
    sizes.observe(element)
    plot.current = made
    return () => {
      sizes.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [kind, unit, duration, resolved])

  useEffect(() => {
    const [first, ...others] = statisticsOf(series).map((statistic) => pointsOf(series, statistic, until))
    plot.current?.setData([first!.x, first!.y, ...others.map((points) => points.y)])
  }, [series, until, duration, resolved])

  useEffect(() => {
    const made = plot.current
    if (made === null) return
    const line = made.over.querySelector<HTMLElement>('.mt-now') ?? made.over.appendChild(nowLine())
    line.style.transform = `translateX(${made.valToPos(Math.min(now, duration), 'x')}px)`
  })

  return <div className="mt-plot" ref={host} />
}

function nowLine(): HTMLElement {
  const line = document.createElement('div')
  line.className = 'mt-now'
  return line
}

function options(
  kind: Series['kind'],
  unit: Series['unit'],
  duration: number,
  width: number,
  palette: Palette,
): uPlot.Options {
  const axis = {
    stroke: palette.ink3,
    font: `10.5px ${palette.ui}`,
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
  }
  const y = (value: number): string =>
    unit === 'Milliseconds' ? (value >= 1_000 ? `${digits(value / 1_000)} s` : `${digits(value)} ms`) : digits(value)
  const main: uPlot.Series = {
    label: kind === 'count' ? 'Sum' : 'Average',
    stroke: palette.now,
    fill: kind === 'duration' ? 'transparent' : palette.nowSoft,
    width: 1.5,
    points: { show: kind === 'duration', size: 3, fill: palette.now },
    paths: uPlot.paths.stepped!({ align: 1 }),
  }
  const maximum: uPlot.Series = {
    label: 'Maximum',
    stroke: palette.ink2,
    width: 1,
    dash: [4, 3],
    points: { show: false },
    paths: uPlot.paths.stepped!({ align: 1 }),
  }
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    // half of the last time under the axis stands right of it
    padding: [6, 18, 0, 0],
    scales: {
      x: { time: false, range: [0, Math.max(1, duration)] },
      y: { range: (_, __, most) => [0, Math.max(1, most ?? 1) * 1.1] },
    },
    axes: [
      {
        ...axis,
        size: 20,
        space: 70,
        incrs: [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400],
        values: (_, ticks) => ticks.map((tick) => tickLabel(tick * 1_000_000, duration > 10 ? 1_000_000 : 100_000)),
      },
      { ...axis, size: 46, space: 26, values: (_, ticks) => ticks.map(y) },
    ],
    series: kind === 'count' ? [{}, main] : [{}, main, maximum],
  }
}
