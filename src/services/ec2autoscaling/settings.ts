import type { Duration, Json, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { idsOf } from '../edit'

export const GROUP = 'AWS::AutoScaling::AutoScalingGroup'
export const POLICY = 'AWS::AutoScaling::ScalingPolicy'
export const SCHEDULED = 'AWS::AutoScaling::ScheduledAction'
export const HOOK = 'AWS::AutoScaling::LifecycleHook'
export const QUEUE = 'AWS::SQS::Queue'

export const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)

/** The group a policy, a scheduled action or a hook belongs to. */
export const groupOf = (resource: Resource): LogicalId | null => ref(properties(resource)['AutoScalingGroupName'])

/** What belongs to a group, in document order. */
export const partsOf = (type: string, group: LogicalId, scenario: Scenario): LogicalId[] =>
  idsOf(type, scenario).filter((id) => groupOf(scenario.resources[id]!) === group)

/** What every instance of a group does. Times in seconds. */
export interface Worker {
  readonly queue: LogicalId
  /** Work on one message. */
  readonly duration: Duration
  /** Messages of one receive. */
  readonly batch: number
  /** WaitTimeSeconds of a receive; 0: a short poll. */
  readonly wait: number
  /** After a short poll that was empty, and after one that failed. */
  readonly pause: number
  /** Whether it deletes what it has done. */
  readonly deletes: boolean
  /** What it does with what nobody can process. */
  readonly poison: 'leave' | 'delete'
  /** Call it makes for each message when the work is done. */
  readonly call: { readonly action: string; readonly to: LogicalId } | null
}

/** Sizes as the document says them; null: nothing is said. */
export interface Sizes {
  readonly min: number | null
  readonly max: number | null
  readonly desired: number | null
}

export interface GroupSettings {
  readonly sizes: Sizes
  readonly newestFirst: boolean
  /** s; null: the default. */
  readonly cooldown: number | null
  readonly warmup: number | null
  readonly boot: Duration | null
  readonly instanceType: string
  /** Heartbeat timeout (s) of a hook at termination, null without one. */
  readonly hook: number | null
  readonly worker: Worker | null
}

export const sizesIn = (from: { readonly [name: string]: Json }): Sizes => ({
  min: integer(from['MinSize']),
  max: integer(from['MaxSize']),
  desired: integer(from['DesiredCapacity']),
})

export function groupSettings(id: LogicalId, scenario: Scenario): GroupSettings {
  const resource = scenario.resources[id]!
  const from = properties(resource)
  const behavior = resource.Behavior ?? {}
  const hooks = partsOf(HOOK, id, scenario).map((hook) => properties(scenario.resources[hook]!))
  const hook = hooks.find((it) => it['LifecycleTransition'] !== 'autoscaling:EC2_INSTANCE_LAUNCHING')
  return {
    sizes: sizesIn(from),
    newestFirst: list(from['TerminationPolicies'])[0] === 'NewestInstance',
    cooldown: integer(from['Cooldown']),
    warmup: integer(from['DefaultInstanceWarmup']),
    boot: (behavior['boot'] as Duration | undefined) ?? null,
    instanceType: text(behavior['instanceType']) ?? 't3.micro',
    hook: hook === undefined ? null : (integer(hook['HeartbeatTimeout']) ?? 3_600),
    worker: workerOf(resource),
  }
}

export function workerOf({ Behavior }: Resource): Worker | null {
  const from = object(Behavior?.['worker'])
  const queue = ref(from['queue'])
  const action = text(from['call'])
  const to = ref(from['to'])
  if (queue === null) return null
  return {
    queue,
    duration: (from['duration'] as Duration | undefined) ?? 1,
    batch: integer(from['batch']) ?? 1,
    wait: integer(from['waitTime']) ?? 20,
    pause: numberOf(from['pause']) ?? 1,
    deletes: from['deletes'] !== false,
    poison: from['poison'] === 'delete' ? 'delete' : 'leave',
    call: action === null || to === null ? null : { action, to },
  }
}
