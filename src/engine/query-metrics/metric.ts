import type { CostLine, Series } from '../../model/recording'
import type { Json, LogicalId, Resource, Scenario } from '../../model/scenario'
import type { Content, Problem } from '../../services/service'
import type { EventLog, LoggedRow, Topic } from '../query-run/log'
import type { Need } from '../query-run/plan'
import type { QueueWaits } from '../query-run/waits'
import type { MetricQuery } from '../parse-queries'
import type { Stat, Window } from '../reading'
import { statOfVersion } from './versions'

/** A finished run, as metrics read it. */
export interface World {
  /** With every default filled in. */
  readonly scenario: Scenario
  readonly series: readonly Series[]
  readonly costs: readonly CostLine[]
  readonly contents: readonly Content[]
  readonly log: EventLog | null
  /** Null for a run that was not watched for it. */
  readonly waits: QueueWaits | null
  /** What the gate says about the document; only the command line knows. */
  readonly problems: readonly Problem[] | null
  /** End of the run (s). */
  readonly until: number
}

/** One resource a query is about. */
export interface Subject {
  readonly id: LogicalId
  readonly resource: Resource
  readonly query: MetricQuery
  readonly world: World
  readonly window: Window | null
  /** Reads the first of these series that the resource, or another one, has. */
  read(names: readonly string[], stat: Stat, id?: LogicalId): number | undefined
  has(name: string, id?: LogicalId): boolean
  /** A level at the query's instant. */
  at(names: readonly string[]): number | undefined
  /** Since when (s) a gauge has its present value. */
  heldSince(name: string): number | undefined
  /** Value of a key of `where`. */
  where(key: string): Json | undefined
  inWindow(at: number): boolean
  /** Rows of a topic at this resource, within the window. */
  rows(topic: Topic): readonly LoggedRow[]
}

/** How the values of several resources become one: `ratio` adds parts and wholes, `only` wants a single resource to have one. */
export type Over = 'sum' | 'max' | 'min' | 'ratio' | 'only' | 'list'

/** Value of one resource; undefined when it measures no such thing. A ratio says [part, whole]. */
export type Value = Json | readonly [part: number, whole: number] | undefined

export interface Metric {
  /** Of the answer: `count`, `s`, `USD`, ... */
  readonly unit: string
  readonly over: Over
  /** What it adds up, for the list of metrics and for readers of this file. */
  readonly says: string
  /** Keys `where` may have; `any` for paths into contents. */
  readonly where?: readonly string[] | 'any'
  /** What the run has to note for it, besides its series. */
  readonly needs?: readonly Need[]
  /** What it has to note besides when `where` has a key. */
  readonly needsWhere?: { readonly [key: string]: readonly Need[] }
  /** Types that are asked when nothing is named; default all that have a value. */
  readonly unnamed?: (type: string) => boolean
  /** Whether it is known for windows (default yes). */
  readonly windows?: boolean
  /** The answer when no resource has a value: 0 for money, which nothing costs. Absent: the query is wrong. */
  readonly none?: number
  value(of: Subject): Value
  /** The answer when nothing is named, for what concerns the whole document. */
  whole?(world: World, query: MetricQuery): Value
}

export type Metrics = { readonly [name: string]: Metric }

type Options = Partial<Pick<Metric, 'where' | 'needs' | 'needsWhere' | 'unnamed' | 'windows' | 'none'>>

/** A count: several add up. */
export const count = (says: string, value: Metric['value'], options: Options = {}): Metric => ({
  unit: 'count',
  over: 'sum',
  says,
  value,
  ...options,
})

/** [part, whole] in the range 0 to 1; 0 when there was nothing. */
export const ratio = (says: string, value: Metric['value'], options: Options = {}): Metric => ({
  unit: 'ratio',
  over: 'ratio',
  says,
  value,
  ...options,
})

/** Sum of the first series of these names that the resource has. */
export const sumOf =
  (...names: string[]): Metric['value'] =>
  (of) =>
    of.read(names, 'Sum')

const STATISTICS: { readonly [name: string]: Stat } = {
  mean: 'Average',
  max: 'Maximum',
  min: 'Minimum',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  'p99.9': 'p99.9',
}

/** `.mean .max .min .p50 .p90 .p95 .p99 .p99.9` of a duration, in seconds. `otherwise` is asked where there is no such series. */
export function seconds(
  prefix: string,
  says: string,
  names: readonly string[],
  otherwise?: (of: Subject, stat: Stat) => number | undefined,
  needs: (stat: Stat) => readonly Need[] = () => [],
  options: Pick<Options, 'where'> = {},
): Metrics {
  return Object.fromEntries(
    Object.entries(STATISTICS).map(([name, stat]): [string, Metric] => [
      `${prefix}.${name}`,
      {
        unit: 's',
        over: name === 'min' ? 'min' : 'max',
        says,
        needs: needs(stat),
        ...options,
        value(of) {
          const version = of.where('version')
          const milliseconds = version === undefined ? of.read(names, stat) : statOfVersion(of, names, version, stat)
          return milliseconds === undefined ? otherwise?.(of, stat) : milliseconds / 1_000
        },
      },
    ]),
  )
}

/** `.max .mean .min .last .at` of a level. Several resources: the largest, but what they have at one instant adds up. */
export function level(prefix: string, says: string, ...names: string[]): Metrics {
  const of =
    (stat: Stat): Metric['value'] =>
    (subject) =>
      subject.read(names, stat)
  return {
    [`${prefix}.max`]: { unit: 'count', over: 'max', says, value: of('Maximum') },
    [`${prefix}.mean`]: { unit: 'count', over: 'max', says, value: of('Average') },
    [`${prefix}.min`]: { unit: 'count', over: 'min', says, value: of('Minimum') },
    [`${prefix}.last`]: { unit: 'count', over: 'sum', says, value: of('Last') },
    [`${prefix}.at`]: { unit: 'count', over: 'sum', says, value: (subject) => subject.at(names), windows: false },
  }
}
