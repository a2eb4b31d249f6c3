import { describe, expect, it, test } from 'vitest'
import { gateJson } from '../../gate'
import { RUN_EPOCH } from '../../model/identity'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { CONNECTORS } from '../connectors'
import { mayAll, runOf, scenarioOf, type Ran } from '../run.fixture'
import { checks } from './checks'
import { deadLetters, target } from './connectors'
import { planOf } from './timing'

type Resources = { [id: string]: Resource }
const schedule = (ScheduleExpression: string, Target: JsonObject | null = {}, more: JsonObject = {}): Resource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression,
    ...(Target === null ? {} : { Target: { Arn: 'Q', RoleArn: 'Role', ...Target } }),
    ...more,
  },
})
const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
const fn: Resource = {
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'FnRole' },
  Behavior: { steps: [{ wait: 0.1 }] },
}
const run = (resources: Resources, more: Partial<Scenario> = {}): Ran =>
  runOf(scenarioOf({ Role: mayAll, Q: queue(), ...resources }, { duration: 3_660, ...more }))
const times = (ran: Ran, action = 'sqs:SendMessage'): number[] => ran.hops(action).map(([at]) => at)
const held = (ran: Ran, id = 'Q'): JsonObject[] =>
  ran.contents().flatMap(({ resource, value }) => (resource === id ? [value as JsonObject] : []))

