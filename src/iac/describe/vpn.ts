/** VPN: gateways at VPCs, routers on premises, connections between them. */
import type { LogicalId } from '../../model/scenario'
import { parseAddress } from '../../network/ipv4'
import type { Collected, Placed } from './collect'
import { given, type Draft } from './draft'

const isGone = (item: { State?: string | null | undefined }): boolean => (item.State ?? '').startsWith('delet')

export function reserveVpn(from: Collected, draft: Draft): void {
  for (const item of from.VpnGateways) draft.reserve(item.VpnGatewayId, item)
  for (const item of from.CustomerGateways) draft.reserve(item.CustomerGatewayId, item)
  for (const item of from.VpnConnections) draft.reserve(item.VpnConnectionId, item)
}

export function addVpn(from: Collected, draft: Draft): void {
  for (const item of from.VpnGateways) {
    const id = draft.reserve(item.VpnGatewayId)
    if (isGone(item)) continue
    draft.add(id, 'AWS::EC2::VPNGateway', { Type: 'ipsec.1' }, { physicalId: item.VpnGatewayId })
    for (const { VpcId, State } of item.VpcAttachments ?? []) {
      const vpc = draft.find(VpcId)
      if (vpc === null || State === 'detached' || State === 'detaching') continue
      draft.add(draft.fresh(`${id}Attachment`), 'AWS::EC2::VPCGatewayAttachment', { VpcId: vpc, VpnGatewayId: id })
    }
    const tables = from.RouteTables.filter((table) =>
      table.PropagatingVgws?.some((each) => each.GatewayId === item.VpnGatewayId),
    )
    if (tables.length > 0)
      draft.add(draft.fresh(`${id}Propagation`), 'AWS::EC2::VPNGatewayRoutePropagation', {
        RouteTableIds: draft.all(tables.map(({ RouteTableId }) => RouteTableId)),
        VpnGatewayId: id,
      })
  }
  for (const item of from.CustomerGateways) {
    if (isGone(item)) continue
    const asn = Number(item.BgpAsn)
    draft.add(
      draft.reserve(item.CustomerGatewayId),
      'AWS::EC2::CustomerGateway',
      {
        BgpAsn: Number.isInteger(asn) && asn > 0 ? asn : undefined,
        IpAddress: parseAddress(item.IpAddress ?? '') === null ? undefined : item.IpAddress,
        Type: 'ipsec.1',
      },
      { physicalId: item.CustomerGatewayId },
    )
  }
  for (const item of from.VpnConnections) if (!isGone(item)) addConnection(item, from, draft)
}

function addConnection(item: Placed<'VpnConnections'>, from: Collected, draft: Draft): void {
  const id = draft.reserve(item.VpnConnectionId)
  const held = (awsId: string | null | undefined): LogicalId | undefined => {
    const found = draft.find(awsId)
    return found === null || draft.resources[found] === undefined ? undefined : found
  }
  const [gateway, transit] = [held(item.VpnGatewayId), held(item.TransitGatewayId)]
  if (gateway === undefined && transit === undefined)
    return draft.notes.add(`${item.VpnConnectionId} was left out: the gateway it ends at is in no file.`)
  const router = given(item.CustomerGatewayId) ?? `customer gateway of ${item.VpnConnectionId}`
  const customer = draft.reserve(router)
  if (draft.resources[customer] === undefined)
    draft.add(customer, 'AWS::EC2::CustomerGateway', { Type: 'ipsec.1' }, { physicalId: given(item.CustomerGatewayId) })
  draft.add(
    id,
    'AWS::EC2::VPNConnection',
    {
      VpnGatewayId: gateway,
      TransitGatewayId: transit,
      CustomerGatewayId: customer,
      StaticRoutesOnly: item.Options?.StaticRoutesOnly ?? false,
      Type: 'ipsec.1',
    },
    { physicalId: item.VpnConnectionId, state: ['pending', 'available', 'down'].find((state) => state === item.State) },
  )
  const networks = new Set(
    (item.Routes ?? []).flatMap((route) => (isGone(route) ? [] : (given(route.DestinationCidrBlock) ?? []))),
  )
  // what BGP taught the gateway is seen in the tables it writes into
  if (item.Options?.StaticRoutesOnly !== true)
    for (const table of from.RouteTables)
      for (const route of table.Routes ?? [])
        if (
          route.Origin === 'EnableVgwRoutePropagation' &&
          route.GatewayId === item.VpnGatewayId &&
          given(route.DestinationCidrBlock) !== undefined
        )
          networks.add(route.DestinationCidrBlock ?? '')
  for (const network of networks)
    draft.add(draft.fresh(`${id}Route`), 'AWS::EC2::VPNConnectionRoute', {
      VpnConnectionId: id,
      DestinationCidrBlock: network,
    })
}
