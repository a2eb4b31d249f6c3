import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'

const sends = (count: number, at = 0, more: JsonObject = {}): Resource =>
  client('sqs:SendMessage', 'Q', { pattern: 'burst', count, at }, more)
const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
const workers = (worker: JsonObject, properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::AutoScaling::AutoScalingGroup',
  Properties: { MinSize: 1, MaxSize: 4, ...properties },
  Behavior: { worker: { queue: 'Q', ...worker }, ...behavior },
})
const hook: Resource = {
  Type: 'AWS::AutoScaling::LifecycleHook',
  Properties: {
    AutoScalingGroupName: 'W',
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    HeartbeatTimeout: 60,
  },
}
const run = (resources: Scenario['resources'], more: Partial<Scenario> = {}) => runOf(scenarioOf(resources, more))

describe('a worker', () => {
  test('does message after message and deletes each', () => {
    const ran = run({ C: sends(5), Q: queue(), W: workers({ duration: 2, batch: 5 }) })
    expect(ran.total('Q', 'NumberOfMessagesDeleted')).toBe(5)
    expect(ran.total('W', 'Effects')).toBe(5)
    expect(ran.total('W', 'DuplicateEffects')).toBe(0)
    expect(ran.hops('sqs:DeleteMessage').map(([at]) => at)).toEqual([2, 4, 6, 8, 10])
    expect(ran.spans('W')).toEqual(Array(5).fill('ok'))
  })

  test('does it twice where the visibility timeout is shorter than the work (8.8)', () => {
    const effects = (VisibilityTimeout: number): number[] => {
      const Q = queue({ VisibilityTimeout })
      const ran = run({ C: sends(1), Q, W: workers({ duration: 45 }, { DesiredCapacity: 2 }) }, { duration: 100 })
      return [ran.total('W', 'Effects'), ran.total('W', 'DuplicateEffects')]
    }
    expect(effects(30)).toEqual([2, 1])
    expect(effects(60)).toEqual([1, 0])
  })

  test('that does not delete does it for ever; one that leaves poison ends it in the dead-letter queue', () => {
    const Q = queue({ VisibilityTimeout: 10 })
    const forgets = run({ C: sends(1), Q, W: workers({ deletes: false }) }, { duration: 35 })
    expect(forgets.total('W', 'Effects')).toBe(4)
    const dead = queue({ VisibilityTimeout: 10, RedrivePolicy: { deadLetterTargetArn: 'D', maxReceiveCount: 2 } })
    const poison = { C: sends(2, 0, { poison: [1] }), D: queue() }
    const left = run({ ...poison, Q: dead, W: workers({}) }, { duration: 60 })
    expect([left.total('W', 'Effects'), left.total('W', 'MessagesFailed')]).toEqual([1, 2])
    expect(left.level('D', 'visible').at(-1)![1]).toBe(1)
    const deleted = run({ ...poison, Q: dead, W: workers({ poison: 'delete' }) }, { duration: 60 })
    expect(deleted.total('Q', 'NumberOfMessagesDeleted')).toBe(2)
    expect(deleted.level('D', 'visible').length).toBe(0)
  })

  test('makes its call for each, and leaves the message where that fails', () => {
    const resources = {
      C: sends(2),
      Q: queue({ VisibilityTimeout: 10 }),
      T: { Type: 'AWS::DynamoDB::Table' },
      W: workers({ call: 'dynamodb:PutItem', to: 'T' }),
    }
    expect(run(resources).total('T', 'Effects')).toBe(2)
    const interventions: Scenario['interventions'] = [
      { at: 0, fault: 'resource-down', resource: 'T' },
      { at: 5, repair: 'resource-down', resource: 'T' },
    ]
    const broken = run(resources, { interventions })
    expect(broken.total('W', 'MessagesFailed')).toBe(2)
    expect([broken.total('T', 'Effects'), broken.total('Q', 'NumberOfMessagesDeleted')]).toEqual([2, 2])
  })

  test('pays for asking: a long poll of an empty queue asks every 20 s, a short one every second', () => {
    const requests = (waitTime: number) => {
      const ran = run({ Q: queue(), W: workers({ waitTime }) }, { duration: 100 })
      return [ran.total('Q', 'NumberOfEmptyReceives'), ran.costs.find(({ resource }) => resource === 'Q')!.quantity]
    }
    expect(requests(20)).toEqual([4, 4])
    expect(requests(0)).toEqual([100, 100])
  })
})

