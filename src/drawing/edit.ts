/**
 * Edits of the document that gestures on the canvas mean. Each returns a new scenario and what was said, or the refusal;
 * the scenario given is never changed.
 */
import type { Json, JsonObject, LogicalId, Position, Resource, Scenario } from '../model/scenario'
import type { Connection, Refusal } from '../services/service'
import { EMPTY_CONTAINER, extentFor, shapeOf, sizeOf } from './faces'
import { fragmentOf, freeId, parseFragment, renameReferences } from './fragment'
import { unknownKind } from './outline'
import { freePlace, takenIn } from './place'
import { snap, snapPoint, union } from './rect'
import type { Drawing, Point, Rect, Registry } from './types'

export interface Edit {
  readonly scenario: Scenario
  /** What was written, in sentences; empty for what speaks for itself (moves). */
  readonly said: string
  /** What to select now. */
  readonly ids: readonly string[]
}
export type EditResult = Edit | Refusal

export function isRefusal(result: EditResult): result is Refusal {
  return 'refused' in result
}

/** Where something is dropped: `container` is a drawn node's id (a zone counts), or null for the open canvas. */
export interface Drop {
  /** Its centre. */
  readonly point: Point
  readonly container: string | null
}

/** Places a new resource of a type, with what its kind writes besides, at the free place nearest to the drop. */
export function addResource(
  scenario: Scenario,
  drawing: Drawing,
  registry: Registry,
  type: string,
  drop: Drop,
): EditResult {
  const kind = registry.kinds[type]
  if (kind === undefined) return { refused: `${type} is not a type Coldstart knows.` }
  const taken = new Set(Object.keys(scenario.resources))
  const id = freeId(kind.idStem ?? kind.label.replaceAll(' ', ''), taken)
  const container = resourceOf(drawing, drop.container)
  const created = kind.create?.(id, { container, taken }, scenario) ?? { [id]: { Type: type } }
  const zone = zoneName(drop.container)
  const resources = zone === null ? created : inZone(created, id, zone)
  let next: Scenario = { ...scenario, resources: { ...scenario.resources, ...resources } }
  if (kind.create === undefined && container !== null && kind.moveInto !== undefined) {
    const moved = kind.moveInto(id, container, next)
    if (isRefusalOf(moved)) return moved
    next = withResources(next, moved)
  }
  if (kind.drawn === 'node' || kind.drawn === 'container') {
    const shape = shapeOf(kind)
    const size = shape === 'container' ? EMPTY_CONTAINER : sizeOf(kind, kind.silhouette ?? 'plain', 'normal', id, 0)
    const inside = drop.container === null ? undefined : drawing.nodeById.get(drop.container)?.rect
    const within = inside === undefined ? undefined : { ...inside, x: inside.x + 12, y: inside.y + 30 }
    const at =
      shape === 'gate'
        ? { x: drop.point.x - size.w / 2, y: drop.point.y - size.h / 2 }
        : freePlace(drop.point, size, takenIn(drawing, drop.container), within)
    const kept = shape === 'container' ? { ...snapPoint(at), w: size.w, h: size.h } : snapPoint(at)
    next = { ...next, layout: { ...next.layout, [id]: kept } }
  }
  const besides = Object.keys(resources).filter((other) => other !== id)
  const said = besides.length === 0 ? `Added ${id}.` : `Added ${id}, with ${besides.join(', ')}.`
  return { scenario: next, said, ids: [id] }
}

/** true, or why a wire from one to the other cannot be. The first connector that accepts wins; refusals are collected. */
export function canConnect(
  scenario: Scenario,
  registry: Registry,
  from: string,
  to: string,
  port?: string,
): true | Refusal {
  let refusal: Refusal | null = null
  for (const connector of registry.connectors) {
    const answer = connector.accepts(from, to, scenario, port)
    if (answer === true) return true
    if (answer !== null && refusal === null) refusal = answer
  }
  return (
    refusal ?? {
      refused:
        from === to
          ? `${from} cannot be wired to itself.`
          : `No wire leads from ${describe(scenario, registry, from)} to ${describe(scenario, registry, to)}.`,
    }
  )
}

