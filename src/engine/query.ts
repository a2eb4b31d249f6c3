import type { CostLine, Series } from '../model/recording'
import type { Json, LogicalId, Scenario } from '../model/scenario'
import { MICROS, toMicros } from '../model/units'
import type { Content, Problem } from '../services/service'
import { METRIC_NAMES, METRICS } from './query-metrics'
import type { Metric, Over, Subject, Value, World } from './query-metrics/metric'
import { deployStatus } from './query-metrics/setup'
import { didYouMean } from './query-metrics/nearest'
import { ALIAS, behindAlias, ofVersion } from './query-metrics/versions'
import { ACCOUNT_ONLY } from './query-run/account'
import { qualified, selected } from './query-run/select'
import type { EventLog } from './query-run/log'
import { observe, type Observed, type ObserveOptions } from './query-run/observe'
import { planOf, windowKey, windowOf, type NeedsOf } from './query-run/plan'
import type { WindowTally } from './query-run/tap'
import type { QueueWaits } from './query-run/waits'
import { nameOf, QueryError, type MetricQuery } from './parse-queries'
import { reading, STATS, type Stat, type Window } from './reading'

export { parseQueries, QueryError, type MetricQuery } from './parse-queries'
export { METRIC_NAMES, METRICS } from './query-metrics'

export type MetricAnswer = MetricQuery & { readonly value: Json }

/** What there is to ask. What is optional is what a run was not watched for: windows then lie on whole buckets. */
export interface QuerySource {
  readonly scenario: Scenario
  readonly series: readonly Series[]
  readonly costs: readonly CostLine[]
  /** Simulated time the series cover (µs). */
  readonly until: number
  readonly contents?: readonly Content[]
  /** What the gate said about the document. */
  readonly problems?: readonly Problem[]
  readonly log?: EventLog
  readonly waits?: QueueWaits | null
  /** By `windowKey`. */
  readonly windows?: ReadonlyMap<string, WindowTally>
  /** Totals and levels of the series, by instant (µs). */
  readonly instants?: ReadonlyMap<number, Float64Array>
  readonly heldSince?: ((id: number) => number) | null
}

const needsOf: NeedsOf = (name, { where }) => {
  if (!Object.hasOwn(METRICS, name)) return []
  const { needs = [], needsWhere = {} } = METRICS[name]!
  return [...needs, ...Object.keys(where ?? {}).flatMap((key) => needsWhere[key] ?? [])]
}

/** Runs a scenario and answers queries about it exactly, whatever windows and instants they name. `problems`: what the gate said. */
export function ask(
  queries: readonly MetricQuery[],
  scenario: Scenario,
  options: ObserveOptions & { readonly problems?: readonly Problem[] } = {},
): MetricAnswer[] {
  // each alone first, so that the message of a bad one says which it is
  numbered(queries, (query) => planOf([query], needsOf))
  const plan = planOf(queries, needsOf)
  const end = options.untilIdle === true ? Infinity : toMicros(scenario.duration)
  for (const time of [...plan.instants, ...plan.windows.flatMap(({ from, to }) => (to === Infinity ? [from] : [to]))])
    if (time > end) throw new QueryError(`${time / MICROS} s lies beyond the end of the run at ${end / MICROS} s`)
  return answer(queries, sourceOf(observe(scenario, plan, options), scenario, options.problems))
}

/** Answers about a document that was refused and did not run: `deploy.status`; nothing else came about (null). */
export const answerRefused = (queries: readonly MetricQuery[], problems: readonly Problem[]): MetricAnswer[] =>
  queries.map((query) => ({
    ...query,
    value: query.m === 'deploy.status' ? deployStatus(problems, query) : null,
  }))

function sourceOf(observed: Observed, scenario: Scenario, problems?: readonly Problem[]): QuerySource {
  const { run, ...noted } = observed
  return {
    scenario,
    costs: run.costs(),
    contents: run.contents(),
    until: run.progress().until,
    ...noted,
    ...(problems === undefined ? {} : { problems }),
  }
}

