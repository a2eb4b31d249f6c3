/** Reads a document into the things that are drawn, before anything has a place: tree, attachments, wires. */
import { objectOf } from '../model/json'
import type { LogicalId, Resource, Scenario } from '../model/scenario'
import type { Connection, Kind, Silhouette } from '../services/service'
import { extentFor, shapeOf } from './faces'
import { nameIn, poolsOf, releaseOf } from './releases'
import type { Attachment, ContainerLook, Extent, NetworkView, Pool, Registry, Shape } from './types'

export interface Thing {
  readonly id: string
  readonly resource: LogicalId | null
  readonly type: string
  readonly kind: Kind
  readonly shape: Shape
  readonly silhouette: Silhouette
  readonly glyph: string
  readonly label: string
  readonly typeLine: string
  readonly parent: string | null
  readonly extent: Extent
  readonly container?: ContainerLook
  readonly functions?: readonly LogicalId[]
  readonly pool?: Pool
  readonly snapStart?: boolean
  readonly shards?: number
}

export interface Contents {
  /** Parents before children, otherwise in document order. */
  readonly things: readonly Thing[]
  readonly attachments: ReadonlyMap<LogicalId, readonly Attachment[]>
  /** Wires whose drawn ends exist; ends that are attachments stand for their owner. */
  readonly links: readonly Link[]
}

export interface Link {
  readonly from: string
  readonly to: string
  readonly port: string
  /** Port it arrives at, where the target has one of this name: an alias. */
  readonly toPort?: string
  /** Drawn devices it leads through, in order. */
  readonly via: readonly string[]
  /** null for tethers. */
  readonly connection: Connection | null
}

/** How a type is drawn that no service knows: a plain node, so that nothing a learner has disappears. */
export function unknownKind(type: string): Kind {
  return {
    label: type.split('::').at(-1) ?? type,
    category: 'compute',
    drawn: 'node',
    glyph: 'file',
    silhouette: 'plain',
    summary: type,
  }
}

const ZONE_KIND: Kind = {
  label: 'Availability Zone',
  category: 'network',
  drawn: 'container',
  glyph: 'zone',
  palette: false,
  summary: 'A group of data centres with its own power and network. It appears with its first subnet.',
}
const ENI_KIND: Kind = {
  label: 'ENI',
  category: 'network',
  drawn: 'node',
  glyph: 'eni',
  silhouette: 'device',
  palette: false,
  summary: 'The network interface that functions with the same subnet and security groups share.',
}

export function contentsOf(scenario: Scenario, registry: Registry, network: NetworkView): Contents {
  const kindOf = (resource: Resource): Kind => registry.kinds[resource.Type] ?? unknownKind(resource.Type)
  const labelOf = (id: LogicalId): string => nameIn(id, scenario)
  const poolOf = poolsOf(scenario)
  const connections = registry.connectors.flatMap((connector) => connector.derive(scenario))
  const deadLetters = deadLetterQueues(connections)
  const publicSubnets = network.publicSubnets(scenario)

  const attachment = (id: LogicalId, resource: Resource, more: Partial<Attachment>): Attachment => {
    const kind = kindOf(resource)
    const row = kind.row === undefined ? {} : { row: kind.row(resource) }
    return { id, type: resource.Type, kind, label: labelOf(id), ...row, ...more }
  }
  const things: Thing[] = []
  const attachments = new Map<LogicalId, Attachment[]>()
  const owners = new Map<LogicalId, LogicalId>()
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const kind = kindOf(resource)
    if (kind.drawn === 'attachment') {
      for (const owner of kind.owners?.(resource, scenario) ?? []) {
        if (!Object.hasOwn(scenario.resources, owner)) continue
        const release = releaseOf(id, scenario)
        attachments.set(owner, [
          ...(attachments.get(owner) ?? []),
          attachment(id, resource, release === null ? {} : { release }),
        ])
        if (!owners.has(id)) owners.set(id, owner)
      }
    }
    if (kind.drawn !== 'node' && kind.drawn !== 'container') continue
    const parent = parentOf(resource, kind, scenario)
    const zone = zoneOf(resource, kind, parent)
    if (zone !== null && !things.some((thing) => thing.id === zone.id)) things.push(zoneThing(zone, parent))
    const silhouette: Silhouette =
      deadLetters.has(id) && kind.silhouette === 'queue' ? 'deadLetter' : (kind.silhouette ?? 'plain')
    const look = kind.drawn === 'container' ? lookOf(id, resource, publicSubnets, labelOf) : null
    const pool = poolOf(id)
    const shards = kind.shards?.(resource, scenario) ?? 0
    things.push({
      id,
      resource: id,
      type: resource.Type,
      kind,
      shape: shapeOf(kind),
      silhouette,
      glyph: glyphOf(kind, silhouette, look),
      label: labelOf(id),
      typeLine: kind.typeLine?.(resource) ?? kind.label,
      parent: zone === null ? parent : zone.id,
      extent: extentFor(kind, scenario.layout?.[id]?.w, shards),
      ...(look === null ? {} : { container: look }),
      ...(pool === null ? {} : { pool, snapStart: hasSnapStart(resource) }),
      ...(shards > 0 ? { shards } : {}),
    })
  }
  const links: Link[] = []
  for (const eni of network.interfaces(scenario)) {
    if (!things.some((thing) => thing.id === eni.subnet)) continue
    things.push({
      id: eni.id,
      resource: null,
      type: 'eni',
      kind: ENI_KIND,
      shape: 'chip',
      silhouette: 'device',
      glyph: 'eni',
      label: 'ENI',
      typeLine: eni.address ?? 'no free address',
      parent: eni.subnet,
      extent: 'normal',
      functions: eni.functions,
    })
    for (const fn of eni.functions) links.push({ from: fn, to: eni.id, port: 'bottom', via: [], connection: null })
  }
  const drawn = new Set(things.map((thing) => thing.id))
  const devices = new Set(
    things.filter((thing) => thing.shape === 'chip' || thing.shape === 'gate').map((thing) => thing.id),
  )
  const pathOf = network.paths(scenario)
  for (const connection of connections) {
    const from = drawn.has(connection.from) ? connection.from : owners.get(connection.from)
    const to = drawn.has(connection.to) ? connection.to : owners.get(connection.to)
    if (from === undefined || to === undefined || !drawn.has(from) || !drawn.has(to)) continue
    // an edge that leaves by a port of its own is a row there: a subscription
    const edge = connection.port === connection.resource ? scenario.resources[connection.resource ?? ''] : undefined
    if (edge !== undefined && kindOf(edge).drawn === 'edge')
      attachments.set(from, [...(attachments.get(from) ?? []), attachment(connection.resource!, edge, {})])
    const isCaller = scenario.resources[from]?.Properties?.VpcConfig !== undefined
    const via = isCaller ? pathOf(from, to).filter((id) => devices.has(id) && id !== to) : []
    links.push({
      from,
      to,
      port: connection.port ?? (from === connection.from ? 'out' : connection.from),
      ...(to === connection.to ? {} : { toPort: connection.to }),
      via,
      connection,
    })
  }
  return { things: parentsFirst(things), attachments, links }
}

