/** Building blocks of fixes: the network pieces a learner would add by hand. Each returns the id to go on with. */
import type { JsonObject, LogicalId } from '../model/scenario'
import { isPublicSubnet } from './build'
import type { Cidr } from './ipv4'
import { cidr, formatCidr, overlaps, size } from './ipv4'
import type { Draft } from './patches'
import { properties, ref } from './read'
import type { Network, Subnet, Vpc } from './types'

const DEFAULT_ROUTE = '0.0.0.0/0'

/** The VPC's internet gateway, attached. */
export function ensureInternetGateway(draft: Draft, vpc: Vpc): LogicalId {
  if (vpc.internetGateway !== null) return vpc.internetGateway
  const attached = new Set<string | null>()
  for (const resource of Object.values(draft.scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::VPCGatewayAttachment') continue
    const gateway = ref(properties(resource).InternetGatewayId)
    if (gateway === null || !Object.hasOwn(draft.scenario.resources, gateway)) continue
    if (ref(properties(resource).VpcId) === vpc.id) return gateway
    attached.add(gateway)
  }
  const idle = Object.keys(draft.scenario.resources).find(
    (id) => draft.scenario.resources[id]?.Type === 'AWS::EC2::InternetGateway' && !attached.has(id),
  )
  const gateway = idle ?? draft.add('InternetGateway', 'AWS::EC2::InternetGateway', {})
  draft.add('GatewayAttachment', 'AWS::EC2::VPCGatewayAttachment', { VpcId: vpc.id, InternetGatewayId: gateway })
  return gateway
}

/** The subnet's own route table; a subnet on the main table gets one, because CloudFormation cannot edit the main table. */
export function ensureTable(draft: Draft, subnet: Subnet): LogicalId {
  if (!subnet.table.main) return subnet.table.id
  const table = draft.add(`${subnet.id}Routes`, 'AWS::EC2::RouteTable', { VpcId: subnet.vpc.id })
  draft.add(`${subnet.id}RoutesAssociation`, 'AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: subnet.id,
    RouteTableId: table,
  })
  return table
}

/** Points 0.0.0.0/0 of the table at a gateway, changing the route that is there or adding one. */
export function pointDefaultRoute(
  draft: Draft,
  table: LogicalId,
  to: { GatewayId: string } | { NatGatewayId: string },
): void {
  for (const [id, resource] of Object.entries(draft.scenario.resources)) {
    const props = properties(resource)
    if (
      resource.Type === 'AWS::EC2::Route' &&
      ref(props.RouteTableId) === table &&
      props.DestinationCidrBlock === DEFAULT_ROUTE
    ) {
      retarget(draft, id, to)
      return
    }
  }
  draft.add(`${table}Default`, 'AWS::EC2::Route', { RouteTableId: table, DestinationCidrBlock: DEFAULT_ROUTE, ...to })
}

export function retarget(draft: Draft, route: LogicalId, to: { GatewayId: string } | { NatGatewayId: string }): void {
  for (const property of Object.keys(properties(draft.scenario.resources[route] ?? { Type: '' }))) {
    if (property.endsWith('Id') && property !== 'RouteTableId' && !(property in to)) draft.unset(route, property)
  }
  for (const [property, value] of Object.entries(to)) draft.set(route, property, value)
}

/** The public subnet a gateway could go into, other than `except` if possible: one that is, else one meant to be. */
export function publicHome(network: Network, near: Subnet, except: LogicalId | null): Subnet | null {
  const subnets = [...network.subnets.values()].filter((each) => each.vpc.id === near.vpc.id && each.down === null)
  const others = subnets.filter((each) => each.id !== except)
  const isPublic = (each: Subnet) => isPublicSubnet(network, each.id)
  return others.find(isPublic) ?? subnets.find(isPublic) ?? others.find(meantPublic) ?? null
}

/** `publicHome`, made public if it only was meant to be, or else a new subnet. Null when the VPC is full. */
export function ensurePublicSubnet(
  draft: Draft,
  network: Network,
  near: Subnet,
  except: LogicalId | null,
): LogicalId | null {
  const home = publicHome(network, near, except)
  if (home !== null && isPublicSubnet(network, home.id)) return home.id
  const block = home === null ? freeBlock(network, near) : home.block
  if (block === null) return null
  const gateway = { GatewayId: ensureInternetGateway(draft, near.vpc) }
  if (home === null) return addSubnet(draft, 'PublicSubnet', near, block, gateway)
  pointDefaultRoute(draft, ensureTable(draft, home), gateway)
  return home.id
}

/** Named or flagged as public, whether or not its route says so. */
export function meantPublic(subnet: Subnet): boolean {
  return subnet.mapPublic || /public/i.test(subnet.id)
}

/** A NAT gateway of the VPC that reaches the internet. */
export function workingNat(network: Network, near: Subnet): LogicalId | null {
  for (const { id, interface: face, failed } of network.nats.values()) {
    const inVpc = face.subnet.vpc.id === near.vpc.id && isPublicSubnet(network, face.subnet.id)
    if (inVpc && failed === null && face.publicAddress !== null) return id
  }
  return null
}

export function ensureNat(draft: Draft, network: Network, near: Subnet, except: LogicalId | null): LogicalId | null {
  const ready = workingNat(network, near)
  if (ready !== null) return ready
  const subnet = ensurePublicSubnet(draft, network, near, except)
  if (subnet === null) return null
  const address = draft.add('NatAddress', 'AWS::EC2::EIP', { Domain: 'vpc' })
  return draft.add('NatGateway', 'AWS::EC2::NatGateway', { SubnetId: subnet, AllocationId: address })
}

/** A new subnet beside `near`, in its zone, with a route table whose default route is `to`. */
export function addSubnet(
  draft: Draft,
  name: string,
  near: Subnet,
  block: Cidr,
  to: { GatewayId: string } | { NatGatewayId: string },
): LogicalId {
  const zone: JsonObject = near.zone === null ? {} : { AvailabilityZone: near.zone }
  const subnet = draft.add(name, 'AWS::EC2::Subnet', { VpcId: near.vpc.id, CidrBlock: formatCidr(block), ...zone })
  const table = draft.add(`${subnet}Routes`, 'AWS::EC2::RouteTable', { VpcId: near.vpc.id })
  draft.add(`${subnet}RoutesAssociation`, 'AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: subnet,
    RouteTableId: table,
  })
  pointDefaultRoute(draft, table, to)
  return subnet
}

/** The first block of `near`'s size, or else a /28, that no subnet of the VPC uses; at most `skip` such blocks are passed over. */
export function freeBlock(network: Network, near: Subnet, skip = 0): Cidr | null {
  const taken = [...network.subnets.values()].filter((each) => each.vpc.id === near.vpc.id).map((each) => each.block)
  for (const length of [near.block.length, 28]) {
    let left = skip
    for (const whole of near.vpc.cidrs) {
      const step = 2 ** (32 - length)
      for (let base = whole.base; base + step <= whole.base + size(whole); base += step) {
        const block = cidr(base, length)
        if (taken.some((other) => overlaps(other, block))) continue
        if (left-- === 0) return block
      }
    }
  }
  return null
}

/** In the region of the document's zones and endpoints; us-east-1 when it names none. */
export function serviceName(network: Network, service: string): string {
  for (const subnet of network.subnets.values()) {
    const region = /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(subnet.zone ?? '')?.[1]
    if (region !== undefined) return `com.amazonaws.${region}.${service}`
  }
  return `com.amazonaws.us-east-1.${service}`
}
