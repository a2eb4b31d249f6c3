import { parseJsonPath } from '../../events/input/json-path'
import { parsePattern } from '../../events/parse-pattern'
import { PATTERN_QUOTA } from '../../events/pattern'
import { parseSchedule } from '../../events/schedule'
import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, properties, ref, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { uninvited } from '../invitations'
import type { Check, Problem } from '../service'
import { busProblems, callableProblems } from './bus-checks'
import { archiveProblems } from './archive/checks'
import { subscriberProblems } from './custom/checks'
import { loopProblems } from './loops'
import { kindProblems, sameIds } from './target-checks'
import { BUS, MAX_TARGETS, PRINCIPAL, RULE, ruleOf, TARGET_ACTIONS, targetEntries, targetOf } from './settings'

const NOTHING: Resource = { Type: '' }

/** Rules that AWS would refuse, or that never deliver. */
export function ruleProblems(scenario: Scenario): Problem[] {
  return idsOf(RULE, scenario).flatMap((id) => [
    ...patternProblems(id, scenario),
    ...scheduleProblems(id, scenario),
    ...targetProblems(id, scenario),
  ])
}

function scheduleProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const expression = text(properties(scenario.resources[id]!)['ScheduleExpression'])
  if (expression === null) return []
  const path = pointer(id, 'Properties', 'ScheduleExpression')
  const schedule = parseSchedule(expression, 'rule')
  if ('refused' in schedule)
    return [{ severity: 'error', path, message: `Parameter ScheduleExpression is not valid. ${schedule.refused}` }]
  const { bus } = ruleOf(id, scenario)
  const on = bus === null ? undefined : scenario.resources[bus]
  const name = on === undefined ? null : text(properties(on)['Name'])
  if (bus === null || name === 'default') return []
  return [
    {
      severity: 'error',
      path,
      message: `ScheduleExpression is supported only on the default event bus (EB-63). Give ${bus} the Name default, or move the rule there.`,
      fix: {
        title: `Name ${bus} default`,
        patches: [{ op: 'add', path: pointer(bus, 'Properties', 'Name'), value: 'default' }],
      },
    },
  ]
}

function patternProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const { pattern } = ruleOf(id, scenario)
  const path = pointer(id, 'Properties', 'EventPattern')
  if (pattern === null) {
    if (properties(scenario.resources[id]!)['ScheduleExpression'] !== undefined) return []
    return [
      {
        severity: 'error',
        path: pointer(id),
        message: `${id} has neither EventPattern nor ScheduleExpression. Add one, such as EventPattern {"source": ["orders"]}.`,
      },
    ]
  }
  const parsed = parsePattern(pattern)
  if (parsed.ok) return lengthProblems(id, JSON.stringify(pattern).length, path)
  return [
    { severity: 'error', path: path + parsed.path, message: `The pattern of ${id} cannot be used: ${parsed.reason}.` },
  ]
}

function lengthProblems(id: LogicalId, characters: number, path: string): Problem[] {
  const { usual, most } = PATTERN_QUOTA
  if (characters <= usual) return []
  const message =
    characters > most
      ? `The pattern of ${id} has ${characters} characters. EventBridge takes at most ${most}. Split it into two rules.`
      : `The pattern of ${id} has ${characters} characters. AWS grants ${usual} unless the quota is raised (to ${most} at most).`
  return [{ severity: characters > most ? 'error' : 'warning', path, message }]
}

function targetProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const { bus } = ruleOf(id, scenario)
  const entries = targetEntries(scenario.resources[id]!)
  const problems: Problem[] = []
  const path = pointer(id, 'Properties', 'Targets')
  if (bus === null || (typeOf(bus, scenario) !== null && typeOf(bus, scenario) !== BUS)) {
    const at = pointer(id, 'Properties', 'EventBusName')
    problems.push({
      severity: 'error',
      path: at,
      message: `${id} listens to no bus. Set EventBusName to an event bus.`,
    })
  }
  if (entries.length === 0) {
    problems.push({
      severity: 'info',
      path,
      message: `${id} has no target: what it matches goes nowhere. Draw a wire from it.`,
    })
  }
  if (entries.length > MAX_TARGETS) {
    const message = `${id} has ${entries.length} targets. A rule may have ${MAX_TARGETS}. Move the rest to a second rule with the same pattern.`
    problems.push({ severity: 'error', path, message })
  }
  problems.push(...sameIds(id, entries, path))
  entries.forEach((entry, index) => {
    const to = ref(entry['Arn'])
    const type = typeOf(to, scenario)
    const at = pointer(id, 'Properties', 'Targets', index, 'Arn')
    if (type !== null && TARGET_ACTIONS[type] === undefined) {
      problems.push({
        severity: 'error',
        path: at,
        message: `A rule cannot deliver to ${to}. Targets are functions, queues, topics, streams, delivery streams and buses.`,
      })
    }
    if (to !== null && type !== null && TARGET_ACTIONS[type] === 'lambda:InvokeAsync')
      problems.push(...uninvited(scenario, to, { service: PRINCIPAL, source: id }, at))
    const target = targetOf(entry, scenario)
    if (bus !== null && target !== null) problems.push(...callableProblems(id, bus, target, at, scenario))
    const keyPath = text(object(entry['KinesisParameters'])['PartitionKeyPath'])
    if (keyPath !== null && parseJsonPath(keyPath) === null)
      problems.push({
        severity: 'error',
        path: pointer(id, 'Properties', 'Targets', index, 'KinesisParameters', 'PartitionKeyPath'),
        message: `${keyPath} is no path into an event. Write one such as $.detail.id.`,
      })
    if (target !== null)
      problems.push(
        ...kindProblems({ rule: id, bus, target, entry, path: pointer(id, 'Properties', 'Targets', index) }, scenario),
      )
    const deadLetter = ref(object(entry['DeadLetterConfig'])['Arn'])
    const standard = deadLetter !== null && properties(scenario.resources[deadLetter] ?? NOTHING)['FifoQueue'] !== true
    if (typeOf(deadLetter, scenario) !== null && !(standard && typeOf(deadLetter, scenario) === 'AWS::SQS::Queue')) {
      const where = pointer(id, 'Properties', 'Targets', index, 'DeadLetterConfig', 'Arn')
      problems.push({
        severity: 'error',
        path: where,
        message: `The dead-letter queue of a target is a standard queue (EB-10). ${deadLetter} is none.`,
      })
    }
  })
  return problems
}

export const checks: readonly Check[] = [ruleProblems, busProblems, loopProblems, archiveProblems, subscriberProblems]
