import { PERCENTILES, type MetricKind, type Series } from '../model/recording'
import { MICROS } from '../model/units'

/** CloudWatch's statistics, and `Last`, the value of a gauge at the end. */
export type Stat =
  'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'SampleCount' | 'Last' | 'p50' | 'p90' | 'p95' | 'p99' | 'p99.9'

export const STATS: readonly Stat[] = [
  'Sum',
  'Average',
  'Maximum',
  'Minimum',
  'SampleCount',
  'Last',
  'p50',
  'p90',
  'p95',
  'p99',
  'p99.9',
]

/** Seconds [from, to). */
export interface Window {
  readonly from: number
  readonly to: number
}

const PERCENTILE: { readonly [stat: string]: number } = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, 'p99.9': 0.999 }

/** Why a series of this kind cannot give a statistic, in a sentence; null when it can. */
export function unavailable(kind: MetricKind, stat: Stat): string | null {
  if (stat.startsWith('p') && kind !== 'duration') return `${stat} exists for durations only`
  if (kind === 'count') return stat === 'Sum' || stat === 'SampleCount' ? null : `a count has no ${stat}; ask Sum`
  if (kind === 'duration') return stat === 'Last' ? 'only a level has a Last value; ask Sum or Average' : null
  return stat === 'Sum' || stat === 'SampleCount' ? `a level has no ${stat}; ask Average, Maximum or Last` : null
}

/** What a stored number is divided by. */
export const scaleOf = (kind: MetricKind, unit: Series['unit']): number =>
  kind !== 'duration' ? 1 : unit === 'Milliseconds' ? 1_000 : MICROS

/**
 * One statistic of a series in its own unit (durations in milliseconds or seconds as `unit` says), over the whole run or a
 * window of whole buckets. `until` is the end of the run (µs). A statistic the series cannot give is a sentence that says why.
 */
export function reading(series: Series, stat: Stat, until: number, window: Window | null): number | string {
  const { kind } = series
  const wrong = unavailable(kind, stat)
  if (wrong !== null) return wrong
  const totals = window === null ? whole(series, until) : within(series, window)
  if (typeof totals === 'string') return totals
  const unit = scaleOf(kind, series.unit)
  switch (stat) {
    case 'Sum':
      return totals.sum / unit
    case 'SampleCount':
      return totals.n
    case 'Average':
      return totals.n === 0 ? 0 : totals.sum / totals.n / unit
    case 'Maximum':
      return totals.max / unit
    case 'Minimum':
      return totals.min === null ? 'Minimum is known for the whole run only; leave out during' : totals.min / unit
    case 'Last':
      return window === null ? series.total.last : 'Last is known for the whole run only; leave out during'
    default: {
      if (window !== null) return `${stat} is known for the whole run only; leave out during`
      return (series.total.percentiles[PERCENTILES.findIndex((p) => p === PERCENTILE[stat])] ?? 0) / unit
    }
  }
}

/** `n`: what `sum` is divided by for a mean. */
interface Totals {
  readonly sum: number
  readonly n: number
  readonly max: number
  readonly min: number | null
}

function whole({ kind, total }: Series, until: number): Totals {
  return { sum: total.sum, n: kind === 'gauge' ? until / MICROS : total.n, max: total.max, min: total.min }
}

function within(series: Series, { from, to }: Window): Totals | string {
  const { bucketSeconds: width, kind } = series
  if (from % width !== 0 || to % width !== 0)
    return `this run is kept in buckets of ${width} s; during must lie on them`
  let sum = 0
  let n = 0
  let max = 0
  for (let bucket = from / width; bucket < Math.min(to / width, series.sum.length); bucket++) {
    sum += series.sum[bucket]!
    n += series.n[bucket]!
    max = Math.max(max, series.max[bucket]!)
  }
  return { sum, n: kind === 'gauge' ? to - from : kind === 'count' ? sum : n, max, min: null }
}
