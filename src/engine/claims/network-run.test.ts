/** What a run makes of a network: interventions, connections, bytes and money (point 4 of "Networks one can walk through"). */
import { describe, expect, test } from 'vitest'
import type { Intervention, JsonObject, Scenario } from '../../model/scenario'
import { simulate } from '../simulate'
import {
  acl,
  DATABASE,
  gatewayEndpoint,
  group,
  https,
  interfaceEndpoint,
  inVpc,
  nat,
  of,
  subnet,
  visited,
  WAY_OUT,
} from './course.fixture'
import { BURST, client, fn, measure, one, ONCE, reasonsOf, scenarioOf, type Resources } from './run.fixture'

const during = (scenario: Scenario, ...interventions: Intervention[]): Scenario => ({ ...scenario, interventions })
/** Calls at 1, 5, ... 37 s: how many were lost before 20 s, from then on, and for which reason. */
const losses = (scenario: Scenario, reason: string) =>
  measure(scenario, {
    before: { m: 'packets.dropped', of: 'Fn', during: [0, 20], where: { reason } },
    after: { m: 'packets.dropped', of: 'Fn', during: [20, 'end'], where: { reason } },
    timeouts: 'timeouts Fn',
  })
const ALL_AFTER = { before: 0, after: 5, timeouts: 5 }

describe('interventions', () => {
  const open = visited('Api', WAY_OUT)
  test('a NAT gateway that is deleted leaves a black hole (NET-26)', () => {
    const scenario = during(open, { at: 20, fault: 'deleted', resource: 'Nat' })
    expect(losses(scenario, 'blackhole')).toEqual(ALL_AFTER)
    expect(reasonsOf(scenario, 'call.unreachable.blackhole')[0]!.text).toContain('NET-26')
  })
  test('made again it carries, and its hours are those in which it was there (PR-20)', () => {
    const mended = during(
      open,
      { at: 20, fault: 'deleted', resource: 'Nat' },
      { at: 30, repair: 'deleted', resource: 'Nat' },
    )
    expect(losses(mended, 'blackhole')).toMatchObject({ after: 3 })
    const hours = (scenario: Scenario) => simulate(scenario).costs.find(({ item }) => item === 'Hours')!
    expect(hours(open).quantity).toBeCloseTo(60 / 3600, 12)
    expect(hours(mended).quantity).toBeCloseTo(50 / 3600, 12)
    // what is gone costs no further month
    expect(one(during(open, { at: 20, fault: 'deleted', resource: 'Nat' }), 'cost.idleMonthly')).toBe(0)
  })
  test('one that is down is not available', () => {
    expect(losses(during(open, { at: 20, fault: 'resource-down', resource: 'Nat' }), 'BAD_STATE')).toEqual(ALL_AFTER)
  })
  test('an endpoint, a route, a rule of an ACL or of a group is removed', () => {
    const endpoint = visited('Table', gatewayEndpoint(['PrivateTable']))
    expect(losses(during(endpoint, { at: 20, fault: 'deleted', resource: 'Endpoint' }), 'noRoute')).toEqual(ALL_AFTER)
    expect(losses(during(open, { at: 20, fault: 'deleted', resource: 'PrivateRoute' }), 'noRoute')).toEqual(ALL_AFTER)
    const filtered = visited('Api', {
      ...WAY_OUT,
      ...acl({ Out: [100, true, 443, 443], In: [100, false, 1024, 65535] }),
    })
    expect(losses(during(filtered, { at: 20, fault: 'deleted', resource: 'In' }), 'naclReturn')).toEqual(ALL_AFTER)
    const rules = { at: 20, set: '/resources/DbSg/Properties/SecurityGroupIngress', value: [] }
    expect(losses(during(visited('Db', DATABASE), rules), 'securityGroup')).toEqual(ALL_AFTER)
  })
  test('an ACL rule and a route are changed', () => {
    const filtered = visited('Api', {
      ...WAY_OUT,
      ...acl({ Out: [100, true, 443, 443], In: [100, false, 1024, 65535] }),
    })
    const deny = { at: 20, set: '/resources/Out/Properties/RuleAction', value: 'deny' }
    expect(losses(during(filtered, deny), 'nacl')).toEqual(ALL_AFTER)
    const narrow = { at: 20, set: '/resources/PrivateRoute/Properties/DestinationCidrBlock', value: '203.0.113.0/24' }
    expect(losses(during(open, narrow), 'noRoute')).toEqual(ALL_AFTER)
  })
  test('a zone fails with the NAT gateway in it; functions of the other zone lose their way, too (NET-26)', () => {
    const scenario = visited('Api', WAY_OUT, inVpc(['PrivateB']))
    expect(losses(during(scenario, { at: 20, fault: 'az-outage', zone: 'a' }), 'BAD_STATE')).toEqual(ALL_AFTER)
  })
  test('of two subnets one has a way out: every other call is lost', () => {
    const scenario = visited('Api', { ...WAY_OUT, Lone: subnet('10.0.7.0/24', 'c') }, inVpc(['PrivateA', 'Lone']))
    expect(measure(scenario, { good: 'success Visitors', lost: 'packets.dropped Fn' })).toEqual({ good: 0.5, lost: 5 })
  })
})

