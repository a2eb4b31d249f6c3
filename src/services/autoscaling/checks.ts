import { parseSchedule, zoneOffset } from '../../events/schedule'
import type { LogicalId, Scenario } from '../../model/scenario'
import { properties } from '../../network/read'
import { idsOf, pointer } from '../edit'
import type { Check, Problem } from '../service'
import { actionsOf, instantOf, limitsOf, policyOf, POLICY, provisionedOf, scaledBy, TARGET } from './settings'

/** Targets that AWS would refuse, or that scale nothing. */
const targets: Check = (scenario) => idsOf(TARGET, scenario).flatMap((id) => problemsOf(id, scenario))

function problemsOf(id: LogicalId, scenario: Scenario): Problem[] {
  const at = (...names: (string | number)[]): string => pointer(id, 'Properties', ...names)
  const { min, max } = limitsOf(id, scenario)
  const problems: Problem[] = []
  const error = (path: string, message: string): void => void problems.push({ severity: 'error', path, message })
  if (min !== null && max !== null && min > max)
    error(at('MinCapacity'), `The least capacity of ${id}, ${min}, is more than the most, ${max}. Lower it to ${max}.`)
  const scaled = scaledBy(id, scenario)
  if (scaled === null) {
    const named = String(properties(scenario.resources[id]!)['ResourceId'])
    error(
      at('ResourceId'),
      `${named} is no version and no alias here. Name one by its logical id or as function:Fn:live.`,
    )
  } else {
    const first = idsOf(TARGET, scenario).find((other) => scaledBy(other, scenario) === scaled)
    if (first !== id) error(at('ResourceId'), `${first} scales ${scaled} already. Keep one of them.`)
    problems.push(...unprovisioned(id, scaled, scenario))
  }
  actionsOf(id, scenario).forEach((action, nth) => {
    const { name, expression, zone, limits } = action
    const path = (...names: string[]): string => at('ScheduledActions', nth, ...names)
    const parsed = parseSchedule(expression, 'scheduler')
    if ('refused' in parsed) error(path('Schedule'), `Schedule of ${name}: ${parsed.refused}`)
    if (zoneOffset(zone) === null)
      error(path('Timezone'), `${zone} is no time zone. Name one of the IANA list, such as Europe/Berlin.`)
    for (const [property, date] of [
      ['StartTime', action.start],
      ['EndTime', action.end],
    ] as const)
      if (date !== null && instantOf(date) === null)
        error(path(property), `${date} is no date and time. Write 2026-11-20T08:00:00Z.`)
    if (limits.min === null && limits.max === null)
      error(path('ScalableTargetAction'), `${name} changes nothing. Set MinCapacity, MaxCapacity or both.`)
    else if (limits.min !== null && limits.max !== null && limits.min > limits.max)
      error(
        path('ScalableTargetAction', 'MinCapacity'),
        `The least capacity of ${name}, ${limits.min}, is more than the most, ${limits.max}.`,
      )
  })
  return problems
}

/** The metric of a policy has no data while nothing is provisioned. */
function unprovisioned(id: LogicalId, scaled: LogicalId, scenario: Scenario): Problem[] {
  if (provisionedOf(scaled, scenario) > 0) return []
  const { min } = limitsOf(id, scenario)
  if ((min ?? 0) > 0)
    return [
      {
        severity: 'info',
        path: pointer(id, 'Properties', 'MinCapacity'),
        message: `${scaled} has no provisioned concurrency of its own. ${min} are requested as the run begins and are ready a minute or two later (LAM-47).`,
      },
    ]
  if (actionsOf(id, scenario).length > 0) return []
  return [
    {
      severity: 'warning',
      path: pointer(id, 'Properties', 'ResourceId'),
      message: `${scaled} has no provisioned concurrency, so there is no utilisation to follow. Set its ProvisionedConcurrencyConfig, or MinCapacity of ${id} to 1 or more.`,
    },
  ]
}

/** Two policies that follow the same metric would pull at the same number. */
const policies: Check = (scenario) => {
  const first = new Map<LogicalId, LogicalId>()
  return idsOf(POLICY, scenario).flatMap((id): Problem[] => {
    const { target } = policyOf(id, scenario)
    if (target === null) return []
    const other = first.get(target)
    if (other === undefined) {
      first.set(target, id)
      return []
    }
    const path = pointer(id, 'Properties', 'ScalingTargetId')
    return [{ severity: 'error', path, message: `${other} follows the same metric of ${target}. Keep one of them.` }]
  })
}

export const checks: readonly Check[] = [targets, policies]
