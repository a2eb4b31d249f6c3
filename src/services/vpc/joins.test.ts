import { expect, test } from 'vitest'
import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { buildNetwork, trace } from '../../network'
import { connectors } from './connectors'
import { kinds } from './kinds'

const ec2 = (type: string, Properties: Resource['Properties'] = {}): Resource => ({
  Type: `AWS::EC2::${type}`,
  Properties,
})
const subnet = (VpcId: string, CidrBlock: string) => ec2('Subnet', { VpcId, CidrBlock, AvailabilityZone: 'a' })

const start: Scenario = {
  coldstart: 1,
  name: 'Test',
  profile: 'teaching',
  seed: 1,
  duration: 1,
  resources: {
    A: ec2('VPC', { CidrBlock: '10.1.0.0/16' }),
    B: ec2('VPC', { CidrBlock: '10.2.0.0/16' }),
    SA: subnet('A', '10.1.1.0/24'),
    SB: subnet('B', '10.2.1.0/24'),
    Tgw: ec2('TransitGateway'),
    Vgw: ec2('VPNGateway'),
    Office: ec2('CustomerGateway'),
  },
}

const changed = (scenario: Scenario, changes: { [id: LogicalId]: Resource | null }): Scenario => {
  const resources = { ...scenario.resources }
  for (const [id, resource] of Object.entries(changes)) {
    if (resource === null) delete resources[id]
    else resources[id] = resource
  }
  return { ...scenario, resources }
}
const accepted = (from: string, to: string, scenario: Scenario) =>
  connectors.map((each) => ({ each, says: each.accepts(from, to, scenario) })).find(({ says }) => says !== null)
const drawn = (from: string, to: string, scenario: Scenario): Scenario =>
  changed(scenario, accepted(from, to, scenario)!.each.connect(from, to, scenario).resources)
const wires = (scenario: Scenario) =>
  connectors
    .flatMap((each) => each.derive(scenario))
    .map(({ from, to, label }) => `${from}->${to}${label === undefined ? '' : ` ${label}`}`)

test('a wire between VPCs is a peering connection, and only one', () => {
  const peered = drawn('A', 'B', start)
  expect(wires(peered)).toEqual(['A->B'])
  expect(accepted('B', 'A', peered)!.says).toEqual({ refused: 'B and A are joined already.' })
  const [id] = Object.keys(peered.resources).filter((each) => !(each in start.resources))
  const waiting = changed(peered, { [id!]: { ...peered.resources[id!]!, Behavior: { status: 'pending-acceptance' } } })
  expect(wires(waiting)).toEqual(['A->B pending-acceptance'])
  const connector = connectors.find((each) => each.derive(peered).length > 0)!
  expect(changed(peered, connector.disconnect(connector.derive(peered)[0]!, peered).resources)).toEqual(start)
})

test('two VPCs on a transit gateway reach each other once their subnets have a route', () => {
  let scenario = start
  expect(accepted('SA', 'Tgw', scenario)!.says).toEqual({ refused: 'Tgw has no attachment to A. Draw A -> Tgw first.' })
  for (const [from, to] of [
    ['A', 'Tgw'],
    ['B', 'Tgw'],
    ['SA', 'Tgw'],
    ['SB', 'Tgw'],
  ] as const)
    scenario = drawn(from, to, scenario)
  expect(wires(scenario).sort()).toEqual(['A->Tgw', 'B->Tgw', 'SA->Tgw 0.0.0.0/0', 'SB->Tgw 0.0.0.0/0'])
  const open = ec2('SecurityGroup', { VpcId: 'B', SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] })
  const web = (SubnetId: string, SecurityGroupIds: string[]) => ec2('Instance', { SubnetId, SecurityGroupIds })
  const both = changed(scenario, { Open: open, From: web('SA', []), To: web('SB', ['Open']) })
  expect(trace(buildNetwork(both), { from: 'From', to: 'To' })).toMatchObject({ reachable: true })
})

test('a VPN gateway stands on a VPC beside its internet gateway, and a VPN leads on premises', () => {
  const kind = kinds['AWS::EC2::VPNGateway']!
  const moved = changed(start, kind.moveInto!('Vgw', 'A', start) as { [id: string]: Resource })
  expect(kind.container!(moved.resources['Vgw']!, moved)).toBe('A')
  const online = changed(
    moved,
    kinds['AWS::EC2::InternetGateway']!.create!('Igw', { container: 'A', taken: new Set() }, moved),
  )
  expect(kinds['AWS::EC2::InternetGateway']!.container!(online.resources['Igw']!, online)).toBe('A')
  const second = changed(online, { Vgw2: ec2('VPNGateway') })
  expect(kind.moveInto!('Vgw2', 'A', second)).toEqual({ refused: 'A has a VPN gateway already: Vgw. A VPC has one.' })
  expect(wires(drawn('Vgw', 'Office', online))).toEqual(['Vgw->Office'])
})
