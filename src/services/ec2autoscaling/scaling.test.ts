import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { adjusted, stepFor } from './capacity'
import { backlogPolicy, fromZero } from './recipes'

const queue: Resource = { Type: 'AWS::SQS::Queue' }
const sends = (count: number, at = 0): Resource => client('sqs:SendMessage', 'Q', { pattern: 'burst', count, at })
const group = (properties: JsonObject, duration = 10): Resource => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { MinSize: 1, MaxSize: 10, ...properties },
  Behavior: { worker: { queue: 'Q', duration }, boot: 60 },
})
const policy = (type: string, more: JsonObject): Resource => ({
  Type: 'AWS::AutoScaling::ScalingPolicy',
  Properties: { AutoScalingGroupName: 'W', PolicyType: type, ...more },
})
const alarm = (calls: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: 'Q' }],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [calls],
    ...more,
  },
})
const { step, alarm: waiting } = fromZero('W', 'Q', 'Step')
const run = (resources: Scenario['resources'], more: Partial<Scenario> = {}) =>
  runOf(scenarioOf(resources, { duration: 3_600, ...more }))
const desired = (resources: Scenario['resources'], more: Partial<Scenario> = {}) =>
  run(resources, more).level('W', 'desired')

describe('target tracking on backlog per instance (SQS-10)', () => {
  test('scales out after 3 points above the target and in after 15 below it', () => {
    const found = desired({ C: sends(100), Q: queue, W: group({}), P: backlogPolicy('W', 'Q', 10) })
    // 81 wait at 180 s, one instance: 9 keep ten each
    expect(found).toEqual([
      [0, 1],
      [180, 9],
      [1080, 1],
    ])
  })
  test('at the most it says so, once', () => {
    const ran = run(
      { C: sends(1_000), Q: queue, W: group({ MaxSize: 1 }), P: backlogPolicy('W', 'Q') },
      { duration: 600 },
    )
    expect(ran.level('W', 'desired')).toEqual([[0, 1]])
    expect(ran.reasons('ec2autoscaling.atMax')).toEqual([[180, 1]])
  })
  test('never leaves zero by itself: there is no data, whatever waits', () => {
    expect(desired({ C: sends(100), Q: queue, W: group({ MinSize: 0 }), P: backlogPolicy('W', 'Q') })).toEqual([])
  })
  test('leaves zero with a step policy that an alarm calls, and comes back to it', () => {
    const resources = {
      C: sends(60, 30),
      Q: queue,
      W: group({ MinSize: 0 }),
      P: backlogPolicy('W', 'Q'),
      Step: step,
      A: waiting,
    }
    const ran = run(resources)
    expect(ran.level('W', 'desired').slice(0, 1)).toEqual([[60, 1]])
    expect(
      ran
        .states('alarm')
        .map(([at, state]) => [at, state])
        .slice(0, 2),
    ).toEqual([
      [0, 'INSUFFICIENT_DATA'],
      [60, 'ALARM'],
    ])
    expect(ran.total('W', 'Effects')).toBe(60)
    expect(ran.level('W', 'desired').at(-1)![1]).toBe(0)
    expect(ran.level('W', 'inService').at(-1)![1]).toBe(0)
  })
  test('by the time at work, instances with a deep backlog are as busy as those that just keep up (ASG-3)', () => {
    const P = policy('TargetTrackingScaling', {
      TargetTrackingConfiguration: {
        TargetValue: 50,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
      },
    })
    const most = (count: number) =>
      desired({ C: sends(count), Q: queue, W: group({}), P }, { duration: 240 }).at(-1)![1]
    expect([most(40), most(4_000)]).toEqual([2, 2])
  })
})

