/** Network interfaces and their addresses, the same for the same document. */
import type { LogicalId, Scenario } from '../model/scenario'
import { badState, entriesOf } from './buildRemote'
import { contains, parseAddress, size } from './ipv4'
import type { Placement } from './placements'
import { own, placementOf } from './placements'
import { list, object, properties, ref, text } from './read'
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
  const ask = (address: number | null): void => void (address !== null && asked.add(address))
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const placement = placementOf(resource, scenario)
    if (placement === null) continue
    placements.push([id, placement])
    for (const subnet of placement.subnets) ask(wantedAddress(scenario, id, placement, subnet))
    for (const address of placement.more ?? []) ask(parseAddress(address))
  }
  const allocate = allocator(asked)
  const elastic = elasticAddresses(scenario)
  const attached = attachments(scenario)
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
      const wanted = wantedAddress(scenario, id, placement, subnetId)
      const address = wanted !== null && contains(subnet.block, wanted) ? wanted : allocate(subnet)
      const user = attached.get(id)
      const held = [...(elastic.get(id) ?? []), ...(elastic.get(user ?? '') ?? [])]
      // what AWS assigned, by subnet or to the first interface
      const { publicIp, publicIps } = object(own(scenario, id)?.Behavior)
      const assigned = parseAddress(
        text(object(publicIps)[subnetId]) ?? (faces.length === 0 ? text(publicIp) : null) ?? '',
      )
      const hasPublic = assigned !== null || isPublicPlacement(scenario, id, placement, subnet)
      const publicOf = (own: number | null, first: boolean): number | null => {
        const found = held.find((each) => (each.stands === null ? first : each.stands === own))
        if (found === undefined && !(first && hasPublic)) return null
        return found?.address ?? (first ? assigned : null) ?? PUBLIC_BASE + publics++
      }
      const face: Interface = {
        id: name,
        kind: placement.kind,
        owners: user === undefined ? [id] : [id, user],
        subnet,
        address,
        publicAddress: publicOf(address, true),
        more: (placement.more ?? []).flatMap((each): [number, number | null][] => {
          const second = parseAddress(each)
          return second === null || second === address ? [] : [[second, publicOf(second, false)]]
        }),
        groups: placement.kind === 'nat' || placement.groups === null ? [] : groupsOf(placement.groups, subnet.vpc),
        checked: placement.kind === 'host' && placement.checked !== false,
        off: offReason(scenario, id) ?? (user === undefined ? null : offReason(scenario, user)),
      }
      faces.push(face)
      placed.interfaces.set(name, face)
      for (const key of [address, face.publicAddress, ...face.more.flat()])
        if (key !== null) placed.byAddress.set(key, [...(placed.byAddress.get(key) ?? []), face])
    }
  }
  for (const [face, instance] of attached)
    placed.hosts.set(instance, [...(placed.hosts.get(instance) ?? []), ...(placed.hosts.get(face) ?? [])])
  fileSystems(scenario, placed.hosts)
  return placed
}

function interfaceId(id: LogicalId, placement: Placement, subnet: LogicalId): string {
  if (placement.kind === 'hyperplane') return `eni:${subnet}:${(placement.groups ?? []).join('+')}`
  const several = placement.kind === 'endpoint' || placement.kind === 'balancer' || placement.subnets.length > 1
  return several ? `${id}:${subnet}` : id
}

/** The address the document asks for, or AWS is known to have given. */
function wantedAddress(scenario: Scenario, id: LogicalId, placement: Placement, subnet: LogicalId): number | null {
  const { address, addresses } = object(own(scenario, id)?.Behavior)
  const asked = placement.addresses ?? {}
  return parseAddress(text(object(addresses)[subnet] ?? asked[subnet] ?? asked[''] ?? address) ?? '')
}

function isPublicPlacement(scenario: Scenario, id: LogicalId, placement: Placement, subnet: Subnet): boolean {
  // of what AWS made we know the public address, or that it has none
  const imported = text(object(own(scenario, id)?.Behavior).physicalId) !== null
  if (placement.kind === 'balancer' && imported) return false
  if (placement.kind !== 'nat') return placement.public === 'subnet' ? subnet.mapPublic && !imported : placement.public
  // A public NAT gateway without AllocationId gets an address here, so that a first drawing works with one piece less.
  return text(properties(own(scenario, id) ?? { Type: '' }).ConnectivityType) !== 'private'
}

/** Why an instance or interface neither sends nor answers. */
function offReason(scenario: Scenario, id: LogicalId): string | null {
  const resource = own(scenario, id)
  if (resource?.Type === 'AWS::EC2::NetworkInterface')
    return text(object(resource.Behavior).status) === 'available' ? `${id} is attached to nothing` : null
  return text(object(resource?.Behavior).state) === 'stopped' ? badState(id, resource, NONE) : null
}

const NONE: ReadonlySet<never> = new Set()

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

/** Instances by the interface resources attached to them, the first device first. */
function attachments(scenario: Scenario): Map<LogicalId, LogicalId> {
  const attached = new Map<LogicalId, LogicalId>()
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::Instance')) {
    const devices = list(props.NetworkInterfaces).map(object)
    devices.sort((a, b) => Number(a.DeviceIndex ?? 0) - Number(b.DeviceIndex ?? 0))
    for (const { NetworkInterfaceId } of devices) {
      const face = ref(NetworkInterfaceId)
      if (face !== null && own(scenario, face) !== undefined) attached.set(face, id)
    }
  }
  return attached
}

interface Held {
  /** Null: any address. */
  readonly address: number | null
  /** The private address it stands for; null: the first. */
  readonly stands: number | null
}

/** Elastic IPs by the instance, interface or NAT gateway that holds them. */
function elasticAddresses(scenario: Scenario): Map<LogicalId, Held[]> {
  const held = new Map<LogicalId, Held[]>()
  const give = (owner: LogicalId | null, eip: LogicalId | null, stands: number | null): void => {
    if (owner === null) return
    const address = parseAddress(text(object(own(scenario, eip ?? '')?.Behavior).publicIp) ?? '')
    held.set(owner, [...(held.get(owner) ?? []), { address, stands }])
  }
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::EIP')) give(ref(props.InstanceId), id, null)
  for (const [, props] of entriesOf(scenario, 'AWS::EC2::EIPAssociation')) {
    const owner = ref(props.InstanceId) ?? ref(props.NetworkInterfaceId)
    give(owner, ref(props.AllocationId), parseAddress(text(props.PrivateIpAddress) ?? ''))
  }
  for (const [id, props] of entriesOf(scenario, 'AWS::EC2::NatGateway')) {
    const eip = ref(props.AllocationId)
    if (text(props.ConnectivityType) !== 'private' && eip !== null) give(id, eip, null)
  }
  return held
}

/** A file system answers at its mount targets. */
function fileSystems(scenario: Scenario, hosts: Map<LogicalId, Interface[]>): void {
  for (const [id, props] of entriesOf(scenario, 'AWS::EFS::MountTarget')) {
    const system = ref(props.FileSystemId)
    if (system !== null) hosts.set(system, [...(hosts.get(system) ?? []), ...(hosts.get(id) ?? [])])
  }
}
