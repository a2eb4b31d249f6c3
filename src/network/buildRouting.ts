/** Normalises VPCs, gateways and route tables of a document. */
import type { JsonObject, LogicalId, Scenario } from '../model/scenario'
import { hasGatewayEndpoint, serviceOfName } from './awsServices'
import { badState, entriesOf, VPC_ATTACHMENTS } from './buildRemote'
import type { Cidr } from './ipv4'
import { formatCidr, parseCidr } from './ipv4'
import { own } from './placements'
import type { Lists } from './prefixLists'
import { flag, properties, ref, refs, text } from './read'
import type { Endpoint, Route, RouteTable, RouteTarget, Vpc, Vpn } from './types'

const NONE: ReadonlySet<never> = new Set()

export function buildVpcs(scenario: Scenario): Map<LogicalId, Vpc> {
  const vpcs = new Map<LogicalId, Vpc>()
  const blocks = new Map<LogicalId, Cidr[]>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::VPC') continue
    const props = properties(resource)
    const block = parseCidr(text(props.CidrBlock) ?? '')
    const cidrs = block === null ? [] : [block]
    blocks.set(id, cidrs)
    // Both default to what AWS accepts together with private DNS; only an explicit false switches resolution off.
    const dns = flag(props.EnableDnsSupport) !== false && flag(props.EnableDnsHostnames) !== false
    vpcs.set(id, { id, cidrs, dns, internetGateway: null, vpnGateway: null, subnets: [], endpoints: [] })
  }
  for (const resource of Object.values(scenario.resources)) {
    const props = properties(resource)
    const vpcId = ref(props.VpcId) ?? ''
    if (resource.Type === 'AWS::EC2::VPCCidrBlock') {
      const block = parseCidr(text(props.CidrBlock) ?? '')
      if (block !== null) blocks.get(vpcId)?.push(block)
    }
    if (resource.Type !== 'AWS::EC2::VPCGatewayAttachment') continue
    const vpc = vpcs.get(vpcId)
    if (vpc === undefined || badState('', resource, NONE) !== null) continue
    const gateway = ref(props.InternetGatewayId)
    const vpn = ref(props.VpnGatewayId)
    if (gateway !== null && own(scenario, gateway)?.Type === 'AWS::EC2::InternetGateway')
      vpc.internetGateway ??= gateway
    if (vpn !== null && own(scenario, vpn)?.Type === 'AWS::EC2::VPNGateway') vpc.vpnGateway ??= vpn
  }
  return vpcs
}

/** Endpoints by id, registered with their VPC; interfaces are filled in later. */
export function buildEndpoints(
  scenario: Scenario,
  vpcs: ReadonlyMap<LogicalId, Vpc>,
  down: ReadonlySet<LogicalId>,
): Map<LogicalId, Endpoint> {
  const endpoints = new Map<LogicalId, Endpoint>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::VPCEndpoint') continue
    const props = properties(resource)
    const vpc = vpcs.get(ref(props.VpcId) ?? '')
    // a gateway load balancer's endpoint leads to no service
    if (vpc === undefined || text(props.VpcEndpointType) === 'GatewayLoadBalancer') continue
    const kind = text(props.VpcEndpointType) === 'Interface' ? 'interface' : 'gateway'
    const service = serviceOfName(text(props.ServiceName) ?? '')
    const endpoint: Endpoint = {
      id,
      vpc,
      kind,
      service,
      privateDns: flag(props.PrivateDnsEnabled) === true,
      interfaces: [],
      failed: badState(id, resource, down),
      policy: props.PolicyDocument,
    }
    endpoints.set(id, endpoint)
    vpc.endpoints.push(endpoint)
  }
  return endpoints
}

/** The main table of a VPC: nothing but the local route, because CloudFormation cannot add to it. */
export function mainTable(vpc: Vpc): RouteTable {
  return { id: vpc.id, main: true, vpc, routes: localRoutes(vpc) }
}

function localRoutes(vpc: Vpc): Route[] {
  return vpc.cidrs.map((block) => ({
    id: null,
    block,
    text: `${formatCidr(block)} -> local`,
    target: { kind: 'local' },
    blackhole: null,
    rank: 0,
  }))
}

export function buildTables(
  scenario: Scenario,
  vpcs: ReadonlyMap<LogicalId, Vpc>,
  vpns: readonly Vpn[],
  lists: Lists,
): Map<LogicalId, RouteTable> {
  const routes = new Map<LogicalId, Route[]>()
  const tables = new Map<LogicalId, RouteTable>()
  const transits = new Set(
    VPC_ATTACHMENTS.flatMap((type) => entriesOf(scenario, type)).map(
      ([, props]) => `${ref(props.TransitGatewayId) ?? ''} ${ref(props.VpcId) ?? ''}`,
    ),
  )
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::RouteTable')) {
    const vpc = vpcs.get(ref(props.VpcId) ?? '')
    if (vpc === undefined) continue
    const local = localRoutes(vpc)
    routes.set(id, local)
    tables.set(id, { id, main: false, vpc, routes: local })
  }
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const props = properties(resource)
    if (resource.Type === 'AWS::EC2::Route') {
      const table = tables.get(ref(props.RouteTableId) ?? '')
      if (table !== undefined)
        routes.get(table.id)?.push(...staticRoutes(scenario, id, props, table.vpc, lists, transits))
    }
    if (resource.Type === 'AWS::EC2::VPCEndpoint' && text(props.VpcEndpointType) !== 'Interface') {
      for (const table of refs(props.RouteTableIds))
        routes.get(table)?.push(...endpointRoutes(id, props, tables.get(table)?.vpc, lists))
    }
    if (resource.Type === 'AWS::EC2::VPNGatewayRoutePropagation') {
      const gateway = ref(props.VpnGatewayId) ?? ''
      const blocks = vpns.flatMap((vpn) => (vpn.side === gateway ? vpn.blocks : []))
      for (const table of refs(props.RouteTableIds))
        routes.get(table)?.push(...propagatedRoutes(id, gateway, blocks, scenario, tables.get(table)?.vpc))
    }
  }
  for (const table of routes.values()) table.sort((a, b) => b.block.length - a.block.length || a.rank - b.rank)
  return tables
}

