/** Normalises what joins VPCs with one another and with networks on premises. */
import type { JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import type { Cidr } from './ipv4'
import { formatCidr, parseCidr } from './ipv4'
import { own } from './placements'
import { flag, object, properties, ref, refs, text } from './read'
import type { Attachment, Peering, Subnet, Transit, TransitRoute, TransitTable, Vpc, Vpn } from './types'

type Down = ReadonlySet<LogicalId>
const GOOD = new Set(['available', 'active', 'attached'])

/** Why a component carries nothing: a fault, or the state it is in; null when it does. */
export function badState(id: LogicalId, resource: Resource | undefined, down: Down): string | null {
  if (down.has(id)) return `${id} is down`
  const { state, status } = object(resource?.Behavior)
  const word = text(state) ?? text(status)
  return word === null || GOOD.has(word) ? null : `${id} is ${word}`
}

export function entriesOf(scenario: Scenario, type: string): [LogicalId, JsonObject, Resource][] {
  const found: [LogicalId, JsonObject, Resource][] = []
  for (const [id, resource] of Object.entries(scenario.resources))
    if (resource.Type === type) found.push([id, properties(resource), resource])
  return found
}

export function buildPeerings(scenario: Scenario, vpcs: ReadonlyMap<string, Vpc>, down: Down): Map<LogicalId, Peering> {
  return new Map(
    entriesOf(scenario, 'AWS::EC2::VPCPeeringConnection').map(([id, props, resource]): [LogicalId, Peering] => {
      const ends = [ref(props.VpcId) ?? '', ref(props.PeerVpcId) ?? ''] as const
      const [near, far] = ends.map((end) => text(object(own(scenario, end)?.Behavior).region))
      const references = near === (text(props.PeerRegion) ?? far)
      const both = [vpcs.get(ends[0]) ?? null, vpcs.get(ends[1]) ?? null] as const
      return [id, { id, vpcs: both, failed: badState(id, resource, down), references }]
    }),
  )
}

export function buildVpns(scenario: Scenario, down: Down): Vpn[] {
  const blocks = new Map<string, Cidr[]>()
  for (const [, props] of entriesOf(scenario, 'AWS::EC2::VPNConnectionRoute')) {
    const block = parseCidr(text(props.DestinationCidrBlock) ?? '')
    const vpn = ref(props.VpnConnectionId) ?? ''
    if (block !== null) blocks.set(vpn, [...(blocks.get(vpn) ?? []), block])
  }
  return entriesOf(scenario, 'AWS::EC2::VPNConnection').map(([id, props, resource]) => ({
    id,
    side: ref(props.VpnGatewayId) ?? ref(props.TransitGatewayId) ?? '',
    customer: ref(props.CustomerGatewayId) ?? id,
    blocks: blocks.get(id) ?? [],
    dynamic: flag(props.StaticRoutesOnly) !== true,
    failed: badState(id, resource, down),
  }))
}

export const VPC_ATTACHMENTS = ['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment']

export function buildTransits(
  scenario: Scenario,
  vpcs: ReadonlyMap<LogicalId, Vpc>,
  subnets: ReadonlyMap<LogicalId, Subnet>,
  vpns: readonly Vpn[],
  down: Down,
): Map<LogicalId, Transit> {
  const transits = new Map<LogicalId, Transit & { readonly attachments: Attachment[] }>()
  const gateways = entriesOf(scenario, 'AWS::EC2::TransitGateway')
  if (gateways.length === 0) return transits
  for (const [id, props, resource] of gateways) {
    const references = text(props.SecurityGroupReferencingSupport) === 'enable'
    transits.set(id, { id, attachments: [], references, failed: badState(id, resource, down) })
  }
  const all = new Map<LogicalId, Attachment>()
  const attach = (more: Partial<Attachment> & { id: LogicalId; transit: LogicalId }): void => {
    const attachment = { vpc: null, subnets: [], vpn: null, peer: null, failed: null, table: null, ...more }
    transits.get(more.transit)?.attachments.push(attachment)
    // a peering is reached from both of its gateways by the same id; each has its own table
    all.set(`${more.transit} ${more.id}`, attachment)
  }
  for (const [id, props, resource] of VPC_ATTACHMENTS.flatMap((type) => entriesOf(scenario, type))) {
    const vpc = vpcs.get(ref(props.VpcId) ?? '') ?? null
    const places = refs(props.SubnetIds).flatMap((subnet) => subnets.get(subnet) ?? [])
    const failed = badState(id, resource, down)
    attach({ id, transit: ref(props.TransitGatewayId) ?? '', vpc, subnets: places, failed })
  }
  for (const vpn of vpns) if (transits.has(vpn.side)) attach({ id: vpn.id, transit: vpn.side, vpn })
  for (const [id, props, resource] of entriesOf(scenario, 'AWS::EC2::TransitGatewayPeeringAttachment')) {
    const ends = [ref(props.TransitGatewayId) ?? '', ref(props.PeerTransitGatewayId) ?? ''] as const
    const failed = badState(id, resource, down)
    attach({ id, transit: ends[0], peer: ends[1], failed })
    attach({ id, transit: ends[1], peer: ends[0], failed })
  }

  const tables = new Map<LogicalId, { table: TransitTable; transit: LogicalId }>()
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::TransitGatewayRouteTable'))
    tables.set(id, { table: { id, routes: [] }, transit: ref(props.TransitGatewayId) ?? '' })
  const partOf = (props: JsonObject): { attachment: Attachment | null; table: TransitTable | null } => {
    const found = tables.get(ref(props.TransitGatewayRouteTableId) ?? '')
    const attachment = all.get(`${found?.transit ?? ''} ${ref(props.TransitGatewayAttachmentId) ?? ''}`) ?? null
    return { attachment, table: found?.table ?? null }
  }
  for (const [, props] of entriesOf(scenario, 'AWS::EC2::TransitGatewayRouteTableAssociation')) {
    const { attachment, table } = partOf(props)
    if (attachment !== null) attachment.table ??= table
  }
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::TransitGatewayRoute')) {
    const { attachment, table } = partOf(props)
    const block = parseCidr(text(props.DestinationCidrBlock) ?? '')
    if (table !== null && block !== null)
      table.routes.push(transitRoute(id, block, flag(props.Blackhole) === true ? null : attachment, 1))
  }
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::TransitGatewayRouteTablePropagation')) {
    const { attachment, table } = partOf(props)
    if (table !== null && attachment !== null) table.routes.push(...propagated(id, attachment))
  }
  for (const [id, props] of gateways) {
    // the default table, which CloudFormation does not name, goes by the name of its gateway
    const table: TransitTable = { id, routes: [] }
    for (const attachment of transits.get(id)?.attachments ?? []) {
      if (text(props.DefaultRouteTableAssociation) !== 'disable') attachment.table ??= table
      if (text(props.DefaultRouteTablePropagation) !== 'disable') table.routes.push(...propagated(null, attachment))
    }
    sort(table)
  }
  for (const { table } of tables.values()) sort(table)
  return transits
}

function sort(table: TransitTable): void {
  table.routes.sort((a, b) => b.block.length - a.block.length || a.rank - b.rank)
}

function propagated(id: LogicalId | null, attachment: Attachment): TransitRoute[] {
  const blocks = attachment.vpc?.cidrs ?? attachment.vpn?.blocks ?? []
  return blocks.map((block) => transitRoute(id, block, attachment, 3))
}

function transitRoute(id: LogicalId | null, block: Cidr, attachment: Attachment | null, rank: number): TransitRoute {
  const text = `${formatCidr(block)} -> ${attachment?.id ?? 'blackhole'}${rank === 3 ? ', propagated' : ''}`
  return { id, block, text, attachment, rank }
}
