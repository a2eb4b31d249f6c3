/** Copy, paste and duplicate. */
import type { Json, JsonObject, LogicalId, Position, Resource, Scenario } from '../model/scenario'
import type { EditResult } from './edit-result'
import { fragmentOf, freeId, parseFragment, renameReferences } from './fragment'
import { layoutOf } from './move'
import { snap, union } from './rect'
import type { Drawing, Point, Registry } from './types'

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