describe('a schedule', () => {
  test.each<[string, JsonObject, number[]]>([
    ['rate(20 minutes)', {}, [1_200, 2_400, 3_600]],
    ['cron(0/30 * * * ? *)', {}, [0, 1_800, 3_600]],
    ['at(2026-11-20T00:10:00)', {}, [600]],
    // 05:30 there is midnight here
    ['cron(45 5 * * ? *)', { ScheduleExpressionTimezone: 'Asia/Kolkata' }, [900]],
    ['at(2026-11-20T01:20:00)', { ScheduleExpressionTimezone: 'Europe/Berlin' }, [1_200]],
    ['rate(20 minutes)', { StartDate: '2026-11-20T00:05:00Z' }, [300, 1_500, 2_700]],
    ['rate(20 minutes)', { EndDate: '2026-11-20T00:45:00Z' }, [1_200, 2_400]],
    ['cron(0/10 * * * ? *)', { StartDate: '2026-11-20T00:40:00.000Z', EndDate: '2026-11-20T00:50:00' }, [2_400, 3_000]],
    ['rate(1 minute)', { State: 'DISABLED' }, []],
    ['every minute', {}, []],
    ['rate(1 minute)', { ScheduleExpressionTimezone: 'Middle/Earth' }, []],
  ])('%s %j fires at %j s (EB-66)', (expression, more, fired) => {
    expect(times(run({ S: schedule(expression, {}, more) }))).toEqual(fired)
  })

  it('fires within its flexible window, at random (EB-66)', () => {
    const window = { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }
    const ran = run({ S: schedule('rate(10 minutes)', {}, window) }, { duration: 3_590 })
    const late = times(ran).map((at, i) => at - 600 * (i + 1))
    expect(late).toHaveLength(5)
    expect(late.every((wait) => wait >= 0 && wait < 300)).toBe(true)
    expect(new Set(late).size).toBe(5)
    expect(ran.reasons('scheduler.flexible').map(([, value]) => value)).toEqual(late.map((it) => expect.closeTo(it, 6)))
  })

  it('fires within the minute under aws-2026-11 (EB-63)', () => {
    const late = times(run({ S: schedule('cron(0/10 * * * ? *)') }, { profile: 'aws-2026-11' })).map((at) => at % 600)
    expect(late.every((at) => at >= 0 && at < 60)).toBe(true)
    expect(Math.max(...late)).toBeGreaterThan(1)
  })

  it('gives its target the input, with its attributes filled in, or the event AWS sends', () => {
    const Input = '{"at": "<aws.scheduler.scheduled-time>", "arn": "<aws.scheduler.schedule-arn>", "x": "<y>"}'
    const ran = run({ S: schedule('at(2026-11-20T00:10:00)', { Input }) })
    const arn = 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/S'
    expect(held(ran)[0]!['body']).toEqual({ at: '2026-11-20T00:10:00Z', arn, x: '<y>' })
    expect(held(run({ S: schedule('rate(1 hour)', { Input: 'hello' }) }))[0]).toMatchObject({ text: 'hello' })
    expect(held(run({ S: schedule('rate(1 hour)') }))[0]!['body']).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      time: '2026-11-20T01:00:00Z',
      resources: [arn],
      detail: '{}',
    })
  })

  it('calls functions, topics, streams, buses and FIFO queues', () => {
    const rule: Resource = {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        EventPattern: { source: ['clock'], detail: { n: [1] } },
        Targets: [{ Id: 'Q', Arn: 'Q' }],
      },
    }
    const ran = run({
      Fn: fn,
      FnRole: mayAll,
      ToFn: schedule('rate(1 hour)', { Arn: 'Fn' }),
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      ToTopic: schedule('rate(1 hour)', { Arn: 'Topic' }),
      Stream: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
      ToStream: schedule('rate(1 hour)', { Arn: 'Stream', KinesisParameters: { PartitionKey: 'k' } }),
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      Rule: rule,
      ToBus: schedule('rate(30 minutes)', {
        Arn: 'Bus',
        Input: '{"n": 1}',
        EventBridgeParameters: { Source: 'clock', DetailType: 'Tick' },
      }),
      Fifo: queue({ FifoQueue: true, ContentBasedDeduplication: true }),
      ToFifo: schedule('rate(1 hour)', { Arn: 'Fifo', SqsParameters: { MessageGroupId: 'g' } }),
    })
    expect(times(ran, 'lambda:InvokeAsync')).toEqual([3_600])
    expect(ran.total('Topic', 'NumberOfMessagesPublished')).toBe(1)
    expect(held(ran, 'Stream')).toMatchObject([{ partitionKey: 'k' }])
    expect(held(ran)[0]!['body']).toMatchObject({ source: 'clock', 'detail-type': 'Tick', detail: { n: 1 } })
    expect(held(ran, 'Fifo')).toMatchObject([{ group: 'g' }])
  })

  it('tries again with growing waits until the policy ends, then uses its dead-letter queue', () => {
    const interventions: Scenario['interventions'] = [{ at: 0, fault: 'resource-down', resource: 'Q' }]
    const Target = { RetryPolicy: { MaximumRetryAttempts: 3 }, Input: '{"n": 1}' }
    const once = 'at(2026-11-20T00:10:00)'
    const ran = run(
      { S: schedule(once, { ...Target, DeadLetterConfig: { Arn: 'Dead' } }), Dead: queue() },
      { interventions },
    )
    expect(ran.reasons('scheduler.retry').map(([, wait]) => wait)).toEqual([1, 2, 4])
    expect(held(ran, 'Dead').map(({ body }) => body)).toEqual([{ n: 1 }])
    expect(held(ran, 'Dead')[0]!['attributes']).toMatchObject({
      SCHEDULE_ARN: { stringValue: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/S' },
      TARGET_ARN: { stringValue: 'arn:aws:sqs:us-east-1:123456789012:Q' },
      EXHAUSTED_RETRY_CONDITION: { stringValue: 'MaximumRetryAttempts' },
      RETRY_ATTEMPTS: { stringValue: '3' },
    })
    const count = (of: Ran, name: string): number => of.total('S', name)
    expect(
      ['InvocationAttemptCount', 'TargetErrorCount', 'InvocationDroppedCount', 'InvocationsSentToDeadLetterCount'].map(
        (name) => count(ran, name),
      ),
    ).toEqual([4, 4, 0, 1])
    expect(count(run({ S: schedule(once, Target) }, { interventions }), 'InvocationDroppedCount')).toBe(1)
    const young = { RetryPolicy: { MaximumEventAgeInSeconds: 60 } }
    const waits = run({ S: schedule(once, young) }, { interventions }).reasons('scheduler.retry')
    expect(waits.map(([, wait]) => wait)).toEqual([1, 2, 4, 8, 16, 29])
  })

  it('is refused without its role’s permission, and does not try again', () => {
    const Role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
    const ran = run({ S: schedule('rate(1 hour)'), Role })
    expect(ran.reasons('scheduler.retry')).toEqual([])
    expect(ran.reasons('scheduler.dropped').map(([, attempts]) => attempts)).toEqual([1])
    expect(held(ran)).toEqual([])
  })

  it('follows a change of its expression, and only that', () => {
    const interventions: Scenario['interventions'] = [
      { at: 100, set: '/resources/S/Properties/ScheduleExpression', value: 'rate(10 minutes)' },
      { at: 1_000, set: '/resources/S/Properties/Target/RetryPolicy', value: { MaximumRetryAttempts: 1 } },
    ]
    expect(times(run({ S: schedule('rate(20 minutes)') }, { interventions, duration: 2_000 }))).toEqual([
      700, 1_300, 1_900,
    ])
  })
})

