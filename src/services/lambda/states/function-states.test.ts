import { describe, expect, test } from 'vitest'
import type { Resource } from '../../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'

const DAY = 86_400
const fn = (inVpc: boolean): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Runtime: 'nodejs24.x',
    Timeout: 3,
    Role: 'Role',
    ...(inVpc ? { VpcConfig: { SubnetIds: ['Subnet'], SecurityGroupIds: ['Sg'] } } : {}),
  },
  Behavior: { steps: [{ wait: 0.1 }] },
})
const called = (at: readonly number[], inVpc = true, duration = 40 * DAY) =>
  runOf(
    scenarioOf(
      {
        Role: mayAll,
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
        Subnet: {
          Type: 'AWS::EC2::Subnet',
          Properties: { VpcId: 'Vpc', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'a' },
        },
        Sg: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'Vpc', GroupDescription: 'none' } },
        Fn: fn(inVpc),
        ...Object.fromEntries(
          at.map((second, i) => [`Client${i}`, client('lambda:Invoke', 'Fn', { pattern: 'once', at: second })]),
        ),
      },
      { duration },
    ),
  )
const states = (run: ReturnType<typeof called>) =>
  run.states('function').map(([second, state]) => [Math.round((second / DAY) * 1_000) / 1_000, state])

describe('a function nobody calls for two weeks (LAM-15, NET-6)', () => {
  test('becomes Inactive; the next call is refused, revives it, and after 90 s it answers again', () => {
    const run = called([200, 20 * DAY, 20 * DAY + 60, 20 * DAY + 100])
    expect(states(run).filter(([, state]) => state !== 'Absent')).toEqual([
      [0, 'Active'],
      [14.002, 'Inactive'],
      [20, 'Pending'],
      [20.001, 'Active'],
      [34.001, 'Inactive'],
    ])
    expect(run.reasons('lambda.inactive').map(([, days]) => days)).toEqual([14, 14])
    expect(run.reasons('lambda.reviving')).toHaveLength(1)
    expect(run.reasons('lambda.pending')).toHaveLength(1)
    expect(run.total('Fn', 'Invocations')).toBe(2)
    expect(run.total('Fn', 'Throttles')).toBe(0)
  })
  test('stays Active when it is called every week, or has no interfaces to lose', () => {
    expect(states(called([0, 7, 14, 21, 28, 35].map((day) => day * DAY + 1))).map(([, state]) => state)).not.toContain(
      'Inactive',
    )
    expect(states(called([1, 20 * DAY], false)).map(([, state]) => state)).not.toContain('Inactive')
  })
  test('a shorter run is not watched for it', () => {
    expect(called([1], true, 1_000).until).toBe(1_000)
  })
})
