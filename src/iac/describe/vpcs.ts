/** VPCs, subnets, route tables and what routes lead to inside a VPC's border. */
import { parseCidr } from '../../network/ipv4'
import type { LogicalId } from '../../model/scenario'
import type { Collected, Placed } from './collect'
import { given, whereabouts, type Draft } from './draft'

type Table = Placed<'RouteTables'>
type RouteItem = NonNullable<Table['Routes']>[number]

export function reserveVpcs(from: Collected, draft: Draft): void {
  for (const item of from.Vpcs) draft.reserve(item.VpcId, item)
  for (const item of from.Subnets) draft.reserve(item.SubnetId, item)
  for (const item of from.RouteTables) draft.reserve(item.RouteTableId, item)
  for (const item of from.InternetGateways) draft.reserve(item.InternetGatewayId, item)
  for (const item of from.EgressOnlyInternetGateways) draft.reserve(item.EgressOnlyInternetGatewayId, item)
}

export function addVpcs(from: Collected, draft: Draft): void {
  for (const item of from.Vpcs) {
    const id = draft.reserve(item.VpcId)
    const dns = (name: 'EnableDnsSupport' | 'EnableDnsHostnames') =>
      from.VpcAttributes.find((each) => each.VpcId === item.VpcId && each[name]?.Value !== undefined)?.[name]?.Value
    draft.add(
      id,
      'AWS::EC2::VPC',
      {
        CidrBlock: item.CidrBlock,
        EnableDnsSupport: dns('EnableDnsSupport'),
        EnableDnsHostnames: dns('EnableDnsHostnames'),
      },
      {
        physicalId: item.VpcId,
        ...whereabouts(item),
        region: item.place.region ?? regionOf(from.Subnets.find((each) => each.VpcId === item.VpcId)?.AvailabilityZone),
      },
    )
    for (const more of item.CidrBlockAssociationSet ?? []) {
      if (more.CidrBlock === item.CidrBlock || (more.CidrBlockState?.State ?? 'associated') !== 'associated') continue
      draft.add(draft.fresh(`${id}Block`), 'AWS::EC2::VPCCidrBlock', { VpcId: id, CidrBlock: more.CidrBlock })
    }
  }
  for (const item of from.Subnets) {
    const vpc = draft.find(item.VpcId)
    if (vpc === null) draft.notes.add(`${item.SubnetId} was left out: the files do not hold ${item.VpcId}.`)
    else
      draft.add(
        draft.reserve(item.SubnetId),
        'AWS::EC2::Subnet',
        {
          VpcId: vpc,
          CidrBlock: item.CidrBlock,
          AvailabilityZone: given(item.AvailabilityZone),
          MapPublicIpOnLaunch: item.MapPublicIpOnLaunch ?? false,
        },
        { physicalId: item.SubnetId },
      )
  }
  addGateways(from, draft)
}

/** `us-east-1a` -> `us-east-1`. */
const regionOf = (zone: string | null | undefined): string | undefined => /^[a-z-]+\d/.exec(zone ?? '')?.[0]

function addGateways(from: Collected, draft: Draft): void {
  for (const item of from.InternetGateways) {
    const id = draft.reserve(item.InternetGatewayId)
    draft.add(id, 'AWS::EC2::InternetGateway', {}, { physicalId: item.InternetGatewayId })
    for (const { VpcId, State } of item.Attachments ?? []) {
      const vpc = draft.find(VpcId)
      if (vpc === null || State === 'detached' || State === 'detaching') continue
      draft.add(draft.fresh(`${id}Attachment`), 'AWS::EC2::VPCGatewayAttachment', { VpcId: vpc, InternetGatewayId: id })
    }
  }
  for (const item of from.EgressOnlyInternetGateways) {
    const vpc = draft.find(item.Attachments?.[0]?.VpcId)
    const physicalId = item.EgressOnlyInternetGatewayId
    if (vpc !== null)
      draft.add(draft.reserve(physicalId), 'AWS::EC2::EgressOnlyInternetGateway', { VpcId: vpc }, { physicalId })
  }
}

/** A gateway that an active route leads to is attached, even when its own description is in no file. */
export function inferGateways(from: Collected, draft: Draft): void {
  for (const table of from.RouteTables)
    for (const { GatewayId, State } of table.Routes ?? []) {
      const vpc = draft.find(table.VpcId)
      const awsId = /^(?:igw|vgw)-/.test(GatewayId ?? '') ? (GatewayId ?? '') : ''
      if (awsId === '' || State === 'blackhole' || vpc === null || draft.find(awsId) !== null) continue
      const id = draft.reserve(awsId)
      const [type, property] = awsId.startsWith('igw')
        ? (['InternetGateway', 'InternetGatewayId'] as const)
        : (['VPNGateway', 'VpnGatewayId'] as const)
      draft.add(id, `AWS::EC2::${type}`, {}, { physicalId: awsId })
      draft.add(draft.fresh(`${id}Attachment`), 'AWS::EC2::VPCGatewayAttachment', { VpcId: vpc, [property]: id })
      draft.notes.add(
        `${awsId} is in no file. It is taken to be attached to ${table.VpcId}, because a route to it is active.`,
      )
    }
}