describe('connections', () => {
  const CROWD = { NatIp: nat()['NatIp']!, Crowd: client(BURST(30, 1), 'Fn') }
  const slow = (latency: number, facts: { [key: string]: number }, timeout = 10): Scenario => ({
    ...visited('Api', { ...WAY_OUT, ...CROWD, Api: of('Coldstart::Internet', {}, { host: 'a.example', latency }) }),
    facts,
    resources: {
      ...visited('Api', { ...WAY_OUT, ...CROWD, Api: of('Coldstart::Internet', {}, { host: 'a.example', latency }) })
        .resources,
      Visitors: client({ pattern: 'once', at: 1_000 }, 'Fn'),
      Fn: fn([{ call: 'https:Request', to: 'Api' }], { Timeout: timeout, ...inVpc() }),
    },
  })
  test('a NAT gateway has so many ports to one destination, and no more (NET-26)', () => {
    const scenario = slow(2, { 'vpc.natConnections': 20 })
    expect(
      measure(scenario, {
        attempts: { m: 'ConnectionAttemptCount', of: 'Nat', stat: 'Sum' },
        established: { m: 'ConnectionEstablishedCount', of: 'Nat', stat: 'Sum' },
        errors: { m: 'ErrorPortAllocation', of: 'Nat', stat: 'Sum' },
        most: { m: 'ActiveConnectionCount', of: 'Nat', stat: 'Maximum' },
        timeouts: 'timeouts Fn',
        lost: { m: 'packets.dropped', of: 'Fn', where: { reason: 'natPorts' } },
      }),
    ).toEqual({ attempts: 30, established: 20, errors: 10, most: 20, timeouts: 10, lost: 10 })
    const [first] = reasonsOf(scenario, 'vpc.natPorts')
    expect(first).toMatchObject({ resource: 'Nat', value: 20 })
    expect(first!.text).toMatch(/ErrorPortAllocation.*NET-26/)
  })
  test('each further Elastic IP adds as many ports (NET-26)', () => {
    const scenario = slow(2, { 'vpc.natConnections': 20 })
    const Nat = scenario.resources['Nat']!
    const two: Scenario = {
      ...scenario,
      resources: {
        ...scenario.resources,
        More: of('AWS::EC2::EIP', { Domain: 'vpc' }),
        Nat: { ...Nat, Properties: { ...Nat.Properties, SecondaryAllocationIds: ['More'] } },
      },
    }
    expect(one(two, { m: 'ErrorPortAllocation', of: 'Nat', stat: 'Sum' })).toBe(0)
  })
  test('what says nothing for 350 s is forgotten: the answer is lost (NET-26)', () => {
    const quiet = (latency: number) =>
      measure(
        scenarioOf(
          {
            ...visited('Api', WAY_OUT).resources,
            Visitors: client(ONCE(1), 'Fn', { timeout: 900 }),
            Api: of('Coldstart::Internet', {}, { host: 'a.example', latency }),
            Fn: fn([{ call: 'https:Request', to: 'Api' }], { Timeout: 500, ...inVpc() }),
          },
          600,
        ),
        {
          good: 'success Visitors',
          timeouts: 'timeouts Fn',
          idle: { m: 'IdleTimeoutCount', of: 'Nat', stat: 'Sum' },
          lost: { m: 'packets.dropped', of: 'Fn', where: { reason: 'natIdle' } },
        },
      )
    expect(quiet(350)).toEqual({ good: 1, timeouts: 0, idle: 0, lost: 0 })
    expect(quiet(360)).toEqual({ good: 0, timeouts: 1, idle: 1, lost: 1 })
  })
  test('one interface carries so many; beyond them Lambda adds another (NET-4)', () => {
    const enis = (most: number) => one(slow(2, { 'vpc.eniConnections': most }), 'eni.max Vpc')
    expect([enis(30), enis(29), enis(10)]).toEqual([1, 2, 3])
    expect(reasonsOf(slow(2, { 'vpc.eniConnections': 10 }), 'vpc.eniAdded')[0]!.text).toContain('NET-4')
  })
})

