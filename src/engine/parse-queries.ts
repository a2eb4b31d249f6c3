import type { Json } from '../model/scenario'

/** A query that cannot be answered; the message names the place and the remedy. */
export class QueryError extends Error {}

export type Time = number | string

/**
 * A question about a run in the check language (learning-design.md 7.3): `{"m": "coldStarts", "of": "Fn"}`.
 * `m` is a name of `METRICS`, or any CloudWatch name of the run's series, then with `stat`.
 */
export interface MetricQuery {
  readonly m: string
  /**
   * Resource id, `kind:lambda` (a service, or a CloudFormation type), `tag:network` (a category of the palette), or `vpc` for all VPCs.
   * Absent: everything. Several add up counts and take the largest otherwise; versions and aliases count in their function.
   */
  readonly of?: string
  /** For CloudWatch names: `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount`, `Last`, `p50`, `p90`, `p95`, `p99`, `p99.9`. */
  readonly stat?: string
  /** Which of them: what may stand here depends on the metric, `{"type": "Sandbox.Timedout"}` for errors. */
  readonly where?: { readonly [key: string]: Json }
  /** [t0, t1): seconds, as numbers or with a unit (`"120s"`, `"2m"`, `"1h"`). `"end"` is the end of the run. */
  readonly during?: readonly [Time, Time]
  /** The instant of `concurrency.at` and its like, after all that happens at it; also written `concurrency.at(30s)`. */
  readonly at?: Time
  /** Dotted path into what was found, for `record` and `state`. */
  readonly field?: string
  /** Answers an object of values by resource id in place of one value. */
  readonly each?: boolean
}

/** Reads queries from JSON text. Throws QueryError that names what is wrong. */
export function parseQueries(text: string): MetricQuery[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new QueryError('the query is not JSON; it looks like [{"m":"coldStarts","of":"Fn"}]')
  }
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.map((query, index) => {
    const problem = badQuery(query)
    if (problem !== null) throw new QueryError(`query ${index + 1}: ${problem}`)
    return query as MetricQuery
  })
}

const isTime = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string'
const KEYS: { readonly [key: string]: readonly [test: (value: unknown) => boolean, must: string] } = {
  m: [(value) => typeof value === 'string', 'must be a string'],
  of: [(value) => typeof value === 'string', 'must be a string'],
  stat: [(value) => typeof value === 'string', 'must be a string'],
  field: [(value) => typeof value === 'string', 'must be a string, a dotted path'],
  each: [(value) => typeof value === 'boolean', 'must be true or false'],
  at: [isTime, 'must be a time, in seconds'],
  during: [(value) => Array.isArray(value) && value.length === 2 && value.every(isTime), 'must be [t0, t1], seconds'],
  where: [
    (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
    'must be an object such as {"type":"Sandbox.Timedout"}',
  ],
}

function badQuery(query: unknown): string | null {
  if (query === null || typeof query !== 'object' || Array.isArray(query))
    return 'must be an object such as {"m":"coldStarts","of":"Fn"}'
  for (const [key, value] of Object.entries(query)) {
    const rule = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
    if (rule === undefined) return `${key} is not understood; a query has ${Object.keys(KEYS).join(', ')}`
    if (!rule[0](value)) return `${key} ${rule[1]}`
  }
  return 'm' in query ? null : 'm, the metric, is missing'
}

const UNITS: { readonly [unit: string]: number } = { ms: 0.001, s: 1, m: 60, min: 60, h: 3_600, d: 86_400 }

/** Seconds of a time, Infinity for the end of the run, NaN for what is none. */
export function secondsOf(time: Time): number {
  if (typeof time === 'number') return time
  if (time === 'end' || time === '∞' || time === 'idle') return Infinity
  const parts = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h|d)?$/.exec(time)
  return parts === null ? NaN : Number(parts[1]) * (UNITS[parts[2] ?? 's'] ?? NaN)
}

/** The metric's name, and its instant (s) when it is asked at one: `concurrency.at(30s)` is `concurrency.at` with `at: "30s"`. */
export function nameOf({ m, at }: MetricQuery): { readonly name: string; readonly at: number | null } {
  const written = /^([\w.]+\.at)\((.*)\)$/.exec(m)
  const name = written?.[1] ?? m
  const time = written?.[2]?.trim() ?? at
  if (!name.endsWith('.at') || name === 'record.at') return { name, at: null }
  if (time === undefined) throw new QueryError(`${name} needs an instant: "at": "30s"`)
  const seconds = secondsOf(time)
  if (!(seconds >= 0)) throw new QueryError(`${time} is no instant; it is seconds from the start, such as 30 or "30s"`)
  return { name, at: seconds }
}