describe('policies that alarms call (ASG-1)', () => {
  test('steps by the size of the breach; what still warms up is not asked for again', () => {
    const S = policy('StepScaling', {
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 50, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 50, ScalingAdjustment: 4 },
      ],
      EstimatedInstanceWarmup: 120,
    })
    const found = desired({ C: sends(500), Q: queue, W: group({}), S, A: alarm('S') }, { duration: 400 })
    // called every minute: 4 boot for 60 s and warm up for another 120
    expect(found).toEqual([
      [0, 1],
      [60, 5],
      [240, 9],
    ])
  })
  test('a simple policy rests for its cooldown', () => {
    const S = policy('SimpleScaling', { ScalingAdjustment: 1, Cooldown: 150 })
    const ran = run({ C: sends(500), Q: queue, W: group({}), S, A: alarm('S') }, { duration: 500 })
    expect(ran.level('W', 'desired')).toEqual([
      [0, 1],
      [60, 2],
      [240, 3],
      [420, 4],
    ])
    expect(ran.reasons('ec2autoscaling.cooldown').slice(0, 2)).toEqual([
      [120, 90],
      [180, 30],
    ])
  })
  test('an alarm wants so many of the last points, and knows what missing data counts as', () => {
    const S = policy('SimpleScaling', { ScalingAdjustment: 1, Cooldown: 0 })
    const states = (more: JsonObject) =>
      run(
        {
          C: sends(1, 30),
          Q: queue,
          W: group({}, 150),
          S,
          A: alarm('S', { MetricName: 'NumberOfMessagesSent', ...more }),
        },
        { duration: 300 },
      )
        .states('alarm')
        .map(([at, state]) => [at, state])
        .slice(1)
    expect(states({})).toEqual([
      [60, 'ALARM'],
      [120, 'OK'],
    ])
    expect(states({ EvaluationPeriods: 3, DatapointsToAlarm: 1 })).toEqual([
      [60, 'ALARM'],
      [240, 'OK'],
    ])
    expect(states({ EvaluationPeriods: 2 })).toEqual([[60, 'OK']])
    expect(states({ MetricName: 'Nothing' })).toEqual([])
    expect(states({ MetricName: 'Nothing', TreatMissingData: 'breaching' })).toEqual([[60, 'ALARM']])
    expect(states({ MetricName: 'Nothing', TreatMissingData: 'notBreaching' })).toEqual([[60, 'OK']])
  })
  test.each([
    [10, 10, 'PercentChangeInCapacity', 0, 11],
    [10, 25, 'PercentChangeInCapacity', 0, 12],
    [4, 10, 'PercentChangeInCapacity', 0, 5],
    [4, 10, 'PercentChangeInCapacity', 3, 7],
    [10, -15, 'PercentChangeInCapacity', 0, 9],
    [10, 3, 'ExactCapacity', 0, 3],
    [10, -3, 'ChangeInCapacity', 0, 7],
  ] as const)('%d by %d of %s, at least %d, is %d', (size, by, type, least, now) => {
    expect(adjusted(size, by, { type, least })).toBe(now)
  })
  test('a step counts from its lower bound up, and below the threshold the other way round', () => {
    const steps = [
      { lower: -Infinity, upper: -10, by: -2 },
      { lower: -10, upper: 0, by: -1 },
      { lower: 0, upper: 10, by: 1 },
      { lower: 10, upper: Infinity, by: 2 },
    ]
    expect([0, 9, 10, -1, -10, -11].map((breach) => stepFor(steps, breach))).toEqual([1, 1, 2, -1, -2, -2])
    expect(stepFor([{ lower: 5, upper: 10, by: 1 }], 20)).toBeNull()
  })
})

describe('scheduled actions', () => {
  test('change the sizes by the clock', () => {
    const action = (properties: JsonObject): Resource => ({
      Type: 'AWS::AutoScaling::ScheduledAction',
      Properties: { AutoScalingGroupName: 'W', ...properties },
    })
    const found = desired({
      Q: queue,
      W: group({}),
      Up: action({ Recurrence: '10 * * * *', MinSize: 3 }),
      Down: action({ Recurrence: '20,40 * * * *', MinSize: 0, DesiredCapacity: 0 }),
    })
    expect(found.map(([, n]) => n)).toEqual([1, 3, 0])
    expect(found[2]![0] - found[1]![0]).toBe(600)
  })
})

describe('documents', () => {
  const problems = (resources: Scenario['resources'], properties: JsonObject = {}) =>
    gateJson({ ...scenarioOf({ Q: queue, W: group(properties), ...resources }), layout: {} }).problems
  test('a policy that divides by instances does not start from none; the fix makes it so', () => {
    const given = { Q: queue, W: group({ MinSize: 0 }), P: backlogPolicy('W', 'Q') }
    const [problem] = problems(given, { MinSize: 0 })
    expect(problem).toMatchObject({ severity: 'warning', path: '/resources/W/Properties/MinSize' })
    const added = Object.fromEntries(
      problem!.fix!.patches.map(({ path, value }) => [path.split('/')[2]!, value as Resource]),
    )
    expect(Object.keys(added)).toEqual(['WFromZero', 'QWaiting'])
    expect(problems({ ...given, ...added }, { MinSize: 0 })).toEqual([])
    expect(desired({ C: sends(5), ...given, ...added }, { duration: 120 })).toEqual([[60, 1]])
  })
  test.each<[string, Resource, string]>([
    [
      'nothing to follow',
      policy('TargetTrackingScaling', { TargetTrackingConfiguration: { TargetValue: 1 } }),
      'follows no metric',
    ],
    ['no target', policy('TargetTrackingScaling', {}), 'has no target'],
    ['no change', policy('SimpleScaling', {}), 'changes nothing'],
    ['no steps', policy('StepScaling', {}), 'changes nothing'],
    ['nobody calls it', policy('SimpleScaling', { ScalingAdjustment: 1 }), 'No alarm calls P'],
    [
      'no resource',
      policy('TargetTrackingScaling', {
        TargetTrackingConfiguration: { TargetValue: 1, CustomizedMetricSpecification: { MetricName: 'Foo' } },
      }),
      'belongs to no resource',
    ],
    ['no expression', backlogOf('m1 / / m2'), 'An expression of P is none'],
    [
      'never due',
      { Type: 'AWS::AutoScaling::ScheduledAction', Properties: { AutoScalingGroupName: 'W', MinSize: 1 } },
      'is never due',
    ],
    [
      'no cron',
      {
        Type: 'AWS::AutoScaling::ScheduledAction',
        Properties: { AutoScalingGroupName: 'W', MinSize: 1, Recurrence: 'rate(1 day)' },
      },
      'no UNIX cron',
    ],
  ])('%s', (_, P, message) => {
    expect(
      problems({ P })
        .map((it) => it.message)
        .join('\n'),
    ).toContain(message)
  })
})

function backlogOf(expression: string): Resource {
  const made = backlogPolicy('W', 'Q')
  return JSON.parse(JSON.stringify(made).replace('m1 / m2', expression)) as Resource
}