describe('money', () => {
  const body = { text: 'x'.repeat(1_000 - '{"text":""}'.length) }
  const posting = (to: string, resources: Resources, network = inVpc(), answerBytes = 0): Scenario => {
    const { resources: all } = visited(to, resources, network)
    const call = all['Fn']!.Behavior!['steps'] as JsonObject[]
    return scenarioOf(
      {
        ...all,
        Api: of('Coldstart::Internet', {}, { host: 'a.example', answerBytes }),
        Fn: fn([{ ...call[0], ...(to === 'Db' ? {} : { body }) }], { Timeout: 3, ...network }),
      },
      3_600,
    )
  }
  const lines = (scenario: Scenario) =>
    Object.fromEntries(
      simulate(scenario)
        .costs.filter(({ fact }) => /^(vpc|internet)\./.test(fact))
        .map(({ resource, item, quantity, usd }) => [
          `${resource}: ${item}`,
          [Number(quantity.toPrecision(9)), Number(usd.toPrecision(9))],
        ]),
    )
  test('bytes through a NAT gateway are paid in both directions, and those that leave AWS once more (PR-20, PR-23)', () => {
    expect(lines(posting('Api', WAY_OUT, inVpc(), 4_000))).toEqual({
      'Nat: Hours': [1, 0.045],
      // ten calls: 1 kB out, 4 kB back
      'Nat: Data processed': [0.00005, 0.00000225],
      'Api: Data from AWS': [0.00001, 0.0000009],
    })
    expect(
      measure(posting('Api', WAY_OUT, inVpc(), 4_000), {
        out: { m: 'BytesOutToDestination', of: 'Nat', stat: 'Sum' },
        back: { m: 'BytesInFromDestination', of: 'Nat', stat: 'Sum' },
      }),
    ).toEqual({ out: 10_000, back: 40_000 })
  })
  test('what is read from a table through a NAT gateway is paid; through its endpoint it is not', () => {
    const reading = (resources: Resources): Scenario => {
      const { resources: all } = visited('Table', resources)
      const item = { text: 'x'.repeat(994) }
      return scenarioOf(
        {
          ...all,
          Table: { ...all['Table']!, Behavior: { items: { k: item } } },
          Fn: fn([{ call: 'dynamodb:GetItem', to: 'Table', key: 'k' }], { Timeout: 3, ...inVpc() }),
        },
        3_600,
      )
    }
    expect(one(reading(WAY_OUT), { m: 'BytesInFromDestination', of: 'Nat', stat: 'Sum' })).toBeGreaterThan(9_900)
    expect(lines(reading(WAY_OUT))).toHaveProperty(['Nat: Data processed'])
    expect(lines(reading(gatewayEndpoint(['PrivateTable'])))).toEqual({})
  })
  test('a gateway endpoint is free, an interface endpoint is paid by zone, hour and GB (PR-21)', () => {
    expect(lines(posting('Table', gatewayEndpoint(['PrivateTable'])))).toEqual({})
    const open = {
      ...interfaceEndpoint(['EndSg']),
      EndSg: group({ SecurityGroupIngress: [https({ CidrIp: '10.0.0.0/16' })] }),
    }
    expect(lines(posting('Queue', open))).toEqual({
      'Endpoint: Hours in each zone': [1, 0.01],
      'Endpoint: Data processed': [0.00001, 0.0000001],
    })
  })
  test('between two zones each side is paid; within one it is free (PR-22, NET-32)', () => {
    // the NAT gateway is in zone a
    expect(lines(posting('Api', WAY_OUT))).not.toHaveProperty(['Fn: Data between zones, out and in'])
    expect(lines(posting('Api', WAY_OUT, inVpc(['PrivateB'])))).toMatchObject({
      'Fn: Data between zones, out and in': [0.00002, 0.0000002],
    })
  })
})
