import { zoneOffset } from '../../events/schedule'
import { fromUnixCron } from '../../events/schedule/unix-cron'
import type { LogicalId, Scenario } from '../../model/scenario'
import { list, object, properties, refs } from '../../network/read'
import { freeId, idsOf, pointer, taken } from '../edit'
import type { Check, Problem } from '../service'
import { followedValue, policyOf, scheduledOf } from './policies'
import { fromZero } from './recipes'
import { GROUP, groupSettings, partsOf, POLICY, SCHEDULED, type GroupSettings } from './settings'
import { instantOf } from './timing'

const ALARM = 'AWS::CloudWatch::Alarm'
const error = (path: string, message: string): Problem => ({ severity: 'error', path, message })

/** Sizes AWS refuses, work that is done twice, and groups that never leave zero. */
const groups: Check = (scenario) =>
  idsOf(GROUP, scenario).flatMap((id) => {
    const settings = groupSettings(id, scenario)
    return [
      ...sizeProblems(id, settings),
      ...visibilityProblems(id, settings, scenario),
      ...zeroProblems(id, settings, scenario),
    ]
  })

function sizeProblems(id: LogicalId, { sizes: { min, max, desired } }: GroupSettings): Problem[] {
  const at = (name: string): string => pointer(id, 'Properties', name)
  const least = min ?? 0
  const most = max ?? 10
  if (least > most)
    return [error(at('MinSize'), `MinSize of ${id}, ${least}, is more than its MaxSize, ${most}. Lower it to ${most}.`)]
  if (desired === null || (desired >= least && desired <= most)) return []
  return [
    error(
      at('DesiredCapacity'),
      `DesiredCapacity of ${id} is ${desired}. It lies between MinSize ${least} and MaxSize ${most} (ASG-1).`,
    ),
  ]
}

/** A batch is hidden from its receive on, and its last message is done last (claim 8.8). */
function visibilityProblems(id: LogicalId, { worker }: GroupSettings, scenario: Scenario): Problem[] {
  if (worker === null || typeof worker.duration !== 'number') return []
  const queue = scenario.resources[worker.queue]
  const visibility = Number(queue?.Properties?.['VisibilityTimeout'] ?? 30)
  const needed = Math.ceil(worker.duration * worker.batch)
  if (queue === undefined || needed <= visibility) return []
  const path = pointer(worker.queue, 'Properties', 'VisibilityTimeout')
  const value = Math.min(43_200, needed * 2)
  return [
    {
      severity: 'warning',
      path,
      message: `${worker.queue} hides messages for ${visibility} s, and the workers of ${id} need up to ${needed} s for what they receive. Others get the messages meanwhile, and do them again (SQS-1).`,
      fix: {
        title: `Set ${value} s`,
        patches: [{ op: queue.Properties?.['VisibilityTimeout'] === undefined ? 'add' : 'replace', path, value }],
      },
    },
  ]
}

/** A metric that is divided by the instances has no data at zero: nothing makes the first one (SQS-10). */
function zeroProblems(id: LogicalId, { sizes, worker }: GroupSettings, scenario: Scenario): Problem[] {
  if (worker === null || (sizes.min ?? 0) > 0) return []
  const policies = partsOf(POLICY, id, scenario)
  const divides = policies.some((policy) => {
    const it = policyOf(policy, scenario)
    return (
      it?.kind === 'tracking' &&
      (it.followed.kind === 'cpu' || it.followed.formulas.some(({ text }) => text.includes('/')))
    )
  })
  if (!divides || policies.some((policy) => policyOf(policy, scenario)?.kind !== 'tracking')) return []
  const policy = freeId(`${id}FromZero`, taken(scenario))
  const alarm = freeId(`${worker.queue}Waiting`, taken(scenario))
  const { step, alarm: called } = fromZero(id, worker.queue, policy)
  return [
    {
      severity: 'warning',
      path: pointer(id, 'Properties', 'MinSize'),
      message: `${id} may have no instance, and its policy divides by them: it has no data then, and nothing makes the first one. Add a step policy that an alarm on ${worker.queue} calls, or set MinSize 1 (SQS-10).`,
      fix: {
        title: 'Add a step policy',
        patches: [
          { op: 'add', path: pointer(policy), value: step },
          { op: 'add', path: pointer(alarm), value: called },
        ],
      },
    },
  ]
}

