/** buildNetwork: one pass over the document that indexes everything the walk asks for. */
import type { LogicalId, Scenario } from '../model/scenario'
import { buildAcls, buildGroups, defaultAcl, defaultGroup } from './buildFilters'
import { buildBalancers } from './buildBalancers'
import { badState, buildPeerings, buildTransits, buildVpns } from './buildRemote'
import { buildEndpoints, buildTables, buildVpcs, mainTable } from './buildRouting'
import { parseCidr } from './ipv4'
import { placeInterfaces } from './interfaces'
import { own } from './placements'
import { listsOf } from './prefixLists'
import { flag, object, properties, ref, text } from './read'
import type { Acl, Conditions, Interface, Nat, Network, RouteTable, Subnet, Vpc } from './types'

const NONE: ReadonlySet<never> = new Set()

/**
 * The network of a document, normalised and indexed, under the run's present conditions. Never throws: what is
 * dangling or malformed is left out, and `reach` names it when a path needs it.
 */
export function buildNetwork(scenario: Scenario, conditions: Conditions = {}): Network {
  const state: Required<Conditions> = {
    down: conditions.down ?? NONE,
    zonesDown: conditions.zonesDown ?? NONE,
    pendingFunctions: conditions.pendingFunctions ?? NONE,
  }
  const vpcs = buildVpcs(scenario)
  const lists = listsOf(scenario)
  const vpns = buildVpns(scenario, state.down)
  const endpoints = buildEndpoints(scenario, vpcs, state.down)
  const tables = buildTables(scenario, vpcs, vpns, lists)
  const acls = buildAcls(scenario)
  const groups = buildGroups(scenario, lists)
  const subnets = buildSubnets(scenario, state, vpcs, tables, acls)
  const defaults = new Map([...vpcs.keys()].map((id) => [id, [defaultGroup(id)]]))
  const placed = placeInterfaces(scenario, subnets, (ids, vpc) => {
    if (ids.length === 0) return defaults.get(vpc.id) ?? []
    return ids.map((id) => groups.get(id)).filter((group) => group !== undefined)
  })

  for (const endpoint of endpoints.values()) endpoint.interfaces.push(...(placed.hosts.get(endpoint.id) ?? []))
  const nats = new Map<LogicalId, Nat>()
  for (const [id, [face]] of placed.hosts) {
    if (face?.kind === 'nat') nats.set(id, { id, interface: face, failed: natFailure(scenario, state, id, face) })
  }
  return {
    scenario,
    conditions: state,
    lists,
    vpcs,
    subnets,
    tables,
    groups,
    acls,
    nats,
    endpoints,
    vpns,
    ...placed,
    peerings: buildPeerings(scenario, vpcs, state.down),
    transits: buildTransits(scenario, vpcs, subnets, vpns, state.down),
    balancers: buildBalancers(scenario),
    aliases: aliasesOf(scenario),
  }
}

function buildSubnets(
  scenario: Scenario,
  state: Required<Conditions>,
  vpcs: ReadonlyMap<LogicalId, Vpc>,
  tables: ReadonlyMap<LogicalId, RouteTable>,
  acls: ReadonlyMap<LogicalId, Acl>,
): Map<LogicalId, Subnet> {
  const tableOf = associations(scenario, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId')
  const aclOf = associations(scenario, 'AWS::EC2::SubnetNetworkAclAssociation', 'NetworkAclId')
  const mainTables = new Map([...vpcs.values()].map((vpc) => [vpc.id, mainTable(vpc)]))
  const defaultAcls = new Map([...vpcs.keys()].map((id) => [id, defaultAcl(id)]))
  const subnets = new Map<LogicalId, Subnet>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::Subnet') continue
    const props = properties(resource)
    const vpc = vpcs.get(ref(props.VpcId) ?? '')
    const block = parseCidr(text(props.CidrBlock) ?? '')
    if (vpc === undefined || block === null) continue
    const associated = tables.get(tableOf.get(id) ?? '')
    const table = associated?.vpc === vpc ? associated : mainTables.get(vpc.id)
    const acl = acls.get(aclOf.get(id) ?? '') ?? defaultAcls.get(vpc.id)
    if (table === undefined || acl === undefined) continue
    const zone = text(props.AvailabilityZone)
    const down = state.down.has(id) ? `${id} is down` : zoneDown(state, zone) ? `zone ${zone ?? ''} is down` : null
    const subnet = { id, vpc, block, zone, mapPublic: flag(props.MapPublicIpOnLaunch) === true, table, acl, down }
    subnets.set(id, subnet)
    vpc.subnets.push(subnet)
  }
  return subnets
}

function aliasesOf(scenario: Scenario): Map<string, LogicalId> {
  const aliases = new Map<string, LogicalId>()
  for (const [id, { Behavior }] of Object.entries(scenario.resources)) {
    const physical = text(object(Behavior).physicalId)
    if (physical !== null) aliases.set(physical, id)
  }
  return aliases
}

/** A subnet has one table and one ACL; of several associations the last is in force, as in EC2. */
function associations(scenario: Scenario, type: string, property: string): Map<LogicalId, LogicalId> {
  const result = new Map<LogicalId, LogicalId>()
  for (const resource of Object.values(scenario.resources)) {
    if (resource.Type !== type) continue
    const subnet = ref(properties(resource).SubnetId)
    const target = ref(properties(resource)[property])
    if (subnet !== null && target !== null) result.set(subnet, target)
  }
  return result
}

function zoneDown(state: Required<Conditions>, zone: string | null): boolean {
  return zone !== null && state.zonesDown.size > 0 && (state.zonesDown.has(zone) || state.zonesDown.has(zone.slice(-1)))
}

function natFailure(scenario: Scenario, state: Required<Conditions>, id: LogicalId, face: Interface): string | null {
  const bad = badState(id, own(scenario, id), state.down)
  if (bad !== null) return bad
  if (face.subnet.down !== null) return face.subnet.down
  if (face.address === null) return `${face.subnet.id} has no free address for ${id}`
  const allocation = ref(properties(own(scenario, id) ?? { Type: '' }).AllocationId)
  return allocation !== null && own(scenario, allocation) === undefined
    ? `${id} failed: its Elastic IP ${allocation} does not exist`
    : null
}

/** Public by route, not by flag (NET-22): the subnet's table sends 0.0.0.0/0 to the VPC's internet gateway. */
export function isPublicSubnet(network: Network, subnetId: LogicalId): boolean {
  const routes = network.subnets.get(subnetId)?.table.routes ?? []
  const anywhere = routes.find((route) => route.block.length === 0)
  return anywhere !== undefined && anywhere.target.kind === 'internet-gateway' && anywhere.blackhole === null
}
