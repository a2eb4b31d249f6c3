import type { LogicalId, Scenario } from '../../model/scenario'
import { integer, properties, refs, text } from '../../network/read'
import { metricOf, type MetricName } from '../metric-name'

export const ALARM = 'AWS::CloudWatch::Alarm'

export const OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
] as const
export const TREATMENTS = ['missing', 'notBreaching', 'breaching', 'ignore'] as const

export interface AlarmSettings {
  /** Null: there is no such resource. */
  readonly metric: MetricName | null
  /** s */
  readonly period: number
  /** Data points that are looked at, and how many of them must be beyond the threshold. */
  readonly periods: number
  readonly points: number
  readonly threshold: number
  readonly operator: (typeof OPERATORS)[number]
  readonly missing: (typeof TREATMENTS)[number]
  /** Scaling policies. */
  readonly actions: readonly LogicalId[]
}

export function alarmSettings(id: LogicalId, scenario: Scenario): AlarmSettings {
  const from = properties(scenario.resources[id]!)
  const periods = integer(from['EvaluationPeriods']) ?? 1
  return {
    metric: metricOf(from['MetricName'], from['Dimensions'], scenario),
    period: integer(from['Period']) ?? 60,
    periods,
    points: integer(from['DatapointsToAlarm']) ?? periods,
    threshold: typeof from['Threshold'] === 'number' ? from['Threshold'] : 0,
    operator: (text(from['ComparisonOperator']) as AlarmSettings['operator'] | null) ?? OPERATORS[0],
    missing: (text(from['TreatMissingData']) as AlarmSettings['missing'] | null) ?? 'missing',
    actions: from['ActionsEnabled'] === false ? [] : refs(from['AlarmActions']),
  }
}

export function isBeyond(value: number, { operator, threshold }: AlarmSettings): boolean {
  if (operator === 'GreaterThanThreshold') return value > threshold
  if (operator === 'LessThanThreshold') return value < threshold
  return operator === 'LessThanOrEqualToThreshold' ? value <= threshold : value >= threshold
}