export function connect(
  scenario: Scenario,
  registry: Registry,
  from: LogicalId,
  to: LogicalId,
  port?: string,
): EditResult {
  for (const connector of registry.connectors) {
    if (connector.accepts(from, to, scenario, port) !== true) continue
    const { resources, said } = connector.connect(from, to, scenario, port)
    return { scenario: withResources(scenario, resources), said, ids: [from] }
  }
  const verdict = canConnect(scenario, registry, from, to, port)
  return verdict === true ? { refused: `No wire leads from ${from} to ${to}.` } : verdict
}

/** Removes a wire through the connector that derives it. */
export function disconnect(scenario: Scenario, registry: Registry, connection: Connection): EditResult {
  for (const connector of registry.connectors) {
    if (!connector.derive(scenario).some((other) => isSameWire(other, connection))) continue
    const { resources, said } = connector.disconnect(connection, scenario)
    return { scenario: withResources(scenario, resources), said, ids: [] }
  }
  return { refused: `There is no wire from ${connection.from} to ${connection.to}.` }
}

export function isSameWire(a: Connection, b: Connection): boolean {
  return a.from === b.from && a.to === b.to && a.action === b.action && a.port === b.port && a.resource === b.resource
}

/**
 * New absolute places of drawn nodes; what they hold moves along. Everything drawn gets its place written, so that a document
 * without layout keeps the arrangement it was seen in.
 */
export function move(scenario: Scenario, drawing: Drawing, to: ReadonlyMap<string, Point>): Edit {
  const layout: { [id: string]: Position } = { ...layoutOf(scenario, drawing) }
  const shifts = new Map<string, Point>()
  for (const node of drawing.nodes) {
    const target = to.get(node.id)
    const inherited = node.parent === null ? undefined : shifts.get(node.parent)
    const shift =
      target === undefined ? inherited : { x: snap(target.x) - node.rect.x, y: snap(target.y) - node.rect.y }
    const kept = layout[node.id]
    if (shift === undefined || kept === undefined) continue
    shifts.set(node.id, shift)
    layout[node.id] = { ...kept, x: kept.x + shift.x, y: kept.y + shift.y }
  }
  return { scenario: { ...scenario, layout }, said: '', ids: [...to.keys()] }
}

/** A container's new absolute rectangle. It never becomes smaller than what it holds: the drawing grows it back. */
export function resize(scenario: Scenario, drawing: Drawing, id: string, rect: Rect): Edit {
  const layout = layoutOf(scenario, drawing)
  const kept = { x: snap(rect.x), y: snap(rect.y), w: Math.max(64, snap(rect.w)), h: Math.max(64, snap(rect.h)) }
  return { scenario: { ...scenario, layout: { ...layout, [id]: kept } }, said: '', ids: [id] }
}

/** How much of its face a node shows. */
export function setExtent(
  scenario: Scenario,
  drawing: Drawing,
  ids: readonly string[],
  extent: 'collapsed' | 'normal' | 'wide',
): Edit {
  const layout: { [id: string]: Position } = { ...layoutOf(scenario, drawing) }
  for (const id of ids) {
    const node = drawing.nodeById.get(id)
    if (node === undefined || node.shape !== 'node') continue
    const at = { x: layout[id]?.x ?? node.rect.x, y: layout[id]?.y ?? node.rect.y }
    const w = extent === 'collapsed' ? 148 : 404
    layout[id] = extent === 'normal' || extentFor(node.kind, w) !== extent ? at : { ...at, w }
  }
  return { scenario: { ...scenario, layout }, said: '', ids }
}

