/** Network interfaces and their addresses, the same for the same document. */
import type { LogicalId, Scenario } from '../model/scenario'
import { contains, parseAddress, size } from './ipv4'
import type { Placement } from './placements'
import { own, placementOf } from './placements'
import { properties, ref, text } from './read'
import type { Interface, SecurityGroup, Subnet, Vpc } from './types'

/** The first four addresses and the last of a subnet belong to AWS (NET-21). */
const RESERVED_FIRST = 4

/** Public addresses are handed out from here, inside EC2's us-east-1 block 18.204.0.0/14. */
const PUBLIC_BASE = 0x12cc000a

interface Placed {
  readonly interfaces: Map<string, Interface>
  readonly hosts: Map<LogicalId, Interface[]>
  readonly byAddress: Map<number, Interface[]>
}

/** `groupsOf` resolves security group ids; an empty list means the VPC's default group. */
export function placeInterfaces(
  scenario: Scenario,
  subnets: ReadonlyMap<LogicalId, Subnet>,
  groupsOf: (ids: readonly LogicalId[], vpc: Vpc) => readonly SecurityGroup[],
): Placed {
  const placed: Placed = { interfaces: new Map(), hosts: new Map(), byAddress: new Map() }
  const placements: [LogicalId, Placement][] = []
  const asked = new Set<number>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const placement = placementOf(resource, scenario)
    if (placement === null) continue
    placements.push([id, placement])
    const address = placement.address === undefined ? null : parseAddress(placement.address)
    if (address !== null) asked.add(address)
  }
  const allocate = allocator(asked)
  const elastic = elasticOwners(scenario)
  let publics = 0
  for (const [id, placement] of placements) {
    const faces: Interface[] = []
    placed.hosts.set(id, faces)
    for (const subnetId of placement.subnets) {
      const subnet = subnets.get(subnetId)
      if (subnet === undefined) continue
      const name = interfaceId(id, placement, subnetId)
      const shared = placed.interfaces.get(name)
      if (shared !== undefined) {
        shared.owners.push(id)
        faces.push(shared)
        continue
      }
      const wanted = placement.address === undefined ? null : parseAddress(placement.address)
      const address = wanted !== null && contains(subnet.block, wanted) ? wanted : allocate(subnet)
      const isPublic = isPublicPlacement(scenario, id, placement, subnet) || elastic.has(id)
      const publicAddress = isPublic ? PUBLIC_BASE + publics++ : null
      const groups = placement.kind === 'nat' ? [] : groupsOf(placement.groups, subnet.vpc)
      const face: Interface = { id: name, kind: placement.kind, owners: [id], subnet, address, publicAddress, groups }
      faces.push(face)
      placed.interfaces.set(name, face)
      for (const key of [address, publicAddress]) {
        if (key !== null) placed.byAddress.set(key, [...(placed.byAddress.get(key) ?? []), face])
      }
    }
  }
  return placed
}

function interfaceId(id: LogicalId, placement: Placement, subnet: LogicalId): string {
  if (placement.kind === 'hyperplane') return `eni:${subnet}:${placement.groups.join('+')}`
  return placement.kind === 'endpoint' || placement.subnets.length > 1 ? `${id}:${subnet}` : id
}

function isPublicPlacement(scenario: Scenario, id: LogicalId, placement: Placement, subnet: Subnet): boolean {
  if (placement.kind !== 'nat') return placement.public === 'subnet' ? subnet.mapPublic : placement.public
  // A public NAT gateway without AllocationId gets an address here, so that a first drawing works with one piece less.
  return text(properties(own(scenario, id) ?? { Type: '' }).ConnectivityType) !== 'private'
}

function allocator(asked: ReadonlySet<number>): (subnet: Subnet) => number | null {
  const next = new Map<LogicalId, number>()
  return (subnet) => {
    let address = next.get(subnet.id) ?? subnet.block.base + RESERVED_FIRST
    while (asked.has(address)) address++
    if (address >= subnet.block.base + size(subnet.block) - 1) return null
    next.set(subnet.id, address + 1)
    return address
  }
}

/** Resources that hold an Elastic IP, through EIP.InstanceId or an association. */
function elasticOwners(scenario: Scenario): Set<LogicalId> {
  const owners = new Set<LogicalId>()
  for (const resource of Object.values(scenario.resources)) {
    if (resource.Type !== 'AWS::EC2::EIP' && resource.Type !== 'AWS::EC2::EIPAssociation') continue
    const owner = ref(properties(resource).InstanceId) ?? ref(properties(resource).NetworkInterfaceId)
    if (owner !== null) owners.add(owner)
  }
  return owners
}
