/**
 * A question about a run in the check language (learning-design.md 7.3): `{"m": "coldStarts", "of": "Fn"}`.
 * `m` is a name of `METRICS`, or any CloudWatch name of the run's series, then with `stat`.
 */
export interface MetricQuery {
  readonly m: string
  /** Resource id, `kind:lambda`, or `vpc` for all VPCs. Absent: everything. Several add up counts and take the largest otherwise. */
  readonly of?: string
  /** For CloudWatch names: `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount`, `Last`, `p50`, `p90`, `p95`, `p99`, `p99.9`. */
  readonly stat?: string
  /** Seconds [t0, t1), as numbers or `"120s"`, on whole buckets of the series. */
  readonly during?: readonly [number | string, number | string]
  /** Answers an object of values by resource id in place of one value. */
  readonly each?: boolean
}
/** A query that cannot be answered; the message names the place and the remedy. */
export class QueryError extends Error {}

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

function badQuery(query: unknown): string | null {
  if (query === null || typeof query !== 'object' || Array.isArray(query))
    return 'must be an object such as {"m":"coldStarts","of":"Fn"}'
  for (const [key, value] of Object.entries(query)) {
    if (key === 'm' || key === 'of' || key === 'stat') {
      if (typeof value !== 'string') return `${key} must be a string`
    } else if (key === 'each') {
      if (typeof value !== 'boolean') return 'each must be true or false'
    } else if (key === 'during') {
      const pair =
        Array.isArray(value) &&
        value.length === 2 &&
        value.every((time) => typeof time === 'number' || typeof time === 'string')
      if (!pair) return 'during must be [t0, t1], seconds'
    } else return `${key} is not understood; a query has m, of, stat, during and each`
  }
  return 'm' in query ? null : 'm, the metric, is missing'
}
