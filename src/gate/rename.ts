/** Renames a resource everywhere it is named. */
import { LOGICAL_ID } from '../model/scenario'
import type { Intervention, Json, LogicalId, Resource, Scenario } from '../model/scenario'
import type { Schemas } from '../services/schema-kit'
import { parsePointer, pointer } from './pointer'
import type { FoundReference } from './references'
import { referencesOf } from './references'

/**
 * The document with `from` called `to`: references, policies, interventions, layout and labels follow; the order of
 * resources stays. Throws RangeError when `from` does not exist, `to` is taken, or `to` is no logical id.
 */
export function renameResource(scenario: Scenario, from: LogicalId, to: LogicalId, schemas: Schemas): Scenario {
  if (!Object.hasOwn(scenario.resources, from)) throw new RangeError(`There is no ${from}.`)
  if (!LOGICAL_ID.test(to)) throw new RangeError('A logical id is letters and digits, a letter first, 255 at most.')
  if (from === to) return scenario
  if (Object.hasOwn(scenario.resources, to)) throw new RangeError(`${to} is taken.`)
  const resources = Object.entries(scenario.resources).map(([id, resource]): [string, Resource] => {
    const naming = referencesOf(id, resource, scenario, schemas).filter((reference) => reference.to === from)
    return [
      id === from ? to : id,
      naming.reduce((result, reference) => retarget(result, reference, from, to), resource),
    ]
  })
  const result: Scenario = { ...scenario, resources: Object.fromEntries(resources) }
  if (scenario.interventions !== undefined)
    result.interventions = scenario.interventions.map((step) => renameIn(step, from, to))
  if (scenario.layout !== undefined) result.layout = renameKey(scenario.layout, from, to)
  if (scenario.labels !== undefined) result.labels = renameKey(scenario.labels, from, to)
  return result
}

function retarget(resource: Resource, reference: FoundReference, from: string, to: string): Resource {
  const replaced = replaceAt(
    resource as unknown as Json,
    parsePointer(reference.path).slice(2),
    (text) => to + text.slice(from.length),
  )
  return replaced as unknown as Resource
}

function replaceAt(value: Json, path: readonly string[], change: (text: string) => string): Json {
  const [key, ...rest] = path
  if (key === undefined) return typeof value === 'string' ? change(value) : value
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? replaceAt(item, rest, change) : item))
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [key]: replaceAt(value[key] ?? null, rest, change) }
}

function renameKey<T>(map: { [id: string]: T }, from: string, to: string): { [id: string]: T } {
  return Object.fromEntries(Object.entries(map).map(([id, value]) => [id === from ? to : id, value]))
}

function renameIn(step: Intervention, from: string, to: string): Intervention {
  if ('send' in step) return step.send === from ? { ...step, send: to } : step
  if ('set' in step) {
    const [root = '', id, ...rest] = parsePointer(step.set)
    return id === from ? { ...step, set: pointer([root, to, ...rest]) } : step
  }
  if ('replay' in step) {
    const now = (id: string): string => (id === from ? to : id)
    return { ...step, replay: now(step.replay), ...(step.rules === undefined ? {} : { rules: step.rules.map(now) }) }
  }
  if ('cancel' in step) return step.cancel === from ? { ...step, cancel: to } : step
  return step.resource === from ? { ...step, resource: to } : step
}