/** A function is drawn inside a subnet when it names exactly one; with several it stays outside, tethered (design.md 3). */
function parentOf(resource: Resource, kind: Kind, scenario: Scenario): string | null {
  const subnets = objectOf(resource.Properties?.VpcConfig).SubnetIds
  const named = Array.isArray(subnets) ? subnets.filter((subnet) => typeof subnet === 'string') : null
  const parent =
    named !== null ? (named.length === 1 ? (named[0] ?? null) : null) : (kind.container?.(resource, scenario) ?? null)
  return parent === null || !Object.hasOwn(scenario.resources, parent) ? null : parent
}

const hasSnapStart = (resource: Resource): boolean =>
  objectOf(resource.Properties?.SnapStart).ApplyOn === 'PublishedVersions'

interface Zone {
  readonly id: string
  readonly name: string
}

function zoneOf(resource: Resource, kind: Kind, parent: string | null): Zone | null {
  const name = resource.Properties?.AvailabilityZone
  if (kind.drawn !== 'container' || parent === null || typeof name !== 'string' || name === '') return null
  return { id: `zone:${parent}:${name}`, name }
}

function zoneThing(zone: Zone, parent: string | null): Thing {
  return {
    id: zone.id,
    resource: null,
    type: 'zone',
    kind: ZONE_KIND,
    shape: 'container',
    silhouette: 'plain',
    glyph: 'zone',
    label: `zone ${zone.name}`,
    typeLine: 'Availability Zone',
    parent,
    extent: 'normal',
    container: { level: 'zone' },
  }
}

function lookOf(
  id: LogicalId,
  resource: Resource,
  publicSubnets: ReadonlyMap<LogicalId, LogicalId>,
  labelOf: (id: LogicalId) => string,
): ContainerLook {
  const exit = publicSubnets.get(id)
  const range = resource.Properties?.CidrBlock
  const level = resource.Type === 'AWS::EC2::VPC' ? 'vpc' : resource.Type === 'AWS::EC2::Subnet' ? 'subnet' : 'other'
  return {
    level,
    ...(typeof range === 'string' ? { range } : {}),
    ...(level !== 'subnet'
      ? {}
      : exit === undefined
        ? { access: 'private' }
        : { access: 'public', exit: `0.0.0.0/0 → ${labelOf(exit)}` }),
  }
}

function glyphOf(kind: Kind, silhouette: Silhouette, look: ContainerLook | null): string {
  if (silhouette === 'deadLetter') return 'dead-letter-queue'
  return look?.access ?? kind.glyph
}

/** Queues that only failures reach. */
function deadLetterQueues(connections: readonly Connection[]): Set<string> {
  const failures = new Set(connections.filter((c) => c.port === 'failure').map((c) => c.to))
  for (const connection of connections) if (connection.port !== 'failure') failures.delete(connection.to)
  return failures
}

/** A parent that is not drawn as a container, or that would close a circle of containers, counts as none. */
function parentsFirst(things: readonly Thing[]): Thing[] {
  const byId = new Map(things.map((thing) => [thing.id, thing]))
  const rooted = things.map((thing) => (isParent(thing.parent, thing.id, byId) ? thing : { ...thing, parent: null }))
  const depthOf = (thing: Thing): number => {
    let depth = 0
    let parent = thing.parent
    while (parent !== null && depth < MAX_DEPTH) {
      depth += 1
      parent = byId.get(parent)?.parent ?? null
    }
    return depth
  }
  const depths = new Map(rooted.map((thing) => [thing.id, depthOf(thing)]))
  return rooted.sort((a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0))
}

const MAX_DEPTH = 16

function isParent(parent: string | null, child: string, byId: ReadonlyMap<string, Thing>): boolean {
  let current = parent
  for (let depth = 0; current !== null; depth++) {
    const thing = byId.get(current)
    if (thing === undefined || thing.shape !== 'container' || thing.id === child || depth >= MAX_DEPTH) return false
    current = thing.parent
  }
  return true
}