/** Answers queries in their order. Throws QueryError for a metric, resource, statistic or window that does not exist. */
export function answer(queries: readonly MetricQuery[], source: QuerySource): MetricAnswer[] {
  const world: World = {
    scenario: source.scenario,
    series: source.series,
    costs: source.costs,
    contents: source.contents ?? [],
    log: source.log ?? null,
    waits: source.waits ?? null,
    problems: source.problems ?? null,
    until: source.until / MICROS,
  }
  return numbered(queries, (query) => ({ ...query, value: valueOf(query, source, world) }))
}

/** Says which of several queries is wrong. */
function numbered<T>(queries: readonly MetricQuery[], work: (query: MetricQuery) => T): T[] {
  return queries.map((query, index) => {
    try {
      return work(query)
    } catch (error) {
      if (error instanceof QueryError && queries.length > 1)
        throw new QueryError(`query ${index + 1}: ${error.message}`)
      throw error
    }
  })
}

function valueOf(asked: MetricQuery, source: QuerySource, world: World): Json {
  const query = qualified(asked, world.scenario)
  const metric = metricOf(query, source)
  const window = windowOf(query)
  if (window !== null && metric.windows === false)
    throw new QueryError(`${query.m} is known for the whole run only; leave out during`)
  checkWhere(query, metric)
  const { resources } = world.scenario
  if (query.of === undefined && metric.whole !== undefined) return plain(metric.whole(world, query) ?? null)
  const ids = selected(query, world.scenario).filter(
    (id) => query.of !== undefined || metric.unnamed === undefined || metric.unnamed(resources[id]!.Type),
  )
  const values: [LogicalId, Exclude<Value, undefined>][] = []
  for (const id of ids) {
    const value = metric.value(subjectOf(id, query, window, source, world))
    if (value !== undefined) values.push([id, value])
  }
  if (values.length === 0) {
    // none of a kind have none of it
    const group = query.of === undefined || ids.length === 0
    const none = metric.none ?? (group && metric.unit === 'count' ? 0 : undefined)
    if (none !== undefined) return query.each === true ? {} : none
    throw new QueryError(`${query.m} is not measured on ${query.of ?? 'any resource'}${measured(query.of, source)}`)
  }
  if (query.each === true) return Object.fromEntries(values.map(([id, value]) => [id, plain(value, metric.over)]))
  return together(
    values.map(([, value]) => value),
    metric.over,
    query,
  )
}

type Known = Exclude<Value, undefined>

/** A value by itself: a ratio as its quotient. */
function plain(value: Known, over?: Over): Json {
  if (over !== 'ratio') return value as Json
  const [part, whole] = value as readonly [number, number]
  return whole === 0 ? 0 : part / whole
}

function together(values: readonly Known[], over: Over, { m, of }: MetricQuery): Json {
  if (values.length === 1) return plain(values[0]!, over)
  if (over === 'ratio') {
    const pairs = values as readonly (readonly [number, number])[]
    return plain(
      pairs.reduce<[number, number]>((sum, [part, whole]) => [sum[0] + part, sum[1] + whole], [0, 0]),
      over,
    )
  }
  if (over === 'only')
    throw new QueryError(
      `${m} has ${values.length} values for ${of ?? 'the whole scenario'}; name one resource, or ask each`,
    )
  if (over === 'list') return (values as readonly number[][]).flat().sort((x, y) => x - y)
  // a value that never came about (null) is worse than any that did
  if (values.includes(null)) return null
  const numbers = values as readonly number[]
  if (over === 'sum') return numbers.reduce((sum, value) => sum + value, 0)
  return numbers.reduce((best, value) => (over === 'max' ? Math.max(best, value) : Math.min(best, value)))
}

