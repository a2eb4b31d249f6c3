import type { Json, LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, text } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import type { Kind } from '../service'
import { inVpc } from './containers'
import {
  ATTACHMENT,
  attachedTo,
  attachmentsOf,
  EIP,
  ENDPOINT,
  gatewayProperty,
  INTERNET_GATEWAY,
  isPublic,
  NAT,
  refOf,
  referring,
  ROUTE_TABLE,
  SUBNET,
  VPN_GATEWAY,
  vpcFor,
  vpcOf,
} from './topology'

/** A gateway on the border of a VPC, put there by an attachment. A VPC has one of each kind. */
const door = (Type: string, label: string) =>
  ({
    label,
    category: 'network',
    drawn: 'node',
    glyph: 'internet-gateway',
    silhouette: 'gate',
    size: { w: 148, h: 32 },
    create(id, { container }, scenario) {
      const vpc = vpcOf(container, scenario)
      const gateway = { [id]: { Type } }
      const resources = { ...scenario.resources, ...gateway }
      return vpc === null ? gateway : { ...gateway, ...attach(id, vpc, { ...scenario, resources }) }
    },
    container: (resource, scenario) => {
      const id = Object.keys(scenario.resources).find((key) => scenario.resources[key] === resource)
      return id === undefined ? null : (attachedTo(id, scenario)[0] ?? null)
    },
    moveInto(id, container, scenario) {
      const vpc = vpcOf(container, scenario)
      if (container !== null && vpc === null) return { refused: `Drop ${id} on the border of a VPC.` }
      const before = attachmentsOf(id, scenario)
      if (vpc !== null && attachedTo(id, scenario).includes(vpc)) return {}
      const property = gatewayProperty(id, scenario)
      const other = idsOf(ATTACHMENT, scenario)
        .filter((key) => !before.includes(key) && refOf(scenario.resources[key], 'VpcId') === vpc)
        .map((key) => refOf(scenario.resources[key], property))
        .find((gateway) => gateway !== null)
      if (vpc !== null && other !== undefined)
        return {
          refused: `${vpc} has ${label === 'VPN gateway' ? 'a' : 'an'} ${lowerFirst(label)} already: ${other}. A VPC has one.`,
        }
      const gone = Object.fromEntries(before.map((key) => [key, null]))
      return vpc === null ? gone : { ...gone, ...attach(id, vpc, scenario) }
    },
    typeLine: () => label,
  }) satisfies Omit<Kind, 'summary'>

/** `Internet gateway` within a sentence; `VPN gateway` stays. */
const lowerFirst = (label: string): string => (/^[A-Z]{2}/.test(label) ? label : label.toLowerCase())

export const devices: { readonly [type: string]: Kind } = {
  [INTERNET_GATEWAY]: {
    ...door(INTERNET_GATEWAY, 'Internet gateway'),
    short: 'Gateway',
    summary: 'The door of a VPC to the internet. It serves what has a public address and a route to it.',
    key: 'g',
    idStem: 'Igw',
  },
  [VPN_GATEWAY]: {
    ...door(VPN_GATEWAY, 'VPN gateway'),
    summary: 'The end of a VPN at a VPC. What lies behind the VPN is reached by a route to it.',
    palette: false,
    idStem: 'Vgw',
  },
  [NAT]: {
    label: 'NAT gateway',
    short: 'NAT',
    category: 'network',
    drawn: 'node',
    glyph: 'nat-gateway',
    silhouette: 'device',
    size: { w: 148, h: 40 },
    summary: 'Lets private subnets open connections to the internet. Stands in a public subnet.',
    key: 'n',
    idStem: 'Nat',
    create(id, { container }, scenario) {
      const subnet = typeOf(container, scenario) === SUBNET ? container : bestSubnet(container, scenario)
      const address = freeId(`${id}Address`, taken(scenario))
      return {
        [address]: { Type: EIP, Properties: { Domain: 'vpc' } },
        [id]: {
          Type: NAT,
          Properties: {
            ...(subnet === null ? {} : { SubnetId: subnet }),
            AllocationId: address,
            ConnectivityType: 'public',
          },
        },
      }
    },
    owners: (resource) => {
      const subnet = refOf(resource, 'SubnetId')
      return subnet === null ? [] : [subnet]
    },
    container: (resource) => refOf(resource, 'SubnetId'),
    moveInto(id, container, scenario) {
      if (typeOf(container, scenario) !== SUBNET)
        return { refused: `${id} stands in a subnet. Drop it on a public one.` }
      return { [id]: withProperties(scenario.resources[id]!, { SubnetId: container }) }
    },
    typeLine: () => 'NAT gateway',
  },
  [ENDPOINT]: {
    label: 'VPC endpoint',
    short: 'Endpoint',
    category: 'network',
    drawn: 'node',
    glyph: 'gateway-endpoint',
    silhouette: 'gate',
    size: { w: 148, h: 32 },
    summary: 'A private way from a VPC to an AWS service. For DynamoDB it is a route and costs nothing.',
    key: 'e',
    idStem: 'Endpoint',
    create(id, { container }, scenario) {
      const vpc = vpcFor(container, scenario)
      const tables = vpc === null ? [] : referring(ROUTE_TABLE, 'VpcId', vpc, scenario)
      const Properties: { [name: string]: Json } = {
        ServiceName: 'com.amazonaws.us-east-1.dynamodb',
        VpcEndpointType: 'Gateway',
        RouteTableIds: tables,
      }
      return { [id]: { Type: ENDPOINT, Properties: vpc === null ? Properties : { VpcId: vpc, ...Properties } } }
    },
    owners: inVpc,
    container: (resource) => refOf(resource, 'VpcId'),
    moveInto(id, container, scenario) {
      const vpc = vpcOf(container, scenario)
      if (vpc === null) return { refused: `${id} belongs to a VPC. Drop it on the border of one.` }
      const endpoint = scenario.resources[id]!
      if (refOf(endpoint, 'VpcId') === vpc) return {}
      const RouteTableIds = referring(ROUTE_TABLE, 'VpcId', vpc, scenario)
      return { [id]: withProperties(endpoint, { VpcId: vpc, RouteTableIds }) }
    },
    typeLine: (resource) => (text(properties(resource)['ServiceName']) ?? 'VPC endpoint').split('.').at(-1)!,
  },
}

/** A public subnet of the VPC, else any subnet: a NAT gateway has to stand somewhere. */
function bestSubnet(container: LogicalId | null, scenario: Scenario): LogicalId | null {
  const vpc = vpcFor(container, scenario)
  const subnets = idsOf(SUBNET, scenario).filter((id) => vpc === null || refOf(scenario.resources[id], 'VpcId') === vpc)
  return subnets.find((id) => isPublic(id, scenario)) ?? subnets[0] ?? null
}

function attach(gateway: LogicalId, vpc: LogicalId, scenario: Scenario): { [id: LogicalId]: Resource } {
  const id = freeId(`${gateway}Attachment`, taken(scenario))
  return { [id]: { Type: ATTACHMENT, Properties: { VpcId: vpc, [gatewayProperty(gateway, scenario)]: gateway } } }
}
