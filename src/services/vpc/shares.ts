import { Table } from '../../kernel/columns'
import { Plain } from '../../kernel/stateful'
import { MICROS, toMicros } from '../../model/units'
import type { LogicalId } from '../../model/scenario'
import { buildNetwork } from '../../network/build'
import { formatAddress, size } from '../../network/ipv4'
import { integer } from '../../network/read'
import type { Runtime, ServiceContext } from '../service'
import { blockOf } from './addresses'
import { createEnis } from './enis'
import { FUNCTION, placeOf, SUBNET } from './topology'

/**
 * Before September 2019: a function needs ceil(environments x memory / 3 GB) interfaces of its own, attached during cold
 * starts, each taking an address of a subnet (NET-9).
 */
export function installShares(context: ServiceContext): Runtime {
  const { kernel } = context
  const attached = context.reason('vpc.eniAttached')
  const full = context.reason('vpc.subnetFull')
  const quotaReason = context.reason('vpc.interfaceQuota')
  const throttled = context.reason('vpc.eniThrottled')
  const quota = context.number('vpc.interfaceQuota')
  const rate = context.number('vpc.eniRate')
  const delay = context.number('vpc.eniAttach')
  const share = context.number('vpc.eniShare')
  const reserved = context.number('vpc.reservedAddresses')
  const enis = createEnis(context, 'vpc.eniAttach', () => {})
  const functions = kernel.part(new Table(8))
  const environments = functions.i32()
  const rowOf: number[] = []
  for (const id of context.ids(FUNCTION)) rowOf[context.index(id)] = functions.add()
  /** Addresses of databases, NAT gateways and endpoints, by subnet. */
  const hosts = kernel.part(new Plain<ReadonlyMap<LogicalId, ReadonlySet<number>>>(new Map()))
  /** Number of the last interface, which tells them apart. */
  const last = kernel.part(new Plain(0))

  /** Interfaces made in the second that is going on. */
  const made = kernel.part(new Plain<{ readonly second: number; readonly count: number }>({ second: -1, count: 0 }))
  const second = (): number => Math.floor(kernel.now / MICROS)
  const atRate = (): boolean => rate > 0 && made.value.second === second() && made.value.count >= rate

  const ownedBy = (resource: number): number[] => enis.living().filter((entity) => enis.owner(entity) === resource)
  const needed = (resource: number, count: number): number => {
    const memory = integer(context.properties(context.id(resource))['MemorySize']) ?? 128
    return Math.ceil((count * memory) / share)
  }
  const free = (subnet: LogicalId): number => {
    const block = blockOf(subnet, context.scenario())
    if (block === null) return 0
    const index = context.index(subnet)
    const taken = enis.living().filter((entity) => enis.subnet(entity) === index).length
    return size(block) - reserved - taken - (hosts.value.get(subnet)?.size ?? 0)
  }
  /** The function's subnet with the most free addresses; null when none has any. */
  const roomiest = (resource: number): LogicalId | null => {
    let best: LogicalId | null = null
    let most = 0
    for (const subnet of placeOf(context.scenario().resources[context.id(resource)])?.subnets ?? []) {
      const room = free(subnet)
      if (room <= most) continue
      best = subnet
      most = room
    }
    return best
  }
  const lowestOffset = (subnet: LogicalId): number => {
    const index = context.index(subnet)
    const { base } = blockOf(subnet, context.scenario())!
    const used = new Set(
      enis
        .living()
        .filter((entity) => enis.subnet(entity) === index)
        .map((entity) => enis.offset(entity)),
    )
    for (const address of hosts.value.get(subnet) ?? []) used.add(address - base)
    let offset = reserved - 1
    while (used.has(offset)) offset++
    return offset
  }

  context.publish('vpc.ready', () => 1)
  context.publish('vpc.attachDelay', (resource) => {
    const row = rowOf[resource]
    if (row === undefined || placeOf(context.scenario().resources[context.id(resource)]) === null) return 0
    const owned = ownedBy(resource)
    const wanted = needed(resource, environments.data[row]! + 1)
    if (wanted > owned.length) {
      if (roomiest(resource) === null) return -1
      return enis.living().length >= quota ? -2 : atRate() ? -3 : toMicros(delay)
    }
    return Math.max(0, enis.readyAt(owned[wanted - 1]!) - kernel.now)
  })
  context.listen('vpc.attach', (resource) => {
    const row = rowOf[resource]
    if (row === undefined || placeOf(context.scenario().resources[context.id(resource)]) === null) return
    environments.data[row] = environments.data[row]! + 1
    const wanted = needed(resource, environments.data[row])
    for (let count = ownedBy(resource).length; count < wanted; count++) {
      const subnet = roomiest(resource)
      const reached = enis.living().length >= quota
      if (subnet === null || reached || atRate()) {
        const first = placeOf(context.scenario().resources[context.id(resource)])!.subnets[0]!
        const why = subnet === null ? full : reached ? quotaReason : throttled
        context.explain(why, resource, context.index(first), reached ? quota : rate)
        return
      }
      made.value = { second: second(), count: made.value.second === second() ? made.value.count + 1 : 1 }
      const offset = lowestOffset(subnet)
      const label = formatAddress(blockOf(subnet, context.scenario())!.base + offset)
      context.explain(attached, resource, context.index(subnet), delay)
      enis.add({ key: `eni:${++last.value}`, subnet, label, owner: resource, exists: false, offset })
    }
  })
  context.listen('vpc.detach', (resource) => {
    const row = rowOf[resource]
    if (row === undefined || environments.data[row] === 0) return
    environments.data[row] = environments.data[row]! - 1
    const owned = ownedBy(resource)
    for (const entity of owned.slice(needed(resource, environments.data[row]))) enis.release(entity)
  })

  const readHosts = (): void => {
    const network = buildNetwork(context.scenario())
    const found = new Map<LogicalId, Set<number>>(context.ids(SUBNET).map((id) => [id, new Set()]))
    for (const face of network.interfaces.values()) {
      if (face.kind !== 'hyperplane' && face.address !== null) found.get(face.subnet.id)?.add(face.address)
    }
    hosts.value = found
  }
  return { start: readHosts, configure: readHosts }
}
