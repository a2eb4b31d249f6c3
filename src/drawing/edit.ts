/**
 * Adding, nesting, removing and naming resources. Each returns a new scenario and what was said, or the refusal;
 * the scenario given is never changed.
 */
import type { LogicalId, Resource, Scenario } from '../model/scenario'
import type { Refusal } from '../services/service'
import { label, withResources, type Edit, type EditResult } from './edit-result'
import { EMPTY_CONTAINER, LANES_W, lanesHeight, shapeOf, sizeOf } from './faces'
import { freeId } from './fragment'
import { freePlace, takenIn } from './place'
import { snapPoint } from './rect'
import type { Drawing, Point, Registry } from './types'

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
    const shards = kind.shards?.(next.resources[id]!, next) ?? 0
    const face = sizeOf(kind, kind.silhouette ?? 'plain', 'normal', id, 0, lanesHeight(shards))
    const size = shape === 'container' ? EMPTY_CONTAINER : shards > 0 ? { ...face, w: LANES_W } : face
    // a container may be chosen that does not take it as it is: a VPC, for what stands in a subnet
    const nested = (kind.container?.(next.resources[id]!, next) ?? null) !== null
    const parent = nested ? drop.container : null
    const inside = parent === null ? undefined : drawing.nodeById.get(parent)?.rect
    const within = inside === undefined ? undefined : { ...inside, x: inside.x + 12, y: inside.y + 30 }
    const at =
      shape === 'gate'
        ? { x: drop.point.x - size.w / 2, y: drop.point.y - size.h / 2 }
        : freePlace(drop.point, size, takenIn(drawing, parent), within)
    const kept = shape === 'container' ? { ...snapPoint(at), w: size.w, h: size.h } : snapPoint(at)
    next = { ...next, layout: { ...next.layout, [id]: kept } }
  }
  const besides = Object.keys(resources).filter((other) => other !== id)
  const said = besides.length === 0 ? `Added ${id}.` : `Added ${id}, with ${besides.join(', ')}.`
  return { scenario: next, said, ids: [id] }
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

function isRefusalOf(answer: { readonly [id: string]: Resource | null } | Refusal): answer is Refusal {
  return typeof answer.refused === 'string'
}
