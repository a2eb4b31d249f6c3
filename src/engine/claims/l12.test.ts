/** Lesson 12, the hidden network card: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Scenario } from '../../model/scenario'
import { DATABASE, group, inVpc, subnet, visited, VPC } from './course.fixture'
import {
  BURST,
  client,
  documentOf,
  fn,
  measure,
  one,
  ONCE,
  reasonsOf,
  refusal,
  scenarioOf,
  version,
  type Resources,
} from './run.fixture'

const DAY = 86_400
const THREE = ['PrivateA', 'PrivateB', 'PrivateC']
const BASE: Resources = { ...VPC, PrivateC: subnet('10.0.3.0/24', 'c'), OtherSg: group() }
const inside = (
  subnets: string[],
  groups: string[] = ['AppSg'],
  behavior: JsonObject = {},
  properties: JsonObject = {},
) => fn([{ wait: 1 }], { Timeout: 30, ...inVpc(subnets, groups), ...properties }, behavior)
const many = (count: number, subnets: string[], groups: string[] = ['AppSg'], name = 'Fn'): Resources =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i + 1}`, inside(subnets, groups)]))
const counted = (resources: Resources) => one(scenarioOf({ ...BASE, ...resources }, 10), 'eni.count Vpc')

describe('one interface for each subnet and set of groups (NET-3)', () => {
  test('12.1 five functions with the same: one', () => expect(counted(many(5, ['PrivateA']))).toBe(1))
  test('12.2 three subnets: three', () => expect(counted(many(5, THREE))).toBe(3))
  test('12.3 two sets of groups over three subnets: six', () => {
    expect(counted({ ...many(5, THREE), ...many(5, THREE, ['AppSg', 'OtherSg'], 'More') })).toBe(6)
    // the order in which groups are written makes no other set
    expect(
      counted({
        ...many(1, ['PrivateA'], ['AppSg', 'OtherSg']),
        ...many(1, ['PrivateA'], ['OtherSg', 'AppSg'], 'More'),
      }),
    ).toBe(1)
  })
  test('12.4 a thirteenth function with a combination that is there: no new one and no wait', () => {
    const late = { ...many(12, THREE), Late: inside(THREE, ['AppSg'], { created: 5 }), Caller: client(ONCE(5), 'Late') }
    expect(
      measure(scenarioOf({ ...BASE, ...late }, 10), {
        created: 'eni.created Vpc',
        wait: 'timeToActive Late',
        good: 'success Caller',
      }),
    ).toEqual({ created: 0, wait: 0, good: 1 })
  })
})

describe('when they are built (NET-5)', () => {
  test('12.5 at the configuration, 90 s, in which calls are refused', () => {
    const scenario = scenarioOf(
      {
        ...BASE,
        Fn: inside(['PrivateA'], ['AppSg'], { created: 0 }),
        Early: client(ONCE(10), 'Fn'),
        Late: client(ONCE(90.001), 'Fn'),
      },
      100,
    )
    expect(measure(scenario, { wait: 'eni.timeToActive Fn', early: 'success Early', late: 'success Late' })).toEqual({
      wait: 90,
      early: 0,
      late: 1,
    })
    expect(reasonsOf(scenario, 'lambda.pending')[0]!.text).toMatch(/Pending.*409.*NET-5/)
  })
  test('12.6 invocations build none, and a cold start is as long as outside', () => {
    const burst = (network: JsonObject) =>
      measure(
        scenarioOf(
          { ...BASE, Fn: fn([{ wait: 1 }], { Timeout: 30, ...network }), Crowd: client(BURST(100), 'Fn') },
          10,
        ),
        { created: 'eni.created Vpc', cold: 'coldStarts Fn', longest: 'latency.max Crowd' },
      )
    const within = burst(inVpc(THREE))
    expect(within).toEqual({ created: 0, cold: 100, longest: 1.101 })
    expect(burst({})).toEqual(within)
  })
  test('12.7 before September 2019: one for each that runs at once, 10 s later, until the subnet is full (NET-9)', () => {
    const crowd = (profile: string) =>
      measure(
        scenarioOf(
          {
            ...VPC,
            Small: subnet('10.0.9.0/28', 'a'),
            Fn: inside(['Small'], ['AppSg'], {}, { MemorySize: 3072 }),
            Crowd: client(BURST(60, 1), 'Fn', { timeout: 60 }),
          },
          200,
          { profile },
        ),
        { enis: 'eni.max Vpc', created: 'eni.created Vpc', failures: 'errors Crowd', longest: 'latency.max Crowd' },
      )
    expect(crowd('lambda-vpc-2018')).toEqual({ enis: 11, created: 11, failures: 49, longest: 11.101 })
    expect(crowd('aws-2026-11')).toMatchObject({ enis: 1, created: 0, failures: 0 })
    expect(crowd('teaching')).toEqual({ enis: 1, created: 0, failures: 0, longest: 1.101 })
  })
  test('L12.C1 twelve functions share three interfaces; before they needed at least ten times as many', () => {
    const twelve: Resources = Object.fromEntries(
      Object.entries(many(12, THREE)).map(([id, it]) => [
        id,
        { ...it, Properties: { ...it.Properties, MemorySize: 3072 }, Behavior: { ...it.Behavior, created: 0 } },
      ]),
    )
    const crowds = Object.fromEntries(
      Object.keys(twelve).map((id) => [`Of${id}`, client(BURST(5, 120), id, { timeout: 60 })]),
    )
    const asked = (profile: string) =>
      measure(scenarioOf({ ...BASE, ...twelve, ...crowds }, 200, { profile }), {
        count: 'eni.count Vpc',
        late: { m: 'eni.created', of: 'Vpc', during: [120, 200] },
      }) as { count: number; late: number }
    const now = asked('aws-2026-11')
    const then = asked('lambda-vpc-2018')
    expect(now).toEqual({ count: 3, late: 0 })
    expect(now.count).toBeLessThanOrEqual(0.1 * then.count)
  })
})

describe('changes', () => {
  const changed = (set: string, value: JsonObject | JsonObject[] | string[]): Scenario => ({
    ...visited('Db', DATABASE, inVpc(), 200),
    interventions: [{ at: 3, set: `/resources/Fn/${set}`, value }],
  })
  test('12.8 new code keeps the interfaces; another group makes a new one in 90 s, while the old serves', () => {
    expect(
      measure(changed('Behavior/steps', [{ call: 'rds:Query', to: 'Db' }, { wait: 0.1 }]), {
        created: 'eni.created Vpc',
        good: 'success Visitors',
      }),
    ).toEqual({
      created: 0,
      good: 1,
    })
    // the database lets the old group alone in: calls before 93 s get through, and none afterwards
    const moved = changed('Properties/VpcConfig/SecurityGroupIds', ['OtherSg'])
    const scenario: Scenario = {
      ...moved,
      resources: {
        ...moved.resources,
        OtherSg: group(),
        Late: client(ONCE(92), 'Fn'),
        TooLate: client(ONCE(94), 'Fn'),
      },
    }
    expect(
      measure(scenario, {
        created: 'eni.created Vpc',
        good: 'success Visitors',
        late: 'success Late',
        tooLate: 'success TooLate',
      }),
    ).toEqual({ created: 1, good: 1, late: 1, tooLate: 0 })
    expect(reasonsOf(scenario, 'lambda.updating')).toMatchObject([{ at: 3, value: 90 }])
    expect(reasonsOf(scenario, 'lambda.deployed')).toMatchObject([{ at: 93 }])
  })
  test('12.8 a published version keeps the interface it was published with', () => {
    const there = changed('Properties/VpcConfig/SecurityGroupIds', ['OtherSg'])
    const last = (resources: Resources): unknown => {
      const scenario = { ...there, duration: 3_000, resources: { ...there.resources, OtherSg: group(), ...resources } }
      return one(scenario, 'eni.count Vpc')
    }
    const V1 = version(1, 'Fn', { complete: true, Properties: { ...inVpc(), Timeout: 3 } })
    expect([last({}), last({ V1 })]).toEqual([1, 2])
  })
  test('12.8 groups that are put back before the new interface is there stay; it is deleted again', () => {
    const there = changed('Properties/VpcConfig/SecurityGroupIds', ['OtherSg'])
    const scenario: Scenario = {
      ...there,
      resources: { ...there.resources, OtherSg: group(), Late: client(ONCE(150), 'Fn') },
      interventions: [
        ...there.interventions!,
        { at: 30, set: '/resources/Fn/Properties/VpcConfig/SecurityGroupIds', value: ['AppSg'] },
      ],
    }
    expect(measure(scenario, { created: 'eni.created Vpc', good: 'success Visitors', late: 'success Late' })).toEqual({
      created: 1,
      good: 1,
      late: 1,
    })
    expect(reasonsOf(scenario, 'lambda.deployed')).toEqual([])
  })
  test('12.9 after 14 days without a call it loses them: the first call fails, then it is Pending, then fine (NET-6)', () => {
    const calls: Resources = {
      First: client(ONCE(20 * DAY), 'Fn'),
      Soon: client(ONCE(20 * DAY + 60), 'Fn'),
      Later: client(ONCE(20 * DAY + 91), 'Fn'),
    }
    const scenario = scenarioOf({ ...BASE, Fn: inside(['PrivateA']), ...calls }, 21 * DAY)
    expect(
      measure(scenario, {
        before: { m: `eni.at(${13 * DAY}s)`, of: 'Vpc' },
        between: { m: `eni.at(${15 * DAY}s)`, of: 'Vpc' },
        created: 'eni.created Vpc',
        first: 'success First',
        soon: 'success Soon',
        later: 'success Later',
      }),
    ).toEqual({ before: 1, between: 0, created: 1, first: 0, soon: 0, later: 1 })
    expect(reasonsOf(scenario, 'lambda.reviving')[0]!.text).toMatch(/502 ResourceNotReady.*NET-6/)
    expect(reasonsOf(scenario, 'lambda.pending')).toHaveLength(1)
  })
  test('12.10 a VPC holds 500: a group for each of 167 functions over three subnets is one too many (NET-4)', () => {
    const each = (count: number): Resources =>
      Object.assign(
        {},
        ...Array.from({ length: count }, (_, i) => ({ [`Sg${i}`]: group(), [`Fn${i}`]: inside(THREE, [`Sg${i}`]) })),
      ) as Resources
    const gated = (count: number, more: JsonObject = {}) => gateJson(documentOf({ ...BASE, ...each(count) }, 10, more))
    expect(gated(166).ok).toBe(true)
    const { status, message, path } = refusal(gated(167))
    expect(status).toBe('refused')
    expect(path).toBe('/resources/Fn166/Properties/VpcConfig/SecurityGroupIds')
    expect(message).toMatch(/needs network interface 501.*EniLimitExceeded/)
    // the quota of the notes
    expect(refusal(gated(100, { facts: { 'vpc.eniQuota': 250 } })).message).toContain('holds 250')
  })
})
