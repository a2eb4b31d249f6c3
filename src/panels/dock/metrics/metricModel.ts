import type { Series } from '../../../model/recording'
import { digits, span } from '../../../state/run/clock'

export type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Samples'

/** Points of one statistic: `x` in s from the start of the run, `y` in `unit`. */
export interface Points {
  readonly x: number[]
  readonly y: (number | null)[]
}

/** Statistics that mean something for a kind of series; the first one is drawn filled. */
export function statisticsOf(series: Series): readonly Statistic[] {
  return series.kind === 'count' ? ['Sum'] : ['Average', 'Maximum']
}

/** More points than this are merged for drawing; the extremes survive. */
const MOST_POINTS = 600

/**
 * One value per bucket, as CloudWatch would show it. Durations are in ms. `until` (s) cuts the last bucket, so that the average of
 * a gauge is taken over the time that was simulated.
 */
export function pointsOf(series: Series, statistic: Statistic, until: number): Points {
  const { bucketSeconds, kind } = series
  const length = Math.max(series.sum.length, Math.min(Math.ceil(until / bucketSeconds), 1_000_000))
  const merged = Math.max(1, Math.ceil(length / MOST_POINTS))
  const x: number[] = []
  const y: (number | null)[] = []
  for (let from = 0; from < length; from += merged) {
    const to = Math.min(length, from + merged)
    x.push(from * bucketSeconds)
    y.push(
      kind === 'count'
        ? sum(series.sum, from, to)
        : statistic === 'Maximum'
          ? highest(series, from, to)
          : average(series, from, to, until),
    )
  }
  return { x, y }
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i++) total += values[i] ?? 0
  return total
}

function highest(series: Series, from: number, to: number): number | null {
  let most: number | null = null
  for (let i = from; i < to; i++) {
    if (series.kind === 'duration' && !(series.n[i]! > 0)) continue
    const value = (series.max[i] ?? 0) / (series.kind === 'duration' ? 1_000 : 1)
    if (most === null || value > most) most = value
  }
  return most
}

function average(series: Series, from: number, to: number, until: number): number | null {
  if (series.kind === 'duration') {
    const n = sum(series.n, from, to)
    return n > 0 ? sum(series.sum, from, to) / n / 1_000 : null
  }
  const seconds = Math.min(to * series.bucketSeconds, until) - from * series.bucketSeconds
  return seconds > 0 ? sum(series.sum, from, to) / seconds : null
}

/** One line of the table: what the run adds up to, exact. */
export interface MetricLine {
  readonly resource: string
  readonly name: string
  readonly sum: string
  readonly average: string
  readonly maximum: string
  readonly p50: string
  readonly p90: string
  readonly p99: string
}

const NONE = ''

/** `until` in s. */
export function metricLine(series: Series, until: number): MetricLine {
  const { resource, name, kind, total } = series
  const none = { resource, name, sum: NONE, average: NONE, maximum: NONE, p50: NONE, p90: NONE, p99: NONE }
  if (kind === 'count') return { ...none, sum: digits(total.n) }
  if (kind === 'gauge') {
    return { ...none, average: until > 0 ? digits(total.sum / until) : NONE, maximum: digits(Math.max(0, total.max)) }
  }
  if (total.n === 0) return { ...none, sum: '0' }
  const [p50 = 0, p90 = 0, , p99 = 0] = total.percentiles
  return {
    ...none,
    average: span(total.sum / total.n),
    maximum: span(total.max),
    p50: span(p50),
    p90: span(p90),
    p99: span(p99),
  }
}

/** The one number beside a chart's title. */
export function headline(series: Series, until: number): string {
  const line = metricLine(series, until)
  if (series.kind === 'count') return line.sum
  if (series.kind === 'gauge') return `${line.maximum || '0'} max`
  return line.p99 ? `p50 ${line.p50} · p99 ${line.p99}` : 'none'
}