test('clocks that change: what spring skips does not fire, what autumn repeats fires once', () => {
  const fires = (expression: string, from: number, count: number): number[] => {
    const plan = planOf({ expression, zone: 'Europe/Berlin', start: null, end: null })!
    const found: number[] = []
    while (found.length < count) found.push(plan.next(found.at(-1) ?? from, false)!)
    return found
  }
  const day = 86_400
  // 28 March 2027 has no 02:30 in Berlin; 31 October 2027 has two
  const spring = RUN_EPOCH + 127 * day
  expect(fires('cron(30 2 * * ? *)', spring, 2).map((at) => (at - spring) / 3_600)).toEqual([1.5, 48.5])
  const autumn = RUN_EPOCH + 344 * day
  expect(fires('cron(30 2 * * ? *)', autumn, 3).map((at) => (at - autumn) / 3_600)).toEqual([0.5, 24.5, 49.5])
})

describe('wires', () => {
  const join = (scenario: Scenario, { resources }: ReturnType<typeof target.connect>): Scenario => ({
    ...scenario,
    resources: Object.fromEntries(
      Object.entries({ ...scenario.resources, ...resources }).filter(([, it]) => it !== null),
    ) as Resources,
  })
  const statements = (scenario: Scenario): string =>
    JSON.stringify(scenario.resources['SRole']!.Properties?.['Policies'] ?? [])

  test('write the target, and a role that may call it; a new one replaces the old', () => {
    const bare = scenarioOf({
      S: schedule('rate(1 hour)', null),
      Q: queue(),
      Fn: fn,
      T: { Type: 'AWS::DynamoDB::Table' },
    })
    expect(CONNECTORS.filter((one) => one.accepts('S', 'Q', bare) === true)).toHaveLength(1)
    expect(target.accepts('S', 'T', bare)).toEqual({ refused: expect.stringContaining('Put a function') })
    const joined = join(bare, target.connect('S', 'Q', bare))
    expect(joined.resources['S']!.Properties!['Target']).toEqual({ Arn: 'Q', RoleArn: 'SRole' })
    expect(JSON.stringify(joined.resources['SRole'])).toContain('scheduler.amazonaws.com')
    expect(statements(joined)).toContain('sqs:SendMessage')
    expect(target.derive(joined)).toMatchObject([{ from: 'S', to: 'Q', action: 'sqs:SendMessage' }])
    expect(target.accepts('S', 'Q', joined)).toEqual({ refused: expect.stringContaining('already') })
    const moved = join(joined, target.connect('S', 'Fn', joined))
    expect(target.derive(moved)).toMatchObject([{ to: 'Fn', action: 'lambda:InvokeAsync' }])
    expect(statements(moved)).toContain('lambda:InvokeFunction')
    expect(statements(moved)).not.toContain('sqs:SendMessage')
    const parted = join(moved, target.disconnect(target.derive(moved)[0]!, moved))
    expect(parted.resources['S']!.Properties!['Target']).toBeUndefined()
    expect(statements(parted)).not.toContain('lambda')
    expect(checks.flatMap((check) => check({ ...moved, duration: 7_200 }))).toEqual([])
  })

  test('to a stream, a bus and a FIFO queue bring what those need', () => {
    const scenario = scenarioOf({
      S: schedule('rate(1 hour)', null),
      F: queue({ FifoQueue: true }),
      K: { Type: 'AWS::Kinesis::Stream', Properties: {} },
      B: { Type: 'AWS::Events::EventBus', Properties: {} },
    })
    for (const to of ['F', 'K', 'B']) {
      const joined = join(scenario, target.connect('S', to, scenario))
      expect(checks.flatMap((check) => check({ ...joined, duration: 7_200 }))).toEqual([])
    }
  })

  test('at the bottom are dead letters', () => {
    const scenario = scenarioOf({
      S: schedule('rate(1 hour)', { RoleArn: 'SRole' }),
      Q: queue(),
      D: queue(),
      SRole: { ...mayAll, Properties: { Policies: [] } },
    })
    expect(deadLetters.accepts('S', 'D', scenario, 'failure')).toBe(true)
    const joined = join(scenario, deadLetters.connect('S', 'D', scenario))
    const [wire] = deadLetters.derive(joined)
    expect(wire).toMatchObject({ from: 'S', to: 'D', port: 'failure' })
    expect(statements(joined)).toContain('"D"')
    const parted = join(joined, deadLetters.disconnect(wire!, joined))
    expect(parted.resources['S']!.Properties!['Target']).toEqual({ Arn: 'Q', RoleArn: 'SRole' })
    expect(statements(parted)).not.toContain('"D"')
  })
})

