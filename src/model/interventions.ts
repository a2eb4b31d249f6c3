import type { Intervention, Json, Scenario } from './scenario'
import { toMicros } from './units'

/** Interventions in the order they happen: by time, then as written. */
export function ordered(scenario: Scenario): Intervention[] {
  return (scenario.interventions ?? [])
    .map((intervention, index) => ({ intervention, index }))
    .sort((x, y) => x.intervention.at - y.intervention.at || x.index - y.index)
    .map(({ intervention }) => intervention)
}

/** The document after a `set`, and the resource it touched. `path` is a JSON pointer below `/resources`. */
export function applySet(scenario: Scenario, path: string, value: Json): { scenario: Scenario; resource: string } {
  const [, root, id, ...rest] = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const resource = id === undefined ? undefined : scenario.resources[id]
  if (root !== 'resources' || resource === undefined || rest.length === 0) throw new Error(`set: no such place ${path}`)
  return {
    resource: id!,
    scenario: {
      ...scenario,
      resources: { ...scenario.resources, [id!]: put(resource as unknown as Json, rest, value) as never },
    },
  }
}

function put(target: Json, [head, ...rest]: string[], value: Json): Json {
  if (head === undefined) return value
  if (Array.isArray(target))
    return target.map((item, index) => (String(index) === head ? put(item, rest, value) : item))
  const object = typeof target === 'object' && target !== null ? target : {}
  return { ...object, [head]: put(object[head] ?? null, rest, value) }
}

/** First instant (µs) at which two documents that differ only in interventions part ways; null when they do not. */
export function firstDifference(before: Scenario, after: Scenario): number | null {
  const a = ordered(before)
  const b = ordered(after)
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (JSON.stringify(a[i]) === JSON.stringify(b[i])) continue
    return Math.min(toMicros(a[i]?.at ?? Infinity), toMicros(b[i]?.at ?? Infinity))
  }
  return null
}