describe('an instance', () => {
  test('boots, works and is terminated; what it had in hand comes again', () => {
    const resources = { C: sends(1, 100), Q: queue({ VisibilityTimeout: 30 }), W: workers({ duration: 20 }) }
    const interventions: Scenario['interventions'] = [
      { at: 110, set: '/resources/W/Properties/DesiredCapacity', value: 2 },
      { at: 111, set: '/resources/W/Properties/MinSize', value: 0 },
      { at: 112, set: '/resources/W/Properties/DesiredCapacity', value: 1 },
    ]
    const ran = run(resources, { interventions })
    expect(ran.states('worker').map(([at, state, label]) => [at, state, label])).toEqual([
      [0, 'pending', 'i1'],
      [0, 'inService.idle', 'i1'],
      [100, 'inService.busy', 'i1'],
      [110, 'pending', 'i2'],
      [112, 'terminated', 'i1'],
      [200, 'inService.idle', 'i2'],
      [200, 'inService.busy', 'i2'],
      [220, 'inService.idle', 'i2'],
    ])
    expect(ran.reasons('ec2autoscaling.interrupted')).toEqual([[112, 1]])
    expect(ran.reasons('sqs.reappeared')).toEqual([[130, 1]])
    expect([ran.total('W', 'Effects'), ran.total('W', 'DuplicateEffects')]).toEqual([1, 0])
  })

  test('finishes first with a life cycle hook, as long as its heartbeat lasts', () => {
    const gone = (duration: number) => {
      const resources = { C: sends(1), Q: queue({ VisibilityTimeout: 300 }), W: workers({ duration }), H: hook }
      const interventions: Scenario['interventions'] = [
        { at: 10, set: '/resources/W/Properties/MinSize', value: 0 },
        { at: 10, set: '/resources/W/Properties/DesiredCapacity', value: 0 },
      ]
      const ran = run(resources, { interventions })
      const [at] = ran.states('worker').find(([, state]) => state === 'terminated')!
      return [at, ran.total('W', 'Effects')]
    }
    expect(gone(40)).toEqual([40, 1])
    expect(gone(100)).toEqual([70, 0])
  })

  test('dies with a fault, and is replaced after the repair', () => {
    const resources = { C: sends(1), Q: queue({ VisibilityTimeout: 60 }), W: workers({ duration: 20 }) }
    const interventions: Scenario['interventions'] = [
      { at: 10, fault: 'resource-down', resource: 'W' },
      { at: 50, repair: 'resource-down', resource: 'W' },
    ]
    const ran = run(resources, { interventions })
    expect(ran.level('W', 'inService')).toEqual([
      [0, 1],
      [10, 0],
      [140, 1],
    ])
    expect(ran.total('W', 'Effects')).toBe(1)
  })

  test('costs by the second from its launch on, a minute at least, at work or idle (PR-28)', () => {
    const hours = (resources: Scenario['resources'], more: Partial<Scenario> = {}) =>
      run(resources, { duration: 3_600, ...more })
        .costs.filter(({ resource }) => resource === 'W')
        .map(({ quantity, usd }) => [Math.round(quantity * 3_600), Math.round(usd * 1e6) / 1e6])
    expect(hours({ C: sends(90), Q: queue(), W: workers({ duration: 10 }) })).toEqual([
      [900, 0.0026],
      [2_700, 0.0078],
    ])
    const interventions: Scenario['interventions'] = [
      { at: 10, set: '/resources/W/Properties/MinSize', value: 0 },
      { at: 20, set: '/resources/W/Properties/DesiredCapacity', value: 0 },
    ]
    const W = workers({}, {}, { instanceType: 'm5.large' })
    expect(hours({ Q: queue(), W }, { interventions })).toEqual([
      [0, 0],
      [60, 0.0016],
    ])
  })

  test('asks no more when the run is over and nothing is left', () => {
    const ran = runOf(scenarioOf({ C: sends(3), Q: queue(), W: workers({ duration: 50 }) }, { duration: 60 }), {
      untilIdle: true,
    })
    expect(ran.total('W', 'Effects')).toBe(3)
    expect(ran.until).toBeLessThan(200)
  })
})

describe('documents', () => {
  const document = (properties: JsonObject, worker: JsonObject = {}, resources: Scenario['resources'] = {}) =>
    gateJson({ ...scenarioOf({ Q: queue(), W: workers(worker, properties), ...resources }), layout: {} })
  const messages = (...given: Parameters<typeof document>): string[] =>
    document(...given).problems.map((it) => it.message)
  test('a fleet of defaults is fine', () => expect(messages({})).toEqual([]))
  test('sizes that contradict each other are refused', () => {
    expect(messages({ MinSize: 5 })).toEqual(['MinSize of W, 5, is more than its MaxSize, 4. Lower it to 4.'])
    expect(messages({ DesiredCapacity: 9 })).toEqual([
      'DesiredCapacity of W is 9. It lies between MinSize 1 and MaxSize 4 (ASG-1).',
    ])
  })
  test('a visibility timeout that is too short for what is received is a warning', () => {
    expect(messages({}, { duration: 5, batch: 10 })[0]).toContain('need up to 50 s')
    expect(messages({}, { duration: 5, batch: 6 })).toEqual([])
  })
})
