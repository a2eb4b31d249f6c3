import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, text } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import type { Kind } from '../service'
import { DEFAULT_VPC_BLOCK, freeBlock, nextZone } from './addresses'
import { refOf, SUBNET, VPC, vpcOf } from './topology'

const block = (resource: Resource): string => text(properties(resource)['CidrBlock']) ?? ''

export const containers: { readonly [type: string]: Kind } = {
  [VPC]: {
    label: 'VPC',
    category: 'network',
    drawn: 'container',
    glyph: 'vpc',
    size: { w: 560, h: 360 },
    summary: 'A private network of your own, with an address range.',
    key: 'v',
    idStem: 'Vpc',
    create: (id) => ({ [id]: newVpc() }),
    typeLine: block,
  },
  [SUBNET]: {
    label: 'Subnet',
    category: 'network',
    drawn: 'container',
    glyph: 'subnet-private',
    size: { w: 240, h: 140 },
    summary: 'A part of a VPC in one zone. Its route table decides what it reaches.',
    key: 's',
    create(id, { container }, scenario) {
      const vpc = vpcOf(container, scenario) ?? idsOf(VPC, scenario)[0]
      if (vpc !== undefined) return { [id]: newSubnet(vpc, scenario) }
      const vpcId = freeId('Vpc', (other) => other === id || taken(scenario)(other))
      const resources = { ...scenario.resources, [vpcId]: newVpc() }
      return { [vpcId]: newVpc(), [id]: newSubnet(vpcId, { ...scenario, resources }) }
    },
    owners: inVpc,
    container: (resource) => refOf(resource, 'VpcId'),
    moveInto(id, container, scenario) {
      if (container === null) return { refused: `${id} is a part of a VPC. Drop it inside a VPC.` }
      const vpc = vpcOf(container, scenario)
      if (vpc === null || typeOf(container, scenario) === null) return { refused: `Drop ${id} inside a VPC.` }
      const subnet = scenario.resources[id]!
      if (refOf(subnet, 'VpcId') === vpc) return {}
      const CidrBlock = freeBlock(vpc, scenario)
      if (CidrBlock === null) return { refused: `${vpc} has no free address range left. Make a subnet smaller.` }
      return { [id]: withProperties(subnet, { VpcId: vpc, CidrBlock }) }
    },
    typeLine: block,
  },
}

export function inVpc(resource: Resource): LogicalId[] {
  const vpc = refOf(resource, 'VpcId')
  return vpc === null ? [] : [vpc]
}

function newVpc(): Resource {
  return { Type: VPC, Properties: { CidrBlock: DEFAULT_VPC_BLOCK, EnableDnsSupport: true, EnableDnsHostnames: true } }
}

function newSubnet(vpc: LogicalId, scenario: Scenario): Resource {
  return {
    Type: SUBNET,
    Properties: {
      VpcId: vpc,
      CidrBlock: freeBlock(vpc, scenario) ?? '10.0.0.0/24',
      AvailabilityZone: nextZone(vpc, scenario),
      MapPublicIpOnLaunch: false,
    },
  }
}