/** Drops resources into a container (a drawn node's id, zones included) or out of all (null). The first refusal stops it. */
export function moveInto(
  scenario: Scenario,
  drawing: Drawing,
  registry: Registry,
  ids: readonly string[],
  container: string | null,
): EditResult {
  const target = resourceOf(drawing, container)
  const zone = zoneName(container)
  let next = scenario
  const moved: string[] = []
  for (const id of ids) {
    const resource = next.resources[id]
    const kind = resource === undefined ? undefined : registry.kinds[resource.Type]
    if (resource === undefined || kind === undefined) continue
    if (kind.moveInto === undefined) {
      if (target !== null)
        return {
          refused: `${label(scenario, id)} is not placed in ${label(scenario, target)}: ${kind.label} stays outside.`,
        }
      continue
    }
    const answer = kind.moveInto(id, target, next)
    if (isRefusalOf(answer)) return answer
    next = withResources(next, answer)
    const changed = next.resources[id]
    if (zone !== null && changed !== undefined && kind.drawn === 'container')
      next = withResources(next, inZone({ [id]: changed }, id, zone))
    moved.push(id)
  }
  const where =
    target === null ? 'out of its container' : `into ${zone === null ? label(scenario, target) : `zone ${zone}`}`
  return {
    scenario: next,
    said: moved.length === 0 ? '' : `Moved ${moved.map((id) => label(scenario, id)).join(', ')} ${where}.`,
    ids: moved,
  }
}

/** Text for the clipboard; null when nothing among the ids is a resource. */
export function copy(scenario: Scenario, drawing: Drawing, registry: Registry, ids: readonly string[]): string | null {
  const fragment = fragmentOf(scenario, registry, ids, layoutOf(scenario, drawing))
  return Object.keys(fragment.resources).length === 0 ? null : JSON.stringify(fragment, null, 1)
}

/** Adds copied resources under free ids. References among them follow; references to others stay as they are. `at`: centre. */
export function paste(scenario: Scenario, text: string, at: Point | null): EditResult {
  const fragment = parseFragment(text)
  if (fragment === null) return { refused: 'The clipboard holds no resources. Copy nodes on a canvas first.' }
  const taken = new Set(Object.keys(scenario.resources))
  const renamed = new Map<string, string>()
  for (const id of Object.keys(fragment.resources)) {
    const fresh = freeId(id, taken)
    taken.add(fresh)
    renamed.set(id, fresh)
  }
  const box = union(
    Object.values(fragment.layout).map((place) => ({ x: place.x, y: place.y, w: place.w ?? 148, h: place.h ?? 48 })),
  )
  const shift =
    at === null ? { x: 20, y: 20 } : { x: snap(at.x - box.x - box.w / 2), y: snap(at.y - box.y - box.h / 2) }
  const resources: { [id: LogicalId]: Resource } = { ...scenario.resources }
  const layout: { [id: string]: Position } = { ...scenario.layout }
  const labels: { [id: LogicalId]: string } = { ...scenario.labels }
  for (const [id, resource] of Object.entries(fragment.resources)) {
    const fresh = renamed.get(id) ?? id
    resources[fresh] = renameIn(resource, renamed)
    const place = fragment.layout[id]
    if (place !== undefined) layout[fresh] = { ...place, x: snap(place.x + shift.x), y: snap(place.y + shift.y) }
    const text = fragment.labels[id]
    if (text !== undefined) labels[fresh] = text
  }
  const ids = [...renamed.values()]
  const next = { ...scenario, resources, layout, ...(Object.keys(labels).length > 0 ? { labels } : {}) }
  return { scenario: next, said: `Added ${ids.join(', ')}.`, ids }
}

/** Copies of resources beside the originals, 20 px right and down. */
export function duplicate(
  scenario: Scenario,
  drawing: Drawing,
  registry: Registry,
  ids: readonly string[],
): EditResult {
  const text = copy(scenario, drawing, registry, ids)
  return text === null ? { refused: 'Nothing chosen can be copied.' } : paste(scenario, text, null)
}

/** The gate's removal: the document without the resources, what they own and what refers to them. */
export type RemoveResources = (
  scenario: Scenario,
  ids: readonly LogicalId[],
) => { scenario: Scenario; removed: readonly LogicalId[] }

