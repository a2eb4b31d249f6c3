import type { CostLine, Series } from '../model/recording'
import { MICROS } from '../model/units'
import { addsUp, METRIC_NAMES, METRICS, type Metric, type ResourceSeries } from './query-metrics'
import { QueryError, type MetricQuery } from './parse-queries'
import { reading, type Stat, type Window } from './reading'

export { parseQueries, QueryError, type MetricQuery } from './parse-queries'

export type MetricAnswer = MetricQuery & { readonly value: number | { [id: string]: number } }

/** What there is to ask. */
export interface QuerySource {
  readonly series: readonly Series[]
  readonly costs: readonly CostLine[]
  /** Simulated time the series cover (µs). */
  readonly until: number
  /** CloudFormation type by resource id. */
  readonly types: { readonly [id: string]: string }
}

/** Answers queries in their order. Throws QueryError for a metric, resource, statistic or window that does not exist. */
export function answer(queries: readonly MetricQuery[], source: QuerySource): MetricAnswer[] {
  return queries.map((query, index) => {
    try {
      return { ...query, value: valueOf(query, source) }
    } catch (error) {
      if (error instanceof QueryError && queries.length > 1)
        throw new QueryError(`query ${index + 1}: ${error.message}`)
      throw error
    }
  })
}

function valueOf(query: MetricQuery, source: QuerySource): number | { [id: string]: number } {
  const { metric, adds } = metricOf(query, source)
  const window = windowOf(query, source.until)
  const values: [string, number][] = []
  for (const id of selected(query.of, source.types)) {
    const value = metric(seriesOf(id, source, window))
    if (value !== undefined) values.push([id, value])
  }
  if (values.length === 0) {
    // nothing costs anything: that is a total of 0, not an unknown metric
    if (query.m.startsWith('cost.') || query.m === 'gbSeconds') return query.each === true ? {} : 0
    throw new QueryError(`${query.m} is not measured on ${query.of ?? 'any resource'}${measured(query.of, source)}`)
  }
  if (query.each === true) return Object.fromEntries(values)
  const numbers = values.map(([, value]) => value)
  return adds
    ? numbers.reduce((sum, value) => sum + value, 0)
    : numbers.reduce((most, value) => (value > most ? value : most))
}

function metricOf({ m, stat }: MetricQuery, source: QuerySource): { metric: Metric; adds: boolean } {
  const known = Object.hasOwn(METRICS, m) ? METRICS[m] : undefined
  if (known !== undefined) {
    if (stat !== undefined) throw new QueryError(`${m} takes no stat; stat goes with CloudWatch names such as Duration`)
    return { metric: known, adds: addsUp(m) }
  }
  const series = source.series.find(({ name }) => name === m)
  if (series === undefined) {
    const names = [...new Set(source.series.map(({ name }) => name))]
    throw new QueryError(
      `${m} is no metric; there are ${METRIC_NAMES.join(', ')}${names.length > 0 ? `, and in this run ${names.join(', ')}` : ''}`,
    )
  }
  const asked = stat ?? (series.kind === 'count' ? 'Sum' : 'Average')
  const named = STATS.find((name) => name.toLowerCase() === asked.toLowerCase())
  if (named === undefined) throw new QueryError(`stat ${asked} is unknown; there are ${STATS.join(', ')}`)
  return { metric: (of) => of.read([m], named), adds: named === 'Sum' || named === 'SampleCount' }
}

const STATS: readonly Stat[] = [
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

function seriesOf(id: string, { series, costs, until }: QuerySource, window: Window | null): ResourceSeries {
  return {
    read(names, stat) {
      for (const name of names) {
        const found = series.find((one) => one.resource === id && one.name === name)
        if (found === undefined) continue
        const value = reading(found, stat, until, window)
        if (typeof value === 'string') throw new QueryError(`${name} of ${id}: ${value}`)
        return value
      }
      return undefined
    },
    has: (name) => series.some((one) => one.resource === id && one.name === name),
    costs(unit) {
      if (window !== null) throw new QueryError('money is known for the whole run only; leave out during')
      const lines = costs.filter((line) => line.resource === id && (unit === undefined || unit.test(line.unit)))
      if (lines.length === 0) return undefined
      return lines.reduce((sum, line) => sum + (unit === undefined ? line.usd : line.quantity), 0)
    },
  }
}

function selected(of: string | undefined, types: QuerySource['types']): string[] {
  const ids = Object.keys(types)
  if (of === undefined) return ids
  if (Object.hasOwn(types, of)) return [of]
  const kind = of === 'vpc' ? 'vpc' : of.startsWith('kind:') ? of.slice('kind:'.length).toLowerCase() : null
  const found =
    kind === null
      ? []
      : ids.filter((id) => {
          const type = types[id]!.toLowerCase()
          return type === kind || type.split('::').includes(kind)
        })
  if (found.length === 0)
    throw new QueryError(`there is no ${of}; the scenario has ${ids.join(', ') || 'no resources'}`)
  return found
}

function windowOf({ during }: MetricQuery, until: number): Window | null {
  if (during === undefined) return null
  const [from, to] = during.map((time) =>
    typeof time === 'number' ? time : /^\d+(\.\d+)?s$/.test(time) ? Number.parseFloat(time) : NaN,
  )
  if (from === undefined || to === undefined || !(from >= 0 && to > from && to <= until / MICROS)) {
    throw new QueryError(`during must be [t0, t1) in seconds within 0 and ${until / MICROS}`)
  }
  return { from, to }
}

function measured(of: string | undefined, { series }: QuerySource): string {
  const names = series.filter(({ resource }) => resource === of).map(({ name }) => name)
  return names.length === 0 ? '' : `, which has ${names.join(', ')}`
}
