/** Everyone to everyone, in one go. */
import type { Cidr } from './ipv4'
import { contains, parseAddress } from './ipv4'
import type { Party } from './parties'
import { destination, portOf, source } from './parties'
import { own } from './placements'
import { senders } from './sending'
import type { Bare } from './trace'
import { named, trace, verdict } from './trace'
import type { Interface, Network, Subnet } from './types'

export type MatrixCell = Bare

/**
 * `matrix(network, ids)[i][j]` is from `ids[i]` to `ids[j]`, null on the diagonal. Hosts of the same subnet with the same security
 * groups share their cells where no rule, ACL or route tells their addresses apart.
 */
export function matrix(network: Network, ids: readonly string[]): (MatrixCell | null)[][] {
  const parted = partedSubnets(network)
  const classes = new Map<string, number>()
  const ends = ids.map((id) => endOf(network, id, parted, classes))
  const known: (Known | undefined)[] = []
  return ends.map((from, i) =>
    ends.map((to, j) => {
      if (ids[i] === ids[j]) return null
      // an address may be held in several VPCs: which one is meant depends on the other end
      if (from.address || to.address) {
        const { reachable, code, at } = trace(network, { from: from.id, to: to.id })
        return { reachable, code, at }
      }
      const key = from.like * classes.size + to.like
      const same = known[key]
      if (same === undefined) {
        const cell = verdict(network, from.source, from.faces, to.destination, to.port)
        known[key] = { cell, from: from.id, to: to.id }
        return cell
      }
      const { cell } = same
      const at = cell.at === same.to ? to.id : cell.at === same.from ? from.id : cell.at
      return at === cell.at ? cell : { ...cell, at }
    }),
  )
}

interface Known {
  readonly cell: Bare
  readonly from: string
  readonly to: string
}

interface End {
  readonly id: string
  readonly source: Party
  readonly faces: readonly Interface[]
  readonly destination: Party
  readonly port: number
  /** The same number for all that behave alike. */
  readonly like: number
  readonly address: boolean
}

function endOf(network: Network, asked: string, parted: ReadonlySet<Subnet>, classes: Map<string, number>): End {
  const id = named(network, asked)
  const from = source(network, id, null)
  const to = destination(network, id, null)
  const port = portOf(network, id)
  const address = own(network.scenario, id) === undefined && parseAddress(id) !== null
  const name = likes(network, id, from, to, port, parted)
  const like = classes.get(name) ?? classes.size
  classes.set(name, like)
  const faces = senders(network, from, id, { from: id, to: id })
  return { id, source: from, faces, destination: to, port, like, address }
}

/** What all that behave alike have in common. */
function likes(
  network: Network,
  id: string,
  from: Party,
  to: Party,
  port: number,
  parted: ReadonlySet<Subnet>,
): string {
  const { down, pendingFunctions } = network.conditions
  const type = own(network.scenario, id)?.Type ?? ''
  if (from.kind !== 'interfaces' || to.kind !== 'interfaces' || down.has(id) || pendingFunctions.has(id)) return id
  const [face, ...others] = from.faces
  const plain = face !== undefined && others.length === 0 && face.kind === 'host' && face.owners.length === 1
  if (!plain || face.address === null || parted.has(face.subnet) || to.faces[0] !== face) return id
  const groups = face.groups.map((group) => group.id).join('+')
  const { publicAddress, checked, off, more } = face
  return `${face.subnet.id} ${groups} ${publicAddress !== null} ${checked} ${off !== null} ${more.length} ${port} ${type}`
}

/** Subnets of whose addresses a rule, an ACL entry or a route means only some. */
function partedSubnets(network: Network): ReadonlySet<Subnet> {
  const blocks = new Map<string, Cidr>()
  const add = (block: Cidr): void => void blocks.set(`${block.base}/${block.length}`, block)
  for (const { ingress, egress } of network.groups.values())
    for (const rule of [...ingress, ...egress]) rule.blocks.forEach(add)
  for (const { ingress, egress } of network.acls.values()) for (const { block } of [...ingress, ...egress]) add(block)
  for (const { routes } of network.tables.values()) for (const { block } of routes) add(block)
  const parted = new Set<Subnet>()
  for (const block of blocks.values())
    for (const subnet of network.subnets.values())
      if (block.length > subnet.block.length && contains(subnet.block, block.base)) parted.add(subnet)
  return parted
}
