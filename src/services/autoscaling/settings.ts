import { nextFires, parseSchedule, secondsOf, zoneOffset } from '../../events/schedule'
import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { idsOf, typeOf } from '../edit'
import type { Plan } from '../timetable'

export const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget'
export const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy'
export const ALIAS = 'AWS::Lambda::Alias'
export const VERSION = 'AWS::Lambda::Version'

/** The version or alias a target scales: by its logical id, or as AWS writes it, `function:Fn:live`. Null: there is none. */
export function scaledBy(target: LogicalId, scenario: Scenario): LogicalId | null {
  const resource = scenario.resources[target]
  const id = ref(resource === undefined ? undefined : properties(resource)['ResourceId'])
  if (id === null) return null
  const type = typeOf(id, scenario)
  if (type === ALIAS || type === VERSION) return id
  const [, fn, qualifier] = /^function:([^:]+):([^:]+)$/.exec(id) ?? []
  const found = [...idsOf(ALIAS, scenario), ...idsOf(VERSION, scenario)].find((it) => {
    const { Properties: own = {}, Behavior } = scenario.resources[it]!
    const owner = ref(own['FunctionName'])
    const named = owner === null ? undefined : scenario.resources[owner]?.Properties?.['FunctionName']
    const is = own['Name'] ?? Behavior?.['number']
    return (owner === fn || named === fn) && String(is ?? '') === qualifier
  })
  return found ?? null
}

/** What a version or alias asks for in the document; 0 for nothing. */
export const provisionedOf = (id: LogicalId, scenario: Scenario): number =>
  integer(
    object(properties(scenario.resources[id]!)['ProvisionedConcurrencyConfig'])['ProvisionedConcurrentExecutions'],
  ) ?? 0

export interface Limits {
  readonly min: number | null
  readonly max: number | null
}

const limitsIn = (from: JsonObject): Limits => ({
  min: integer(from['MinCapacity']),
  max: integer(from['MaxCapacity']),
})

export const limitsOf = (target: LogicalId, scenario: Scenario): Limits =>
  limitsIn(properties(scenario.resources[target]!))

export interface ScheduledAction {
  readonly name: string
  readonly expression: string
  readonly zone: string
  readonly start: string | null
  readonly end: string | null
  readonly limits: Limits
}

export const actionsOf = (target: LogicalId, scenario: Scenario): ScheduledAction[] =>
  list(properties(scenario.resources[target]!)['ScheduledActions']).map((it: Json): ScheduledAction => {
    const action = object(it)
    return {
      name: text(action['ScheduledActionName']) ?? '',
      expression: text(action['Schedule']) ?? '',
      zone: text(action['Timezone']) ?? 'UTC',
      start: text(action['StartTime']),
      end: text(action['EndTime']),
      limits: limitsIn(object(action['ScalableTargetAction'])),
    }
  })

/** Seconds since 1970 of `2026-11-20T08:00:00Z`; null when it is none. */
export const instantOf = (date: string): number | null => secondsOf(date.replace(/(\.\d{1,9})?Z$/, ''))

/** When a scheduled action is due; null: never, the checks say why. A `rate` counts from its StartTime, without one from the start of the run. */
export function planOf({ expression, zone, start, end }: ScheduledAction): Plan | null {
  const schedule = parseSchedule(expression, 'scheduler')
  const offset = zoneOffset(zone)
  if ('refused' in schedule || offset === null) return null
  const earliest = start === null ? null : instantOf(start)
  const latest = (end === null ? null : instantOf(end)) ?? Infinity
  return {
    next(after, first) {
      const early = earliest !== null && after < earliest
      const from = early ? earliest : after
      const inclusive = first || early
      let next: number | undefined
      if (schedule.kind !== 'rate') next = nextFires(schedule, { from, count: 1, inclusive, offset })[0]
      else if (earliest === null) next = after + schedule.every
      else
        next =
          inclusive && from === earliest
            ? earliest
            : earliest + schedule.every * (Math.floor((from - earliest) / schedule.every) + 1)
      return next !== undefined && next <= latest ? next : undefined
    },
  }
}

export interface Policy {
  readonly id: LogicalId
  readonly target: LogicalId | null
  /** Utilisation, 0.1 to 0.9. */
  readonly value: number
  /** Seconds. */
  readonly inCooldown: number
  readonly outCooldown: number
  readonly scalesIn: boolean
}

export function policyOf(id: LogicalId, scenario: Scenario): Policy {
  const from = properties(scenario.resources[id]!)
  const config = object(from['TargetTrackingScalingPolicyConfiguration'])
  const target = ref(from['ScalingTargetId'])
  return {
    id,
    target: typeOf(target, scenario) === TARGET ? target : null,
    value: typeof config['TargetValue'] === 'number' ? config['TargetValue'] : 0.7,
    inCooldown: integer(config['ScaleInCooldown']) ?? 0,
    outCooldown: integer(config['ScaleOutCooldown']) ?? 0,
    scalesIn: config['DisableScaleIn'] !== true,
  }
}