function staticRoutes(
  scenario: Scenario,
  id: LogicalId,
  props: JsonObject,
  vpc: Vpc,
  lists: Lists,
  transits: ReadonlySet<string>,
): Route[] {
  const block = parseCidr(text(props.DestinationCidrBlock) ?? '')
  const prefix = ref(props.DestinationPrefixListId)
  const target = targetOf(scenario, props)
  if (target === null) return []
  const apart = target.kind === 'transit-gateway' && !transits.has(`${target.id} ${vpc.id}`)
  const blackhole = blackholeOf(scenario, target, vpc) ?? (apart ? `${target.id} has no attachment to ${vpc.id}` : null)
  const to = target.kind === 'local' ? 'local' : target.id
  const rank = target.kind === 'local' ? 0 : block === null ? 2 : 1
  return (block !== null ? [block] : prefix === null ? [] : lists(prefix)).map((destination) => ({
    id,
    block: destination,
    text: `${formatCidr(destination)} -> ${to}`,
    target,
    blackhole,
    rank,
  }))
}

function propagatedRoutes(
  id: LogicalId,
  gateway: LogicalId,
  blocks: readonly Cidr[],
  scenario: Scenario,
  vpc: Vpc | undefined,
): Route[] {
  if (vpc === undefined) return []
  const target: RouteTarget = { kind: 'vpn-gateway', id: gateway }
  const blackhole = blackholeOf(scenario, target, vpc)
  return blocks.map((block) => ({
    id,
    block,
    text: `${formatCidr(block)} -> ${gateway}, propagated`,
    target,
    blackhole,
    rank: 3,
  }))
}

function endpointRoutes(id: LogicalId, props: JsonObject, vpc: Vpc | undefined, lists: Lists): Route[] {
  const name = text(props.ServiceName) ?? ''
  const service = serviceOfName(name)
  // AWS refuses route tables of another VPC.
  if (vpc?.id !== ref(props.VpcId) || !hasGatewayEndpoint(service)) return []
  return lists(name).map((block) => ({
    id,
    block,
    text: `prefix list ${service} -> ${id}`,
    target: { kind: 'endpoint', id },
    blackhole: null,
    rank: 2,
  }))
}

/** Where a route may lead, by property, and the types it may name there. */
const TARGETS: readonly (readonly [
  property: string,
  kind: Exclude<RouteTarget['kind'], 'local'>,
  types: readonly string[],
])[] = [
  ['NatGatewayId', 'nat-gateway', ['NatGateway']],
  ['GatewayId', 'internet-gateway', ['InternetGateway', 'VPNGateway']],
  ['TransitGatewayId', 'transit-gateway', ['TransitGateway']],
  ['VpcPeeringConnectionId', 'peering', ['VPCPeeringConnection']],
  ['InstanceId', 'interface', ['Instance']],
  ['NetworkInterfaceId', 'interface', ['NetworkInterface']],
  ['VpcEndpointId', 'unsupported', ['VPCEndpoint']],
  ['EgressOnlyInternetGatewayId', 'unsupported', ['EgressOnlyInternetGateway']],
]

function targetOf(scenario: Scenario, props: JsonObject): RouteTarget | null {
  for (const [property, kind] of TARGETS) {
    const id = ref(props[property])
    if (id === null) continue
    if (property === 'GatewayId' && id === 'local') return { kind: 'local' }
    const vpn = property === 'GatewayId' && own(scenario, id)?.Type === 'AWS::EC2::VPNGateway'
    return { kind: vpn ? 'vpn-gateway' : kind, id }
  }
  return null
}

const WORDS: { readonly [kind: string]: string } = {
  'internet-gateway': 'internet gateway',
  'nat-gateway': 'NAT gateway',
}

function blackholeOf(scenario: Scenario, target: RouteTarget, vpc: Vpc): string | null {
  if (target.kind === 'local') return null
  const { id, kind } = target
  const resource = own(scenario, id)
  if (resource === undefined) return `${id} does not exist`
  const fitting = TARGETS.some(
    ([, of, types]) =>
      (of === kind || kind === 'vpn-gateway') && types.some((type) => resource.Type === `AWS::EC2::${type}`),
  )
  if (!fitting) return `${id} is no ${WORDS[kind] ?? kind.replace('-', ' ')}`
  const attached = kind === 'internet-gateway' ? vpc.internetGateway : kind === 'vpn-gateway' ? vpc.vpnGateway : id
  if (attached !== id) return `${id} is not attached to ${vpc.id}`
  const props = properties(resource)
  const state = badState(id, resource, NONE)
  if (kind === 'peering') {
    if (ref(props.VpcId) !== vpc.id && ref(props.PeerVpcId) !== vpc.id) return `${id} does not join ${vpc.id}`
    return state
  }
  if (kind === 'interface' && state === `${id} is stopped`) return state
  if (kind !== 'nat-gateway') return null
  if (state === `${id} is deleted`) return state
  const subnet = own(scenario, ref(props.SubnetId) ?? '')
  if (subnet === undefined) return `${id} has no subnet`
  return ref(properties(subnet).VpcId) === vpc.id ? null : `${id} is in another VPC`
}
