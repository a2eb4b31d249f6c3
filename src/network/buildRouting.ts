/** Normalises VPCs, gateways and route tables of a document. */
import type { JsonObject, LogicalId, Scenario } from '../model/scenario'
import { hasGatewayEndpoint, prefixList, serviceOfName } from './awsServices'
import type { Cidr } from './ipv4'
import { formatCidr, parseCidr } from './ipv4'
import { own } from './placements'
import { flag, properties, ref, refs, text } from './read'
import type { Endpoint, Route, RouteTable, RouteTarget, Vpc } from './types'

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
    vpcs.set(id, { id, cidrs, dns, internetGateway: null, endpoints: [] })
  }
  for (const resource of Object.values(scenario.resources)) {
    const props = properties(resource)
    const vpcId = ref(props.VpcId) ?? ''
    if (resource.Type === 'AWS::EC2::VPCCidrBlock') {
      const block = parseCidr(text(props.CidrBlock) ?? '')
      if (block !== null) blocks.get(vpcId)?.push(block)
    }
    if (resource.Type !== 'AWS::EC2::VPCGatewayAttachment') continue
    const gateway = ref(props.InternetGatewayId)
    const vpc = vpcs.get(vpcId)
    if (vpc !== undefined && gateway !== null && own(scenario, gateway)?.Type === 'AWS::EC2::InternetGateway')
      vpc.internetGateway ??= gateway
  }
  return vpcs
}

/** Endpoints by id, registered with their VPC; interfaces are filled in later. */
export function buildEndpoints(scenario: Scenario, vpcs: ReadonlyMap<LogicalId, Vpc>): Map<LogicalId, Endpoint> {
  const endpoints = new Map<LogicalId, Endpoint>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::VPCEndpoint') continue
    const props = properties(resource)
    const vpc = vpcs.get(ref(props.VpcId) ?? '')
    if (vpc === undefined) continue
    const kind = text(props.VpcEndpointType) === 'Interface' ? 'interface' : 'gateway'
    const service = serviceOfName(text(props.ServiceName) ?? '')
    const endpoint: Endpoint = {
      id,
      vpc,
      kind,
      service,
      privateDns: flag(props.PrivateDnsEnabled) === true,
      interfaces: [],
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
  }))
}

export function buildTables(scenario: Scenario, vpcs: ReadonlyMap<LogicalId, Vpc>): Map<LogicalId, RouteTable> {
  const routes = new Map<LogicalId, Route[]>()
  const tables = new Map<LogicalId, RouteTable>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const vpc = resource.Type === 'AWS::EC2::RouteTable' ? vpcs.get(ref(properties(resource).VpcId) ?? '') : undefined
    if (vpc === undefined) continue
    const own = localRoutes(vpc)
    routes.set(id, own)
    tables.set(id, { id, main: false, vpc, routes: own })
  }
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const props = properties(resource)
    if (resource.Type === 'AWS::EC2::Route') {
      const table = tables.get(ref(props.RouteTableId) ?? '')
      if (table !== undefined) routes.get(table.id)?.push(...staticRoutes(scenario, id, props, table.vpc))
    }
    if (resource.Type === 'AWS::EC2::VPCEndpoint' && text(props.VpcEndpointType) !== 'Interface') {
      for (const table of refs(props.RouteTableIds))
        routes.get(table)?.push(...endpointRoutes(id, props, tables.get(table)?.vpc))
    }
  }
  for (const table of routes.values()) table.sort((a, b) => b.block.length - a.block.length || rank(a) - rank(b))
  return tables
}

/** At equal length the local route wins, then CIDR routes, then prefix lists (NET-20). */
function rank(route: Route): number {
  return route.target.kind === 'local' ? 0 : route.target.kind === 'endpoint' ? 2 : 1
}

function staticRoutes(scenario: Scenario, id: LogicalId, props: JsonObject, vpc: Vpc): Route[] {
  const block = parseCidr(text(props.DestinationCidrBlock) ?? '')
  const prefix = ref(props.DestinationPrefixListId)
  const target = targetOf(props)
  if (target === null) return []
  const blackhole = blackholeOf(scenario, target, vpc)
  const to = target.kind === 'local' ? 'local' : target.id
  return (block !== null ? [block] : prefix === null ? [] : prefixList(prefix)).map((destination) => ({
    id,
    block: destination,
    text: `${formatCidr(destination)} -> ${to}`,
    target,
    blackhole,
  }))
}

function endpointRoutes(id: LogicalId, props: JsonObject, vpc: Vpc | undefined): Route[] {
  const service = serviceOfName(text(props.ServiceName) ?? '')
  // AWS refuses route tables of another VPC.
  if (vpc?.id !== ref(props.VpcId) || !hasGatewayEndpoint(service)) return []
  return prefixList(service).map((block) => ({
    id,
    block,
    text: `prefix list ${service} -> ${id}`,
    target: { kind: 'endpoint', id },
    blackhole: null,
  }))
}

/** Properties of later components (peering, transit gateway) are read already, so that their routes win and are named. */
const UNSUPPORTED = [
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'InstanceId',
  'NetworkInterfaceId',
  'VpcEndpointId',
  'EgressOnlyInternetGatewayId',
]

function targetOf(props: JsonObject): RouteTarget | null {
  const nat = ref(props.NatGatewayId)
  if (nat !== null) return { kind: 'nat-gateway', id: nat }
  const gateway = ref(props.GatewayId)
  if (gateway === 'local') return { kind: 'local' }
  if (gateway !== null) return { kind: 'internet-gateway', id: gateway }
  for (const name of UNSUPPORTED) {
    const id = ref(props[name])
    if (id !== null) return { kind: 'unsupported', id }
  }
  return null
}

function blackholeOf(scenario: Scenario, target: RouteTarget, vpc: Vpc): string | null {
  if (target.kind === 'local') return null
  const resource = own(scenario, target.id)
  if (resource === undefined) return `${target.id} does not exist`
  if (target.kind === 'internet-gateway') {
    if (resource.Type !== 'AWS::EC2::InternetGateway') return `${target.id} is no internet gateway`
    return vpc.internetGateway === target.id ? null : `${target.id} is not attached to ${vpc.id}`
  }
  if (target.kind !== 'nat-gateway') return null
  if (resource.Type !== 'AWS::EC2::NatGateway') return `${target.id} is no NAT gateway`
  const subnet = own(scenario, ref(properties(resource).SubnetId) ?? '')
  if (subnet === undefined) return `${target.id} has no subnet`
  return ref(properties(subnet).VpcId) === vpc.id ? null : `${target.id} is in another VPC`
}
