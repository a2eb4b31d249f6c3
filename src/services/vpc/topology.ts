/** Where things stand in a document: subnets, route tables, gateways. Pure questions, for kinds, connectors and checks. */
import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, ref, refs, text } from '../../network/read'
import { idsOf, typeOf } from '../edit'

export const VPC = 'AWS::EC2::VPC'
export const SUBNET = 'AWS::EC2::Subnet'
export const ROUTE_TABLE = 'AWS::EC2::RouteTable'
export const ROUTE = 'AWS::EC2::Route'
export const ROUTE_ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation'
export const INTERNET_GATEWAY = 'AWS::EC2::InternetGateway'
export const ATTACHMENT = 'AWS::EC2::VPCGatewayAttachment'
export const NAT = 'AWS::EC2::NatGateway'
export const EIP = 'AWS::EC2::EIP'
export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup'
export const ACL = 'AWS::EC2::NetworkAcl'
export const ACL_ENTRY = 'AWS::EC2::NetworkAclEntry'
export const ACL_ASSOCIATION = 'AWS::EC2::SubnetNetworkAclAssociation'
export const ENDPOINT = 'AWS::EC2::VPCEndpoint'
export const INSTANCE = 'AWS::EC2::Instance'
export const INTERFACE = 'AWS::EC2::NetworkInterface'
export const EIP_ASSOCIATION = 'AWS::EC2::EIPAssociation'
export const PREFIX_LIST = 'AWS::EC2::PrefixList'
export const CIDR_BLOCK = 'AWS::EC2::VPCCidrBlock'
export const PEERING = 'AWS::EC2::VPCPeeringConnection'
export const VPN_GATEWAY = 'AWS::EC2::VPNGateway'
export const CUSTOMER_GATEWAY = 'AWS::EC2::CustomerGateway'
export const VPN = 'AWS::EC2::VPNConnection'
export const TRANSIT = 'AWS::EC2::TransitGateway'
export const TRANSIT_ATTACHMENT = 'AWS::EC2::TransitGatewayAttachment'

export const FUNCTION = 'AWS::Lambda::Function'
export const DEFAULT_ROUTE = '0.0.0.0/0'

/** A reference property of a resource; null when absent. */
export function refOf(resource: Resource | undefined, name: string): LogicalId | null {
  return resource === undefined ? null : ref(properties(resource)[name])
}

export const at = (id: LogicalId | null, scenario: Scenario): Resource | undefined =>
  id !== null && Object.hasOwn(scenario.resources, id) ? scenario.resources[id] : undefined

/** The VPC a container is or lies in. */
export function vpcOf(container: LogicalId | null, scenario: Scenario): LogicalId | null {
  const type = typeOf(container, scenario)
  if (type === VPC) return container
  return type === SUBNET ? refOf(at(container, scenario), 'VpcId') : null
}

/** The VPC new things go to: of the container, else the only one there is. */
export function vpcFor(container: LogicalId | null, scenario: Scenario): LogicalId | null {
  const vpcs = idsOf(VPC, scenario)
  return vpcOf(container, scenario) ?? (vpcs.length === 1 ? vpcs[0]! : null)
}

/** Resources of a type whose property names `id`. */
export function referring(type: string, name: string, id: LogicalId, scenario: Scenario): LogicalId[] {
  return idsOf(type, scenario).filter((other) => refOf(scenario.resources[other], name) === id)
}

export const subnetsOf = (vpc: LogicalId, scenario: Scenario): LogicalId[] => referring(SUBNET, 'VpcId', vpc, scenario)

/** The route table a subnet is associated with; null when it uses the VPC's main table, which holds no drawn routes. */
export function tableOf(subnet: LogicalId, scenario: Scenario): LogicalId | null {
  const association = referring(ROUTE_ASSOCIATION, 'SubnetId', subnet, scenario)[0]
  return association === undefined ? null : refOf(scenario.resources[association], 'RouteTableId')
}

export function subnetsOfTable(table: LogicalId, scenario: Scenario): LogicalId[] {
  return referring(ROUTE_ASSOCIATION, 'RouteTableId', table, scenario).flatMap(
    (id) => refOf(scenario.resources[id], 'SubnetId') ?? [],
  )
}

/** Properties of a route that name where it leads. */
export const ROUTE_TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'InstanceId',
  'NetworkInterfaceId',
  'VpcEndpointId',
  'EgressOnlyInternetGatewayId',
] as const

/** Where a route leads: a gateway, a NAT gateway, another network. */
export function routeTarget(route: Resource): LogicalId | null {
  for (const name of ROUTE_TARGETS) {
    const id = refOf(route, name)
    if (id !== null) return id
  }
  return null
}

/** What a route is for, as text: a block or the name of a prefix list. */
export const destinationOf = (route: Resource): string => {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = properties(route)
  return text(DestinationCidrBlock) ?? text(DestinationIpv6CidrBlock) ?? ref(DestinationPrefixListId) ?? DEFAULT_ROUTE
}

export const isDefault = (route: Resource): boolean => destinationOf(route) === DEFAULT_ROUTE

/** The route of a subnet for everything outside, as a resource id; null when it has none. */
export function defaultRoute(subnet: LogicalId, scenario: Scenario): LogicalId | null {
  const table = tableOf(subnet, scenario)
  const routes = table === null ? [] : referring(ROUTE, 'RouteTableId', table, scenario)
  return routes.find((id) => isDefault(scenario.resources[id]!)) ?? null
}

/** Public means: a route to an internet gateway (NET-22). */
export function isPublic(subnet: LogicalId, scenario: Scenario): boolean {
  const route = defaultRoute(subnet, scenario)
  return route !== null && typeOf(routeTarget(scenario.resources[route]!), scenario) === INTERNET_GATEWAY
}

/** VPCs an internet or VPN gateway is attached to. */
export function attachedTo(gateway: LogicalId, scenario: Scenario): LogicalId[] {
  return attachmentsOf(gateway, scenario).flatMap((id) => refOf(scenario.resources[id], 'VpcId') ?? [])
}

export function attachmentsOf(gateway: LogicalId, scenario: Scenario): LogicalId[] {
  return referring(ATTACHMENT, gatewayProperty(gateway, scenario), gateway, scenario)
}

/** The property of an attachment that names this gateway. */
export const gatewayProperty = (gateway: LogicalId, scenario: Scenario): 'InternetGatewayId' | 'VpnGatewayId' =>
  typeOf(gateway, scenario) === VPN_GATEWAY ? 'VpnGatewayId' : 'InternetGatewayId'

export interface FunctionPlace {
  readonly subnets: LogicalId[]
  readonly groups: LogicalId[]
}

/** VpcConfig of a function; null when it runs outside. */
export function placeOf(resource: Resource | undefined): FunctionPlace | null {
  if (resource === undefined || resource.Type !== FUNCTION) return null
  const config = properties(resource)['VpcConfig']
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return null
  const subnets = refs(config['SubnetIds'])
  return subnets.length === 0 ? null : { subnets, groups: refs(config['SecurityGroupIds']) }
}
