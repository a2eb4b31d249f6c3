import type { Json, LogicalId, Scenario } from '../../model/scenario'
import { integer, list, object, properties, text } from '../../network/read'
import { metricOf, type MetricName } from '../metric-name'
import { parseFormula } from './metric-math'
import { GROUP, groupOf, numberOf, sizesIn, type Sizes } from './settings'

/** What a target tracking policy follows: metrics by id, and what is computed from them. `cpu`: the predefined one. */
export type Followed =
  | { readonly kind: 'cpu' }
  | {
      readonly kind: 'math'
      readonly metrics: readonly { readonly id: string; readonly of: MetricName | null }[]
      /** Expressions in the order they are computed; the last one is the result. */
      readonly formulas: readonly { readonly id: string; readonly text: string }[]
      /** Id of the metric or formula that is returned. */
      readonly result: string
    }

export interface Adjustment {
  readonly type: 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity'
  readonly least: number
}
export interface Step {
  readonly lower: number
  readonly upper: number
  readonly by: number
}

interface PolicyBase {
  readonly id: LogicalId
  readonly group: LogicalId
}
export type Policy = PolicyBase &
  (
    | {
        readonly kind: 'tracking'
        readonly target: number
        readonly scalesIn: boolean
        readonly followed: Followed
        readonly warmup: number | null
      }
    | {
        readonly kind: 'step'
        readonly steps: readonly Step[]
        readonly adjustment: Adjustment
        readonly warmup: number | null
      }
    | {
        readonly kind: 'simple'
        readonly by: number
        readonly adjustment: Adjustment
        readonly cooldown: number | null
      }
  )

/** Null: it belongs to no group. */
export function policyOf(id: LogicalId, scenario: Scenario): Policy | null {
  const resource = scenario.resources[id]!
  const from = properties(resource)
  const group = groupOf(resource)
  if (group === null || scenario.resources[group]?.Type !== GROUP) return null
  const warmup = integer(from['EstimatedInstanceWarmup'])
  const adjustment: Adjustment = {
    type: (text(from['AdjustmentType']) as Adjustment['type'] | null) ?? 'ChangeInCapacity',
    least: integer(from['MinAdjustmentMagnitude']) ?? 0,
  }
  const type = text(from['PolicyType']) ?? 'SimpleScaling'
  if (type === 'TargetTrackingScaling') {
    const config = object(from['TargetTrackingConfiguration'])
    return {
      id,
      group,
      kind: 'tracking',
      target: numberOf(config['TargetValue']) ?? 1,
      scalesIn: config['DisableScaleIn'] !== true,
      followed: followedOf(object(config['CustomizedMetricSpecification']), scenario),
      warmup,
    }
  }
  if (type === 'StepScaling') {
    const steps = list(from['StepAdjustments']).map((entry): Step => {
      const step = object(entry)
      return {
        lower: numberOf(step['MetricIntervalLowerBound']) ?? -Infinity,
        upper: numberOf(step['MetricIntervalUpperBound']) ?? Infinity,
        by: integer(step['ScalingAdjustment']) ?? 0,
      }
    })
    return { id, group, kind: 'step', steps, adjustment, warmup }
  }
  const by = integer(from['ScalingAdjustment']) ?? 0
  return { id, group, kind: 'simple', by, adjustment, cooldown: integer(from['Cooldown']) }
}

function followedOf(custom: { readonly [name: string]: Json }, scenario: Scenario): Followed {
  const entries = list(custom['Metrics']).map(object)
  if (entries.length === 0) {
    const of = metricOf(custom['MetricName'], custom['Dimensions'], scenario)
    if (text(custom['MetricName']) === null) return { kind: 'cpu' }
    return { kind: 'math', metrics: [{ id: 'm', of }], formulas: [], result: 'm' }
  }
  const idOf = (entry: { readonly [name: string]: Json }): string => text(entry['Id']) ?? ''
  const metrics = entries.flatMap((entry) => {
    const metric = object(object(entry['MetricStat'])['Metric'])
    if (entry['Expression'] !== undefined) return []
    return [{ id: idOf(entry), of: metricOf(metric['MetricName'], metric['Dimensions'], scenario) }]
  })
  const formulas = entries.flatMap((entry) => {
    const expression = text(entry['Expression'])
    return expression === null ? [] : [{ id: idOf(entry), text: expression }]
  })
  const returned = entries.find((entry) => entry['ReturnData'] !== false) ?? entries.at(-1)!
  return { kind: 'math', metrics, formulas, result: idOf(returned) }
}

/** A function of the data points of `metrics`; formulas may use those before them. Null where an expression is none. */
export function followedValue(
  followed: Extract<Followed, { kind: 'math' }>,
): ((points: readonly (number | null)[]) => number | null) | null {
  const formulas = followed.formulas.map(({ id, text: expression }) => ({ id, formula: parseFormula(expression) }))
  if (formulas.some(({ formula }) => formula === null)) return null
  return (points) => {
    const known = new Map(followed.metrics.map(({ id }, nth): [string, number | null] => [id, points[nth] ?? null]))
    for (const { id, formula } of formulas)
      known.set(
        id,
        formula!((name) => known.get(name) ?? null),
      )
    return known.get(followed.result) ?? null
  }
}

export interface Scheduled {
  readonly id: LogicalId
  readonly group: LogicalId
  /** UNIX cron. */
  readonly recurrence: string | null
  readonly zone: string
  readonly start: string | null
  readonly end: string | null
  readonly sizes: Sizes
}

export function scheduledOf(id: LogicalId, scenario: Scenario): Scheduled | null {
  const resource = scenario.resources[id]!
  const from = properties(resource)
  const group = groupOf(resource)
  if (group === null || scenario.resources[group]?.Type !== GROUP) return null
  return {
    id,
    group,
    recurrence: text(from['Recurrence']),
    zone: text(from['TimeZone']) ?? 'UTC',
    start: text(from['StartTime']),
    end: text(from['EndTime']),
    sizes: sizesIn(from),
  }
}
