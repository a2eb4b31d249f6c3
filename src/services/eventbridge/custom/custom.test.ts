import { describe, expect, test } from 'vitest'
import { gateJson } from '../../../gate'
import type { Intervention, JsonObject, Resource, Scenario } from '../../../model/scenario'
import { expectResumable } from '../../resume.fixture'
import { client, mayAll, openToAll, runOf, scenarioOf, type Ran } from '../../run.fixture'
import { subscriberProblems } from './checks'

const profile = 'eventbridge-custom-2026'
const rule = (target: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: 'Bus',
    EventPattern: { source: ['shop'] },
    State: 'ENABLED',
    Targets: [{ Id: target, Arn: target }],
    ...more,
  },
})
const event = { source: 'shop', 'detail-type': 'order', detail: { total: 3 } }
const puts = (count: number, more: JsonObject = {}, at = 0): Resource =>
  client('events:PutEvents', 'Bus', { pattern: 'constant', rate: 1, at, count }, { body: event, ...more })
const document = (
  resources: { [id: string]: Resource },
  interventions: Intervention[] = [],
  more: Partial<Scenario> = {},
): Scenario =>
  scenarioOf(
    {
      Role: mayAll,
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      Out: { Type: 'AWS::SQS::Queue' },
      ...openToAll(resources),
    },
    { profile, interventions, ...more },
  )
const state = (at: number, value: string): Intervention => ({ at, set: '/resources/Late/Properties/State', value })
const arrived = (ran: Ran): number[] => ran.level('Out', 'visible').map(([at]) => at)

describe('a subscriber that comes late', () => {
  const resources = { C: puts(10), Late: rule('Out', { State: 'DISABLED' }) }
  test('gets the events of yesterday; under teaching it gets none', () => {
    const day = 86_400
    const late = [state(day, 'ENABLED')]
    const now = runOf(document(resources, late, { duration: day + 60 }))
    expect(arrived(now)).toEqual([day + 0.5])
    expect(now.level('Out', 'visible').at(-1)![1]).toBe(10)
    expect(now.reasons('eventbridge.caughtUp')).toEqual([[day, 10]])
    const classic = runOf(document(resources, late, { duration: day + 60, profile: 'teaching' }))
    expect(arrived(classic)).toEqual([])
  })
  test('gets those since its start position, and none that the bus has forgotten', () => {
    const Late: Resource = { ...rule('Out', { State: 'DISABLED' }), Behavior: { startsAt: 6 } }
    const ran = runOf(document({ C: puts(10), Late }, [state(20, 'ENABLED')]))
    expect(ran.level('Out', 'visible').at(-1)![1]).toBe(4)
    const facts = { 'eventbridge.customRetention': 86_400 }
    const forgotten = runOf(document(resources, [state(90_000, 'ENABLED')], { duration: 90_100, facts }))
    expect(arrived(forgotten)).toEqual([])
  })
  test('paused and resumed, goes on where it was', () => {
    const ran = runOf(document({ C: puts(10), Late: rule('Out') }, [state(3.5, 'DISABLED'), state(30, 'ENABLED')]))
    expect(ran.level('Out', 'visible')).toEqual([
      [0.5, 1],
      [1.5, 2],
      [2.5, 3],
      [3.5, 4],
      [30.5, 10],
    ])
  })
  test('on the default bus is a rule as ever', () => {
    const Bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } }
    expect(arrived(runOf(document({ ...resources, Bus }, [state(20, 'ENABLED')])))).toEqual([])
  })
  test('goes on from a keyframe as it went', () => {
    const grouped = { C: puts(10, { group: 'a' }), Late: rule('Out', { State: 'DISABLED' }) }
    expectResumable(
      document(grouped, [state(4.2, 'ENABLED'), state(6.2, 'DISABLED'), state(8.2, 'ENABLED')]),
      [8, 16, 24, 40],
    )
  })
})

describe('events of one group', () => {
  const down: Intervention[] = [
    { at: 0, fault: 'resource-down', resource: 'Out' },
    { at: 2, repair: 'resource-down', resource: 'Out' },
  ]
  const two = (first: string, second: string) => ({
    A: puts(1, { group: first, body: { ...event, detail: { n: 1 } } }),
    B: puts(1, { group: second, body: { ...event, detail: { n: 2 } } }, 1.8),
    R: rule('Out'),
  })
  const order = (ran: Ran) =>
    ran
      .contents()
      .filter(({ resource }) => resource === 'Out')
      .toSorted((a, b) => a.at - b.at)
      .map(({ value }) => ((value as { body: typeof event }).body.detail as unknown as { n: number }).n)
  test('wait for one another', () => {
    const ran = runOf(document(two('a', 'a'), down))
    expect(order(ran)).toEqual([1, 2])
    expect(ran.reasons('eventbridge.inOrder')).toEqual([[1.8, 1]])
  })
  test('do not wait for those of another, and of no group in other profiles', () => {
    expect(order(runOf(document(two('a', 'b'), down)))).toEqual([2, 1])
    expect(order(runOf(document(two('a', 'a'), down, { profile: 'teaching' })))).toEqual([2, 1])
  })
})

test('a deduplication id counts once in five minutes', () => {
  const twice = {
    C: puts(2, { group: 'a', deduplication: 'x' }),
    D: puts(1, { deduplication: 'x' }, 301.5),
    R: rule('Out'),
  }
  const ran = runOf(document(twice, [], { duration: 400 }))
  expect(ran.reasons('eventbridge.duplicate').map(([at]) => at)).toEqual([1])
  expect(arrived(ran)).toHaveLength(2)
  expect(arrived(runOf(document(twice, [], { duration: 400, profile: 'teaching' })))).toHaveLength(3)
})

test('a delivery is tried 5 times unless its target says otherwise', () => {
  const down: Intervention[] = [{ at: 0, fault: 'resource-down', resource: 'Out' }]
  const attempts = (given: string, Targets?: JsonObject[]) =>
    runOf(
      document({ C: puts(1), R: rule('Out', Targets === undefined ? {} : { Targets }) }, down, {
        profile: given,
        duration: 3_000,
      }),
    ).total('R', 'InvocationAttempts')
  expect(attempts(profile)).toBe(6)
  expect(attempts(profile, [{ Id: 'Out', Arn: 'Out', RetryPolicy: { MaximumRetryAttempts: 2 } }])).toBe(3)
  expect(attempts('teaching')).toBeGreaterThan(10)
})

test('has one target, and the gate leaves its retries to the profile', () => {
  const Targets = [
    { Id: 'Out', Arn: 'Out' },
    { Id: 'Two', Arn: 'Two' },
  ]
  const resources = { R: rule('Out', { Targets }), Two: { Type: 'AWS::SQS::Queue' } }
  expect(subscriberProblems(document(resources))).toMatchObject([{ severity: 'error' }])
  expect(subscriberProblems(document(resources, [], { profile: 'teaching' }))).toEqual([])
  const gated = gateJson(document({ R: { ...rule('Out'), Behavior: { startsAt: 3 } } }))
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  expect(gated.scenario.resources['R']!.Properties!['Targets']).toEqual([{ Id: 'Out', Arn: 'Out' }])
})
