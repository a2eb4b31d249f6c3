/** Lesson 11, inside or outside the network: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import type { JsonObject, Scenario } from '../../model/scenario'
import { buildNetwork, reach } from '../../network'
import {
  acl,
  DATABASE,
  ec2,
  GATEWAY,
  gatewayEndpoint,
  group,
  https,
  interfaceEndpoint,
  inVpc,
  nat,
  of,
  PRIVATE_ROUTE,
  PUBLIC_ROUTE,
  visited,
  WAY_OUT,
} from './course.fixture'
import { measure, one, reasonsOf, type Resources } from './run.fixture'

const PUBLIC: JsonObject = {}
const verdict = (scenario: Scenario, to: string, from = 'Fn') => reach(buildNetwork(scenario), { from, to })
const reaches = (scenario: Scenario, to: string, from = 'Fn') => verdict(scenario, to, from).reachable
/** Share of the visitors that are answered, in a run in which the function calls `to`. */
const served = (to: string, resources: Resources, network?: JsonObject) =>
  one(visited(to, resources, network), 'success Visitors')

describe('a function outside every VPC (NET-1)', () => {
  test('11.1 reaches the internet and the public services of AWS', () => {
    for (const to of ['Api', 'Table', 'Queue']) {
      expect(reaches(visited(to, {}, PUBLIC), to)).toBe(true)
      expect(served(to, {}, PUBLIC)).toBe(1)
    }
  })
  test('11.2 reaches nothing private in a VPC', () => {
    const scenario = visited('Db', DATABASE, PUBLIC)
    expect(verdict(scenario, 'Db')).toMatchObject({ reachable: false, code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS' })
    expect(measure(scenario, { good: 'success Visitors', timeouts: 'timeouts Fn' })).toEqual({ good: 0, timeouts: 10 })
    expect(reasonsOf(scenario, 'call.unreachable.privateAddress')[0]!.text).toContain('NET-1')
  })
  test('11.3 reaches what has a public address, where its rules allow it', () => {
    const server = (rules: JsonObject): Resources => ({
      ...GATEWAY,
      ...PUBLIC_ROUTE,
      WebSg: group(rules),
      Server: ec2('Instance', {
        NetworkInterfaces: [
          { DeviceIndex: 0, SubnetId: 'PublicA', GroupSet: ['WebSg'], AssociatePublicIpAddress: true },
        ],
      }),
    })
    const open = { SecurityGroupIngress: [https({ CidrIp: '0.0.0.0/0' })] }
    expect(reaches(visited('Api', server(open), PUBLIC), 'Server')).toBe(true)
    expect(verdict(visited('Api', server({}), PUBLIC), 'Server')).toMatchObject({ reachable: false, at: 'WebSg' })
  })
})

describe('a function in a VPC follows its rules (NET-2)', () => {
  test('11.4 it reaches the database that lets its group in, and no other', () => {
    expect(reaches(visited('Db', DATABASE), 'Db')).toBe(true)
    expect(served('Db', DATABASE)).toBe(1)
    const closed = { ...DATABASE, DbSg: group() }
    expect(verdict(visited('Db', closed), 'Db')).toMatchObject({
      reachable: false,
      at: 'DbSg',
      code: 'SG_HAS_NO_RULES',
    })
    expect(served('Db', closed)).toBe(0)
  })
  test('11.5 it has no internet by itself', () => {
    expect(verdict(visited('Api', {}), 'Api').code).toBe('NO_ROUTE_TO_DESTINATION')
    expect(measure(visited('Api', {}), { good: 'success Visitors', timeouts: 'timeouts Fn' })).toEqual({
      good: 0,
      timeouts: 10,
    })
  })
  test('11.6 the internet needs a NAT gateway, an internet gateway and both routes: all four', () => {
    const pieces: Resources[] = [GATEWAY, nat(), PRIVATE_ROUTE, PUBLIC_ROUTE]
    const opened = pieces.map((_, i) => {
      const scenario = visited('Api', Object.assign({}, ...pieces.slice(0, i + 1)) as Resources)
      return [reaches(scenario, 'Api'), one(scenario, 'success Visitors')]
    })
    expect(opened).toEqual([
      [false, 0],
      [false, 0],
      [false, 0],
      [true, 1],
    ])
    // and each of them is needed
    for (const missing of [PRIVATE_ROUTE, PUBLIC_ROUTE]) {
      const rest = Object.fromEntries(Object.entries(WAY_OUT).filter(([id]) => !(id in missing)))
      expect(served('Api', rest)).toBe(0)
    }
  })
  test('11.7 a public subnet does not help: the interface has no public address (NET-30)', () => {
    const scenario = visited('Api', { ...GATEWAY, ...PUBLIC_ROUTE }, inVpc(['PublicA']))
    expect(verdict(scenario, 'Api')).toMatchObject({ reachable: false, code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS' })
    expect(one(scenario, { m: 'packets.dropped', of: 'Fn', where: { reason: 'noPublicAddress' } })).toBe(10)
  })
  test('11.8 the NAT gateway stands in a public subnet, or leads nowhere (NET-26)', () => {
    const scenario = visited('Api', { ...WAY_OUT, ...nat('PrivateA') })
    expect(verdict(scenario, 'Api')).toMatchObject({ reachable: false, at: 'Nat' })
    expect(one(scenario, { m: 'packets.dropped', of: 'Fn', where: { reason: 'natWithoutGateway' } })).toBe(10)
  })
  test('11.9 an open security group is no route (NET-31)', () => {
    const open = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }
    const scenario = visited('Api', {
      AppSg: group({ SecurityGroupIngress: [open], SecurityGroupEgress: [open] }),
      ...acl({ Out: [100, true, 0, 65535], In: [100, false, 0, 65535] }),
    })
    expect(verdict(scenario, 'Api').code).toBe('NO_ROUTE_TO_DESTINATION')
    expect(one(scenario, 'success Visitors')).toBe(0)
  })
})

describe('endpoints (NET-27, NET-28)', () => {
  const endpoint = gatewayEndpoint(['PrivateTable'])
  test('11.10 a gateway endpoint reaches DynamoDB without a NAT gateway, and not the internet', () => {
    expect([reaches(visited('Table', endpoint), 'Table'), reaches(visited('Table', endpoint), 'Api')]).toEqual([
      true,
      false,
    ])
    expect(served('Table', endpoint)).toBe(1)
    expect(served('Api', endpoint)).toBe(0)
  })
  test('11.11 it costs nothing idle; a NAT gateway $32.85 a month (PR-20, PR-21)', () => {
    expect(one(visited('Table', endpoint), 'cost.idleMonthly')).toBe(0)
    expect(one(visited('Table', WAY_OUT), 'cost.idleMonthly')).toBeCloseTo(32.85, 10)
    const both = { ...interfaceEndpoint([]), AppSg: group() }
    expect(one(visited('Queue', both), 'cost.idleMonthly')).toBeCloseTo(7.3, 10)
  })
  test('11.12 other services need an interface endpoint', () => {
    const open = {
      ...interfaceEndpoint(['EndSg']),
      EndSg: group({ SecurityGroupIngress: [https({ SourceSecurityGroupId: 'AppSg' })] }),
    }
    expect([served('Queue', {}), served('Queue', open)]).toEqual([0, 1])
  })
})

test('11.13 reachable is not permitted: the call is answered with AccessDenied at once', () => {
  const poor = of('AWS::IAM::Role', {
    Policies: [
      {
        PolicyName: 'Interfaces',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['ec2:*'], Resource: ['*'] }],
        },
      },
    ],
  })
  const scenario = visited('Table', { ...gatewayEndpoint(['PrivateTable']), Role: poor })
  expect(reaches(scenario, 'Table')).toBe(true)
  expect(
    measure(scenario, {
      errors: { m: 'errors', of: 'Fn', where: { type: 'AccessDenied' } },
      timeouts: 'timeouts Fn',
      good: 'success Visitors',
    }),
  ).toEqual({ errors: 10, timeouts: 0, good: 0 })
  expect(reasonsOf(scenario, 'call.denied')).toHaveLength(10)
})

test('11.14 network ACLs forget: without a rule for the answer it is lost (NET-24, NET-25)', () => {
  const scenario = visited('Db', { ...DATABASE, ...acl({ Out: [100, true, 5432, 5432], In: [100, false, 443, 443] }) })
  const { code, hops } = verdict(scenario, 'Db')
  expect(code).toBe('SUBNET_ACL_RESTRICTION')
  expect(hops.at(-1)).toMatchObject({ direction: 'return', passed: false })
  expect(one(scenario, { m: 'packets.dropped', of: 'Fn', where: { reason: 'naclReturn' } })).toBe(10)
})

test('11.15 one zone fails: a function in one subnet is gone, one in two goes on', () => {
  const inZones = (subnets: string[]) => {
    const scenario = visited('Db', DATABASE, inVpc(subnets))
    return one({ ...scenario, interventions: [{ at: 0, fault: 'az-outage', zone: 'a' }] }, 'success Visitors')
  }
  expect([inZones(['PrivateA']), inZones(['PrivateA', 'PrivateB'])]).toEqual([0, 1])
})

test('11.16 nothing dials into a function through the VPC', () => {
  expect(verdict(visited('Api', WAY_OUT), 'eni:PrivateA:AppSg', 'internet').reachable).toBe(false)
})
