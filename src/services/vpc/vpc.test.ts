import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { CALL_REASONS } from '../call-reasons'
import { client, runOf, scenarioOf } from '../run.fixture'
import { reasons } from './reasons'

const vpc: Resource = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } }
const subnet = (cidr: string, zone = 'a'): Resource => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: 'Vpc', CidrBlock: cidr, AvailabilityZone: zone },
})
const group: Resource = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', VpcId: 'Vpc' } }
const fn = (subnets: string[], groups: string[], behavior: JsonObject = {}, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    MemorySize: 1769,
    Timeout: 30,
    VpcConfig: { SubnetIds: subnets, SecurityGroupIds: groups },
    ...properties,
  },
  Behavior: { steps: [{ wait: 1 }], ...behavior },
})
const base = {
  Vpc: vpc,
  A: subnet('10.0.1.0/24', 'a'),
  B: subnet('10.0.2.0/24', 'b'),
  C: subnet('10.0.3.0/24', 'c'),
  G: group,
  H: group,
}
const last = (resources: Scenario['resources'], more: Partial<Scenario> = {}): number =>
  runOf(scenarioOf({ ...base, ...resources }, more))
    .level('Vpc', 'eni')
    .at(-1)?.[1] ?? 0

describe('shared interfaces', () => {
  it('are one per subnet and set of security groups (12.1, 12.2, 12.3)', () => {
    const five = (subnets: string[]) => Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`F${n}`, fn(subnets, ['G'])]))
    expect(last(five(['A']))).toBe(1)
    expect(last(five(['A', 'B', 'C']))).toBe(3)
    expect(last({ ...five(['A', 'B', 'C']), Other: fn(['A', 'B', 'C'], ['H']) })).toBe(6)
  })

  it('take 90 s, during which the function is Pending and refuses (12.5)', () => {
    const call = (at: number) => client('lambda:Invoke', 'F', { pattern: 'burst', count: 1, at })
    const ran = runOf(scenarioOf({ ...base, F: fn(['A'], ['G'], { created: 5 }), Early: call(15), Late: call(96) }))
    expect(ran.states('eni').map(([at, state]) => [at, state])).toEqual([
      [5, 'pending'],
      [95, 'inUse'],
    ])
    expect(ran.states('eni')[0]![2]).toMatch(/^10\.0\.1\.\d+$/)
    expect(ran.states('eni')[0]![3]).toBe(95_000_000)
    expect(ran.total('Early', 'Failures')).toBe(1)
    expect(ran.total('Late', 'Successes')).toBe(1)
    expect(ran.total('Vpc', 'NetworkInterfacesCreated')).toBe(1)
  })

  it('that exist already cost nothing and no time (12.4), and calls create none (12.6)', () => {
    const C = client('lambda:Invoke', 'New', { pattern: 'burst', count: 100, at: 10 })
    const ran = runOf(scenarioOf({ ...base, Old: fn(['A'], ['G']), New: fn(['A'], ['G'], { created: 10 }), Caller: C }))
    expect(ran.level('Vpc', 'eni')).toEqual([[0, 1]])
    expect(ran.total('Vpc', 'NetworkInterfacesCreated')).toBe(0)
    expect(ran.total('Caller', 'Successes')).toBe(100)
  })

  it('follow a change of the security group; the old one is deleted after 20 min (12.8)', () => {
    const interventions: Scenario['interventions'] = [
      { at: 10, set: '/resources/F/Properties/VpcConfig/SecurityGroupIds', value: ['H'] },
    ]
    const ran = runOf(scenarioOf({ ...base, F: fn(['A'], ['G']) }, { interventions, duration: 2_000 }))
    expect(ran.states('eni').map(([at, state]) => [at, state])).toEqual([
      [0, 'pending'],
      [0, 'inUse'],
      [10, 'pending'],
      // until then the old one serves
      [100, 'inUse'],
      [100, 'deleting'],
      [1_300, 'gone'],
    ])
  })
})

describe('interfaces before September 2019', () => {
  it('are one per 3 GB of parallel environments and run out of addresses (12.7)', () => {
    const C = client('lambda:Invoke', 'F', { pattern: 'burst', count: 60, at: 0 }, { timeout: 60 })
    const F = fn(['Small'], ['G'], {}, { MemorySize: 3072 })
    const ran = runOf(
      scenarioOf({ Vpc: vpc, Small: subnet('10.0.1.0/28'), G: group, F, Caller: C }, { profile: 'lambda-vpc-2018' }),
    )
    expect(ran.total('Caller', 'Successes')).toBe(11)
    expect(ran.total('Caller', 'Failures')).toBe(49)
    expect(ran.level('Vpc', 'eni').at(10)).toEqual([0, 11])
    expect(ran.max('Caller', 'Latency')).toBeGreaterThan(10_000_000)
    expect(new Set(ran.states('eni').map(([, , label]) => label)).size).toBe(11)
  })

  it('are shared by small environments', () => {
    const C = client('lambda:Invoke', 'F', { pattern: 'burst', count: 25, at: 0 }, { timeout: 60 })
    const ran = runOf(
      scenarioOf({ ...base, F: fn(['A'], ['G'], {}, { MemorySize: 128 }), Caller: C }, { profile: 'lambda-vpc-2018' }),
    )
    expect(ran.level('Vpc', 'eni').at(-1)![1]).toBe(2)
  })
})

it('every sentence of the network names its facts', () => {
  const said = { ...reasons, ...CALL_REASONS }
  for (const [code, text] of Object.entries(said))
    if (code.startsWith('vpc.') || code.startsWith('call.unreachable.')) expect(text, code).toMatch(/NET-\d+/)
})

it('a NAT gateway costs by the hour', () => {
  const Nat: Resource = { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: 'A' } }
  const Caller = client('lambda:Invoke', 'F', { pattern: 'constant', rate: 0.01, at: 0 })
  const ran = runOf(scenarioOf({ ...base, Nat, F: fn(['A'], ['G']), Caller }, { duration: 7_200 }))
  expect(ran.costs.find(({ resource }) => resource === 'Nat')!.usd).toBeCloseTo(0.09, 10)
})