/** Policies that cannot work: nothing to follow, nothing to do, nobody who calls them. */
const policies: Check = (scenario) => {
  const called = new Set(
    idsOf(ALARM, scenario).flatMap((id) => refs(properties(scenario.resources[id]!)['AlarmActions'])),
  )
  return idsOf(POLICY, scenario).flatMap((id): Problem[] => {
    const policy = policyOf(id, scenario)
    const from = properties(scenario.resources[id]!)
    const at = (...names: string[]): string => pointer(id, 'Properties', ...names)
    if (policy === null) return []
    if (policy.kind !== 'tracking') {
      const name = policy.kind === 'step' ? 'StepAdjustments' : 'ScalingAdjustment'
      const nothing = policy.kind === 'step' ? list(from[name]).length === 0 : from[name] === undefined
      if (nothing) return [error(at(name), `${id} changes nothing. Set ${name}.`)]
      if (called.has(id)) return []
      const message = `No alarm calls ${id}, so it never acts. Name it in AlarmActions of an AWS::CloudWatch::Alarm (ASG-1).`
      return [{ severity: 'warning', path: pointer(id), message }]
    }
    const config = object(from['TargetTrackingConfiguration'])
    const path = at('TargetTrackingConfiguration')
    if (config['TargetValue'] === undefined)
      return [error(path, `${id} has no target. Set TargetTrackingConfiguration.`)]
    if (config['CustomizedMetricSpecification'] === undefined && config['PredefinedMetricSpecification'] === undefined)
      return [error(path, `${id} follows no metric. Name a predefined or a customized one.`)]
    const { followed } = policy
    if (followed.kind === 'cpu') return []
    if (followed.metrics.some(({ of }) => of === null)) {
      const message = `A metric of ${id} belongs to no resource here, so there is no data and nothing is decided. Name the resource as the Value of a dimension.`
      return [{ severity: 'warning', path, message }]
    }
    if (followedValue(followed) === null)
      return [
        error(path, `An expression of ${id} is none. Use ids, numbers, + - * / and parentheses, such as m1 / m2.`),
      ]
    return []
  })
}

const scheduled: Check = (scenario) =>
  idsOf(SCHEDULED, scenario).flatMap((id): Problem[] => {
    const action = scheduledOf(id, scenario)
    if (action === null) return []
    const at = (name: string): string => pointer(id, 'Properties', name)
    const { recurrence, zone, start, end, sizes } = action
    const problems: Problem[] = []
    if (recurrence !== null && fromUnixCron(recurrence) === null)
      problems.push(
        error(
          at('Recurrence'),
          `${recurrence} is no UNIX cron line with five fields. Write 0 8 * * MON-FRI for eight o'clock on weekdays.`,
        ),
      )
    if (recurrence === null && start === null)
      problems.push(error(at('Recurrence'), `${id} is never due. Set Recurrence, StartTime or both.`))
    for (const [name, date] of [
      ['StartTime', start],
      ['EndTime', end],
    ] as const)
      if (date !== null && instantOf(date) === null)
        problems.push(error(at(name), `${date} is no date and time. Write 2026-11-20T08:00:00Z.`))
    if (zoneOffset(zone) === null)
      problems.push(error(at('TimeZone'), `${zone} is no time zone. Name one of the IANA list, such as Europe/Berlin.`))
    if (sizes.min === null && sizes.max === null && sizes.desired === null)
      problems.push(error(pointer(id), `${id} changes nothing. Set MinSize, MaxSize or DesiredCapacity.`))
    return problems
  })

export const checks: readonly Check[] = [groups, policies, scheduled]