export function remove(scenario: Scenario, ids: readonly string[], removeResources: RemoveResources): EditResult {
  const present = ids.filter((id) => Object.hasOwn(scenario.resources, id))
  if (present.length === 0) return { refused: 'Zones and interfaces go with the subnets and functions that make them.' }
  const result = removeResources(scenario, present)
  const besides = result.removed.filter((id) => !present.includes(id))
  const named = present.map((id) => label(scenario, id)).join(', ')
  const said =
    besides.length === 0
      ? `Removed ${named}.`
      : `Removed ${named}, and with ${present.length === 1 ? 'it' : 'them'} ${besides.join(', ')}.`
  const gone = new Set([...present, ...result.removed])
  const keep = <T>(from: { [id: string]: T } | undefined): { [id: string]: T } =>
    Object.fromEntries(Object.entries(from ?? {}).filter(([id]) => !gone.has(id)))
  const { layout, labels, ...rest } = result.scenario
  return {
    scenario: {
      ...rest,
      ...(layout === undefined ? {} : { layout: keep(layout) }),
      ...(labels === undefined ? {} : { labels: keep(labels) }),
    },
    said,
    ids: [],
  }
}

const MAX_LABEL = 80

/** Changes the name on screen. Random streams hang on the id, so the id stays. */
export function rename(scenario: Scenario, id: LogicalId, text: string): Edit {
  const name = text.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_LABEL)
  const { [id]: _, ...others } = scenario.labels ?? {}
  const labels = name === '' || name === id ? others : { ...others, [id]: name }
  const { labels: _old, ...rest } = scenario
  return {
    scenario: Object.keys(labels).length === 0 ? rest : { ...rest, labels },
    said: `Renamed to ${name === '' ? id : name}.`,
    ids: [id],
  }
}

/** Places of everything drawn that stands where the learner, or the arrangement, put it. */
function layoutOf(scenario: Scenario, drawing: Drawing): { [id: string]: Position } {
  const layout: { [id: string]: Position } = { ...scenario.layout }
  for (const node of drawing.nodes) {
    const kept = layout[node.id]
    if (kept !== undefined) continue
    const at = { x: Math.round(node.rect.x), y: Math.round(node.rect.y) }
    layout[node.id] =
      node.shape === 'container' ? { ...at, w: Math.round(node.rect.w), h: Math.round(node.rect.h) } : at
  }
  return layout
}

function withResources(scenario: Scenario, changes: { readonly [id: LogicalId]: Resource | null }): Scenario {
  const resources: { [id: LogicalId]: Resource } = { ...scenario.resources }
  for (const [id, resource] of Object.entries(changes)) {
    if (resource === null) delete resources[id]
    else resources[id] = resource
  }
  return { ...scenario, resources }
}

function isRefusalOf(answer: { readonly [id: string]: Resource | null } | Refusal): answer is Refusal {
  return typeof answer.refused === 'string'
}

function renameIn(resource: Resource, renamed: ReadonlyMap<string, string>): Resource {
  const within = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value).map(([key, item]): [string, Json] => [key, renameReferences(item, renamed)]),
    )
  return {
    ...resource,
    ...(resource.Properties === undefined ? {} : { Properties: within(resource.Properties) }),
    ...(resource.Behavior === undefined ? {} : { Behavior: within(resource.Behavior) }),
  }
}

/** `zone:<vpc>:<name>` -> name */
function zoneName(container: string | null): string | null {
  return container?.startsWith('zone:') === true ? container.split(':').slice(2).join(':') : null
}

function inZone(
  resources: { readonly [id: LogicalId]: Resource },
  id: LogicalId,
  zone: string,
): { [id: LogicalId]: Resource } {
  const resource = resources[id]
  if (resource === undefined) return { ...resources }
  return { ...resources, [id]: { ...resource, Properties: { ...resource.Properties, AvailabilityZone: zone } } }
}

function resourceOf(drawing: Drawing, container: string | null): LogicalId | null {
  const zone = container?.startsWith('zone:') === true ? drawing.nodeById.get(container)?.parent : container
  return zone ?? null
}

function label(scenario: Scenario, id: LogicalId): string {
  return scenario.labels?.[id] ?? id
}

function describe(scenario: Scenario, registry: Registry, id: LogicalId): string {
  const type = scenario.resources[id]?.Type
  const kind = type === undefined ? undefined : (registry.kinds[type] ?? unknownKind(type))
  return kind === undefined ? id : `${label(scenario, id)} (${kind.label.toLowerCase()})`
}