/** Route tables with an association for every subnet: those AWS leaves to the main table get one to it. */
export function addRouteTables(from: Collected, draft: Draft): void {
  const tableOf = new Map<string, LogicalId>()
  const mainOf = new Map<string, LogicalId>()
  for (const item of from.RouteTables) {
    const vpc = draft.find(item.VpcId)
    const id = draft.reserve(item.RouteTableId)
    if (vpc === null) {
      draft.notes.add(`${item.RouteTableId} was left out: the files do not hold ${item.VpcId}.`)
      continue
    }
    draft.add(id, 'AWS::EC2::RouteTable', { VpcId: vpc }, { physicalId: item.RouteTableId })
    for (const { Main, SubnetId, GatewayId, AssociationState } of item.Associations ?? []) {
      if ((AssociationState?.State ?? 'associated') === 'disassociated') continue
      if (Main === true) mainOf.set(item.VpcId, id)
      else if (given(SubnetId) !== undefined) tableOf.set(SubnetId ?? '', id)
      else if (given(GatewayId) !== undefined)
        draft.notes.add(
          `${item.RouteTableId}: its association with ${GatewayId} was left out. Routes for packets that come in by a gateway are not followed.`,
        )
    }
    for (const route of item.Routes ?? []) addRoute(item, id, route, draft)
  }
  for (const { SubnetId, VpcId } of from.Subnets) {
    const table = tableOf.get(SubnetId) ?? mainOf.get(VpcId)
    const subnet = draft.find(SubnetId)
    if (table === undefined || subnet === null || draft.resources[subnet] === undefined) continue
    const id = draft.fresh(`${subnet}Routes`)
    draft.add(id, 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId: subnet, RouteTableId: table })
  }
}

function addRoute(table: Table, tableId: LogicalId, route: RouteItem, draft: Draft): void {
  const { GatewayId: gateway, DestinationPrefixListId: list } = route
  const to = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? list ?? ''
  if (gateway === 'local' || to === '') return
  // a gateway endpoint names the tables it puts its prefix list into
  if (gateway?.startsWith('vpce-') === true && given(list) !== undefined) {
    if (draft.find(gateway) === null)
      draft.notes.add(`${table.RouteTableId}: the route for ${to} was left out, because ${gateway} is in no file.`)
    return
  }
  const target = targetOf(route)
  if (target === null)
    return draft.notes.add(`${table.RouteTableId}: the route for ${to} was left out. Its target is not understood.`)
  if (given(list) !== undefined && draft.find(list) === null)
    draft.notes.add(
      `${table.RouteTableId}: the addresses of ${list} are in no file. Add get-managed-prefix-list-entries as ${list}.json.`,
    )
  if (given(route.DestinationCidrBlock) !== undefined && parseCidr(route.DestinationCidrBlock ?? '') === null)
    return draft.notes.add(`${table.RouteTableId}: ${to} is no block of addresses.`)
  const [property, awsId] = target
  if (draft.find(awsId) === null)
    draft.notes.add(`${table.RouteTableId}: the route for ${to} leads to ${awsId}, which is in no file.`)
  draft.add(draft.fresh(`${tableId}Route`), 'AWS::EC2::Route', {
    RouteTableId: tableId,
    DestinationCidrBlock: given(route.DestinationCidrBlock),
    DestinationIpv6CidrBlock: given(route.DestinationIpv6CidrBlock),
    DestinationPrefixListId: draft.find(list) ?? given(list),
    // a target that is gone keeps its place: the route is a black hole
    [property]: draft.reserve(awsId),
  })
}

function targetOf(route: RouteItem): [property: string, awsId: string] | null {
  const gateway = given(route.GatewayId)
  if (gateway !== undefined) {
    if (gateway.startsWith('vpce-')) return ['VpcEndpointId', gateway]
    return gateway.startsWith('igw-') || gateway.startsWith('vgw-') ? ['GatewayId', gateway] : null
  }
  const names = [
    'NatGatewayId',
    'TransitGatewayId',
    'VpcPeeringConnectionId',
    'InstanceId',
    'NetworkInterfaceId',
    'EgressOnlyInternetGatewayId',
  ] as const
  for (const name of names) {
    const awsId = given(route[name])
    if (awsId !== undefined) return [name, awsId]
  }
  return null
}