test.each<[string, Resource, string, string]>([
  ['UNIX cron', schedule('*/5 * * * *'), 'error', 'UNIX cron'],
  ['no expression', schedule('soon'), 'error', 'Invalid Schedule Expression soon'],
  [
    'an unknown zone',
    schedule('rate(1 minute)', {}, { ScheduleExpressionTimezone: 'Mars' }),
    'error',
    'is no time zone',
  ],
  [
    'a window without a length',
    schedule('rate(1 minute)', {}, { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }),
    'error',
    'without a length',
  ],
  [
    'a length without a window',
    schedule('rate(1 minute)', {}, { FlexibleTimeWindow: { Mode: 'OFF', MaximumWindowInMinutes: 5 } }),
    'error',
    'needs Mode FLEXIBLE',
  ],
  [
    'an end before the start',
    schedule('rate(1 minute)', {}, { StartDate: '2026-11-20T01:00:00Z', EndDate: '2026-11-20T00:00:00Z' }),
    'error',
    'ends before it starts',
  ],
  ['no day', schedule('rate(1 minute)', {}, { StartDate: '2026-11-31T01:00:00Z' }), 'error', 'is no date'],
  [
    'a fire after the run',
    schedule('cron(0 8 ? * MON-FRI *)'),
    'info',
    'would at 2026-11-20T08:00:00Z, 2026-11-23T08:00:00Z, 2026-11-24T08:00:00Z',
  ],
  ['a fire in the past', schedule('at(2025-01-01T00:00:00)'), 'info', 'never fires'],
  ['no target', schedule('rate(1 minute)', null), 'info', 'calls nothing'],
  [
    'no role',
    { Type: 'AWS::Scheduler::Schedule', Properties: { ScheduleExpression: 'rate(1 minute)', Target: { Arn: 'Q' } } },
    'error',
    'has no role',
  ],
  [
    'a role that may not',
    schedule('rate(1 minute)', { RoleArn: 'Poor' }),
    'warning',
    'does not allow sqs:SendMessage on Q',
  ],
  ['a FIFO queue without a group', schedule('rate(1 minute)', { Arn: 'F' }), 'error', 'MessageGroupId'],
  [
    'a FIFO queue for dead letters',
    schedule('rate(1 minute)', { DeadLetterConfig: { Arn: 'F' } }),
    'error',
    'standard queue',
  ],
])('%s is told', (_, S, severity, part) => {
  const Poor: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
  const scenario = scenarioOf({ S, Q: queue(), F: queue({ FifoQueue: true }), Role: mayAll, Poor })
  expect(checks.flatMap((check) => check(scenario)).map((it) => [it.severity, it.message])).toEqual([
    [severity, expect.stringContaining(part)],
  ])
})

test('the gate takes what AWS takes', () => {
  const gated = (S: Resource): boolean =>
    gateJson(JSON.parse(JSON.stringify(scenarioOf({ S, Q: queue(), Role: mayAll })))).ok
  expect(gated(schedule('rate(1 minute)'))).toBe(true)
  const window = (MaximumWindowInMinutes: number): JsonObject => ({
    FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes },
  })
  expect([1, 1_440, 0, 1_441].map((it) => gated(schedule('rate(1 minute)', {}, window(it))))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(gated(schedule('rate(1 minute)', { RetryPolicy: { MaximumRetryAttempts: 186 } }))).toBe(false)
  expect(gated(schedule('rate(1 minute)', {}, { StartDate: 'tomorrow' }))).toBe(false)
  expect(gated(schedule('*/5 * * * *'))).toBe(false)
})
