import { isoSeconds, parseSchedule, zoneOffset } from '../../events/schedule'
import { RUN_EPOCH } from '../../model/identity'
import { isObject } from '../../model/json'
import type { LogicalId, Scenario } from '../../model/scenario'
import { object, properties, ref, text } from '../../network/read'
import { idsOf, pointer } from '../edit'
import { notGranted } from '../service-role'
import type { Check, Problem } from '../service'
import { parsed } from './input'
import { SCHEDULE, scheduleOf, targetEntry, TAKES_JSON, type TargetSettings } from './settings'
import { instantOf, planOf } from './timing'

const HINTS = 3

/** Schedules that AWS would refuse, that do not fire, or that may not call. */
const schedules: Check = (scenario) =>
  idsOf(SCHEDULE, scenario).flatMap((id) => [...whenProblems(id, scenario), ...targetProblems(id, scenario)])

function whenProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const settings = scheduleOf(id, scenario)
  const { expression, zone, start, end, enabled } = settings
  const at = (...names: string[]): string => pointer(id, 'Properties', ...names)
  const problems: Problem[] = []
  const error = (path: string, message: string): void => void problems.push({ severity: 'error', path, message })
  const parsed = parseSchedule(expression, 'scheduler')
  if ('refused' in parsed)
    error(at('ScheduleExpression'), `Invalid Schedule Expression ${expression}. ${parsed.refused}`)
  if (zoneOffset(zone) === null)
    error(
      at('ScheduleExpressionTimezone'),
      `${zone} is no time zone. Name one of the IANA list, such as Europe/Berlin.`,
    )
  const window = object(properties(scenario.resources[id]!)['FlexibleTimeWindow'])
  const flexible = text(window['Mode']) === 'FLEXIBLE'
  if (flexible && window['MaximumWindowInMinutes'] === undefined)
    error(
      at('FlexibleTimeWindow'),
      `${id} has a flexible window without a length. Set MaximumWindowInMinutes, 1 to 1,440.`,
    )
  if (!flexible && window['MaximumWindowInMinutes'] !== undefined)
    error(at('FlexibleTimeWindow', 'MaximumWindowInMinutes'), `A window length needs Mode FLEXIBLE.`)
  const [from, to] = [start, end].map((date) => (date === null ? null : instantOf(date)))
  for (const [name, date, instant] of [
    ['StartDate', start, from],
    ['EndDate', end, to],
  ] as const)
    if (date !== null && instant === null) error(at(name), `${date} is no date and time. Write 2026-11-20T08:00:00Z.`)
  if (typeof from === 'number' && typeof to === 'number' && to <= from)
    error(at('EndDate'), `${id} ends before it starts. Set EndDate after StartDate.`)
  return problems.length > 0 || !enabled ? problems : silence(id, scenario)
}

/** Says when a schedule fires that does not fire in this run. */
function silence(id: LogicalId, scenario: Scenario): Problem[] {
  const plan = planOf(scheduleOf(id, scenario))
  if (plan === null) return []
  const times: number[] = []
  for (let i = 0; i < HINTS; i++) {
    const next = plan.next(times.at(-1) ?? RUN_EPOCH, i === 0)
    if (next === undefined) break
    times.push(next)
  }
  if (times[0] !== undefined && times[0] < RUN_EPOCH + scenario.duration) return []
  const run = `The run lasts ${scenario.duration} s from ${isoSeconds(RUN_EPOCH)}Z`
  return [
    {
      severity: 'info',
      path: pointer(id, 'Properties', 'ScheduleExpression'),
      message:
        times.length === 0
          ? `${id} never fires. ${run}.`
          : `${id} does not fire in this run; it would at ${times.map((time) => `${isoSeconds(time)}Z`).join(', ')}. ${run}.`,
    },
  ]
}

function targetProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const entry = targetEntry(scenario.resources[id]!)
  const { target } = scheduleOf(id, scenario)
  const at = (...names: string[]): string => pointer(id, 'Properties', 'Target', ...names)
  if (ref(entry['Arn']) === null)
    return [{ severity: 'info', path: pointer(id), message: `${id} calls nothing. Draw a wire from it.` }]
  if (target === null) return []
  const problems: Problem[] = []
  const error = (path: string, message: string): void => void problems.push({ severity: 'error', path, message })
  const { FifoQueue, FifoTopic } = properties(scenario.resources[target.id]!)
  if (FifoTopic === true)
    error(at('Arn'), `${target.id} is a FIFO topic, and a schedule names no message group to it. Call a FIFO queue.`)
  if (FifoQueue === true && object(entry['SqsParameters'])['MessageGroupId'] === undefined)
    error(at('Arn'), `${target.id} is a FIFO queue. Set SqsParameters.MessageGroupId.`)
  if (target.action === 'kinesis:PutRecord' && target.group === null)
    error(at('Arn'), `${target.id} is a stream. Set KinesisParameters.PartitionKey.`)
  if (target.action === 'events:PutEvents' && target.event === null)
    error(at('Arn'), `${target.id} is a bus. Set Source and DetailType in EventBridgeParameters.`)
  if (target.event?.source.startsWith('aws.') === true)
    error(
      at('EventBridgeParameters', 'Source'),
      `Only AWS services send events whose source begins with aws. Write a source of your own, such as shop.`,
    )
  if (target.input !== null && TAKES_JSON.includes(target.action)) problems.push(...inputProblems(target, at('Input')))
  if (target.deadLetter !== null && properties(scenario.resources[target.deadLetter]!)['FifoQueue'] === true)
    error(at('DeadLetterConfig', 'Arn'), `${target.deadLetter} is a FIFO queue. Dead letters go to a standard queue.`)
  if (target.role === null) {
    error(at('RoleArn'), `${id} has no role. A schedule calls with a role that allows ${target.iam} (EB-66).`)
    return problems
  }
  const { role } = target
  const needs: [iam: string, on: LogicalId, path: string][] = [[target.iam, target.id, at('RoleArn')]]
  if (target.deadLetter !== null) needs.push(['sqs:SendMessage', target.deadLetter, at('DeadLetterConfig', 'Arn')])
  for (const [action, on, path] of needs) problems.push(...notGranted(scenario, { who: id, role, action, on, path }))
  return problems
}

/** Functions and buses take JSON, a bus an object (EB-66). */
function inputProblems({ id, action, input }: TargetSettings, path: string): Problem[] {
  const json = parsed(input!)
  const isBus = action === 'events:PutEvents'
  if (json !== undefined && !(isBus && !isObject(json))) return []
  const message = isBus
    ? `${id} is a bus: the input is the detail of the event, a JSON object. Write one such as {"id": 7}.`
    : `${id} takes JSON, and the input is none. Write it such as {"id": 7} or "text".`
  return [{ severity: 'error', path, message }]
}

export const checks: readonly Check[] = [schedules]