function metricOf(query: MetricQuery, source: QuerySource): Metric {
  const { stat } = query
  const { name } = nameOf(query)
  if (Object.hasOwn(METRICS, name)) {
    if (stat !== undefined)
      throw new QueryError(`${name} takes no stat; stat goes with CloudWatch names such as Duration`)
    return METRICS[name]!
  }
  const series = source.series.find((one) => one.name === name)
  if (series === undefined && ACCOUNT_ONLY.includes(name))
    throw new QueryError(`${name} needs a run that is watched for it`)
  if (series === undefined) {
    const names = [...new Set(source.series.map((one) => one.name))]
    throw new QueryError(
      `${name} is no metric.${didYouMean(name, [...METRIC_NAMES, ...names])} There are ${METRIC_NAMES.join(', ')}${names.length > 0 ? `, and in this run ${names.join(', ')}` : ''}`,
    )
  }
  const asked = stat ?? (series.kind === 'count' ? 'Sum' : 'Average')
  const named = STATS.find((one) => one.toLowerCase() === asked.toLowerCase())
  if (named === undefined) throw new QueryError(`stat ${asked} is unknown; there are ${STATS.join(', ')}`)
  const adds = named === 'Sum' || named === 'SampleCount'
  return {
    unit: series.unit,
    over: adds ? 'sum' : named === 'Minimum' ? 'min' : 'max',
    says: 'A series by its CloudWatch name.',
    ...(adds ? { where: ['version'] } : {}),
    value: (of) => (adds ? ofVersion(of, [name], of.where('version'), named) : of.read([name], named)),
  }
}

function checkWhere({ m, where }: MetricQuery, metric: Metric): void {
  if (where === undefined || metric.where === 'any') return
  const wrong = Object.keys(where).find((key) => !(metric.where ?? []).includes(key))
  if (wrong === undefined) return
  const may = metric.where === undefined ? 'takes no where' : `knows where ${metric.where.join(', ')}`
  throw new QueryError(`${m} ${may}, not ${wrong}`)
}

function subjectOf(
  id: LogicalId,
  query: MetricQuery,
  window: Window | null,
  source: QuerySource,
  world: World,
): Subject {
  const { series, until, windows, instants, log, heldSince } = source
  const place = (name: string, of: LogicalId = id): number =>
    series.findIndex((one) => one.resource === of && one.name === name)
  const read = (at: number, stat: Stat): number | string => {
    const tally = window === null ? undefined : windows?.get(windowKey(window))
    if (tally !== undefined) return tally.read(at, series[at]!, stat)
    if (window !== null && window.to !== Infinity && window.to > until / MICROS)
      return `during must lie within 0 and ${until / MICROS}`
    return reading(series[at]!, stat, until, window)
  }
  const known = (name: string, of: LogicalId, stat: Stat): number => {
    const value = read(place(name, of), stat)
    if (typeof value === 'string') throw new QueryError(`${name} of ${of}: ${value}`)
    return value
  }
  /** Of an alias what its versions did. Only sums add up. */
  const behind = (name: string, of: LogicalId, stat: Stat): number | undefined => {
    if (world.scenario.resources[of]?.Type !== ALIAS) return undefined
    const called = (one: LogicalId): number => series[place('Invocations', one)]?.total.sum ?? 0
    const versions = behindAlias(world.scenario, of, called)?.filter((one) => place(name, one) >= 0) ?? []
    if (versions.length === 0 || (versions.length > 1 && stat !== 'Sum' && stat !== 'SampleCount')) return undefined
    return versions.reduce((sum, one) => sum + known(name, one, stat), 0)
  }
  const inWindow = (at: number): boolean => window === null || (at >= window.from && at < window.to)
  return {
    id,
    resource: world.scenario.resources[id] ?? { Type: 'AWS::Account' },
    query,
    world,
    window,
    read(names, stat, of = id) {
      for (const name of names) {
        const at = place(name, of)
        if (at >= 0) return known(name, of, stat)
        const sum = behind(name, of, stat)
        if (sum !== undefined) return sum
      }
      return undefined
    },
    has: (name, of = id) => place(name, of) >= 0,
    at(names) {
      const { at } = nameOf(query)
      const values = at === null ? undefined : instants?.get(toMicros(at))
      if (values === undefined) throw new QueryError(`${query.m} needs a run that is watched for it`)
      for (const name of names) if (place(name) >= 0) return values[place(name)]
      return undefined
    },
    heldSince(name) {
      const at = place(name)
      return at < 0 ? undefined : heldSince?.(at)
    },
    where: (key) => query.where?.[key],
    inWindow,
    rows: (topic) => (log?.rows(topic) ?? []).filter(({ resource, at }) => resource === id && inWindow(at)),
  }
}

function measured(of: string | undefined, { series }: QuerySource): string {
  const names = series.filter(({ resource }) => resource === of).map(({ name }) => name)
  return names.length === 0 ? '' : `, which has ${names.join(', ')}`
}
