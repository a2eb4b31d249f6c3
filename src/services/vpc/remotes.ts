import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { list, object, properties, ref, text } from '../../network/read'
import { idsOf, typeOf, withProperties } from '../edit'
import type { Kind } from '../service'
import { CUSTOMER_GATEWAY, INSTANCE, PEERING, refOf, SUBNET, TRANSIT, TRANSIT_ATTACHMENT, VPN } from './topology'

const edge = (label: string, summary: string, owners: readonly string[]): Kind => ({
  label,
  category: 'network',
  drawn: 'edge',
  glyph: 'pipe',
  summary,
  palette: false,
  // the far end may lie in an account of which nothing is known
  owners: (resource, scenario) =>
    owners.flatMap((name) => refOf(resource, name) ?? []).filter((id) => typeOf(id, scenario) !== null),
})

/** The subnet an instance stands in: its own, or that of its first interface. */
function homeOf(resource: Resource, scenario: Scenario): LogicalId | null {
  const first = object(list(properties(resource)['NetworkInterfaces'])[0])
  const face = ref(first['NetworkInterfaceId'])
  return (
    refOf(resource, 'SubnetId') ??
    ref(first['SubnetId']) ??
    (typeOf(face, scenario) === null ? null : refOf(scenario.resources[face!], 'SubnetId'))
  )
}

const attached = edge('Transit attachment', 'Connects a VPC to a transit gateway, by a subnet in each zone.', [
  'TransitGatewayId',
  'VpcId',
])

/** Instances, and what joins VPCs with one another and with networks on premises. */
export const remotes: { readonly [type: string]: Kind } = {
  [INSTANCE]: {
    label: 'Instance',
    category: 'network',
    drawn: 'node',
    glyph: 'server',
    silhouette: 'plain',
    size: { w: 148, h: 48 },
    summary: 'A virtual server with an interface in a subnet. It starts and stops, and tells the default bus.',
    create(id, { container }, scenario) {
      const subnet = typeOf(container, scenario) === SUBNET ? container : idsOf(SUBNET, scenario)[0]
      return { [id]: subnet === undefined ? { Type: INSTANCE } : { Type: INSTANCE, Properties: { SubnetId: subnet } } }
    },
    owners: (resource, scenario) => [homeOf(resource, scenario)].filter((id) => id !== null),
    container: homeOf,
    moveInto(id, container, scenario) {
      if (typeOf(container, scenario) !== SUBNET) return { refused: `${id} stands in a subnet. Drop it on one.` }
      const change = { SubnetId: container, PrivateIpAddress: undefined, NetworkInterfaces: undefined }
      return { [id]: withProperties(scenario.resources[id]!, change) }
    },
    typeLine: (resource) =>
      text(object(resource.Behavior)['state']) === 'stopped'
        ? 'Stopped'
        : (text(properties(resource)['InstanceType']) ?? 'Instance'),
  },
  [TRANSIT]: {
    label: 'Transit gateway',
    short: 'Transit',
    category: 'network',
    drawn: 'node',
    glyph: 'cache',
    silhouette: 'device',
    size: { w: 148, h: 40 },
    summary: 'Routes between VPCs and VPNs that are attached to it, by route tables of its own.',
    idStem: 'Tgw',
    typeLine: () => 'Transit gateway',
  },
  [CUSTOMER_GATEWAY]: {
    label: 'Customer gateway',
    category: 'network',
    drawn: 'node',
    glyph: 'server',
    silhouette: 'device',
    size: { w: 148, h: 40 },
    summary: 'The router of a network on premises, at the far end of a VPN.',
    palette: false,
    idStem: 'OnPremises',
    typeLine: () => 'Customer gateway',
  },
  [PEERING]: edge('Peering connection', 'Joins two VPCs, and nothing behind them.', ['VpcId', 'PeerVpcId']),
  [VPN]: edge('VPN connection', 'Joins a VPN or transit gateway with a network on premises.', [
    'VpnGatewayId',
    'TransitGatewayId',
    'CustomerGatewayId',
  ]),
  [TRANSIT_ATTACHMENT]: attached,
  'AWS::EC2::TransitGatewayVpcAttachment': attached,
  'AWS::EC2::TransitGatewayPeeringAttachment': edge('Transit peering', 'Joins two transit gateways.', [
    'TransitGatewayId',
    'PeerTransitGatewayId',
  ]),
}
