/** Deletes resources, with what belongs to them and every mention of them. */
import type { Intervention, Json, JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import type { Kind } from '../services/service'
import type { Schemas } from '../services/schema-kit'
import type { Field } from './field'
import { childField, variantOf } from './field'
import { parsePointer } from './pointer'
import { looseId, partField } from './references'

export interface Removal {
  readonly scenario: Scenario
  /** Deleted ids, those asked for first. */
  readonly removed: readonly LogicalId[]
  /** One or two sentences that say what went, for the confirmation and the undo step. */
  readonly said: string
}

export interface RemovalRules {
  readonly schemas: Schemas
  readonly kinds: { readonly [type: string]: Kind }
}

/**
 * The document without `ids`. What they own goes too (`Kind.owners`), and so does what cannot be without them (a mapping
 * without its queue). Elsewhere the mention goes: list items are dropped, optional properties deleted. A route to a
 * deleted gateway stays and is a black hole, as in AWS (NET-26), unless the route belongs to the gateway.
 */
export function removeResources(scenario: Scenario, ids: readonly LogicalId[], rules: RemovalRules): Removal {
  const removed = new Set(ids.filter((id) => Object.hasOwn(scenario.resources, id)))
  const cleared = new Map<LogicalId, Resource>()
  for (let before = -1; before !== removed.size;) {
    before = removed.size
    for (const [id, resource] of Object.entries(scenario.resources)) {
      if (removed.has(id)) continue
      const kind = Object.hasOwn(rules.kinds, resource.Type) ? rules.kinds[resource.Type] : undefined
      const rest = (kind?.owners?.(resource, scenario) ?? []).some((owner) => removed.has(owner))
        ? null
        : clearResource(resource, removed, rules.schemas)
      if (rest === null) removed.add(id)
      else if (rest !== resource) cleared.set(id, rest)
    }
  }
  const kept = Object.entries(scenario.resources).filter(([id]) => !removed.has(id))
  const changed = kept.map(([id]) => id).filter((id) => cleared.has(id))
  const result: Scenario = {
    ...scenario,
    resources: Object.fromEntries(kept.map(([id, resource]) => [id, cleared.get(id) ?? resource])),
  }
  if (scenario.interventions !== undefined)
    result.interventions = scenario.interventions.filter((step) => !mentions(step, removed))
  if (scenario.layout !== undefined) result.layout = without(scenario.layout, removed)
  if (scenario.labels !== undefined) result.labels = without(scenario.labels, removed)
  return {
    scenario: result,
    removed: [...removed],
    said: say(
      ids.filter((id) => removed.has(id)),
      [...removed],
      changed,
    ),
  }
}

function say(asked: readonly string[], removed: readonly string[], changed: readonly string[]): string {
  if (removed.length === 0) return 'Nothing to delete.'
  const more = removed.filter((id) => !asked.includes(id))
  const deleted = `Deleted ${list(asked)}${more.length === 0 ? '' : `, and with it ${list(more)}`}.`
  return changed.length === 0
    ? deleted
    : `${deleted} ${list(changed)} no longer ${changed.length === 1 ? 'mentions' : 'mention'} it.`
}

const list = (ids: readonly string[]): string =>
  ids.length > 4
    ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more`
    : ids.length < 2
      ? ids.join('')
      : `${ids.slice(0, -1).join(', ')} and ${ids.at(-1)}`

function without<T>(map: { [id: string]: T }, removed: ReadonlySet<string>): { [id: string]: T } {
  return Object.fromEntries(Object.entries(map).filter(([id]) => !removed.has(id)))
}

function mentions(step: Intervention, removed: ReadonlySet<string>): boolean {
  if ('send' in step) return removed.has(step.send)
  if ('set' in step) return removed.has(parsePointer(step.set)[1] ?? '')
  if ('replay' in step) return [step.replay, ...(step.rules ?? [])].some((id) => removed.has(id))
  if ('cancel' in step) return removed.has(step.cancel)
  return step.resource !== undefined && removed.has(step.resource)
}

/** The resource without mentions of the removed; itself when there were none; null when it cannot be without them. */
function clearResource(resource: Resource, removed: ReadonlySet<string>, schemas: Schemas): Resource | null {
  let result = resource
  for (const part of ['Properties', 'Behavior'] as const) {
    const field = partField(schemas, resource.Type, part)
    const value = resource[part]
    if (field === undefined || value === undefined) continue
    const rest = clearObject(field, value, removed, true)
    if (rest === GONE) return null
    if (rest !== value) result = { ...result, [part]: rest }
  }
  return result
}

const GONE = Symbol('gone')

/** A value without mentions of the removed; `GONE` when nothing meaningful is left of it. */
function clear(field: Field, value: Json, removed: ReadonlySet<string>): Json | typeof GONE {
  const shape = field.variants === undefined ? field : variantOf(field, value)?.field
  if (shape === undefined) return value
  if (typeof value === 'string') {
    if (shape.kind !== 'ref' || shape.dangling === 'blackhole') return value
    const id = shape.loose === true ? looseId(value) : value
    return id !== undefined && removed.has(id) ? GONE : value
  }
  if (Array.isArray(value)) {
    const kept = value
      .map((item) => (shape.item === undefined ? item : clear(shape.item, item, removed)))
      .filter((item) => item !== GONE)
    if (kept.length === value.length && kept.every((item, i) => item === value[i])) return value
    return kept.length === 0 && value.length > 0 ? GONE : kept
  }
  return typeof value === 'object' && value !== null ? clearObject(shape, value, removed, false) : value
}

function clearObject(
  field: Field,
  value: JsonObject,
  removed: ReadonlySet<string>,
  root: boolean,
): JsonObject | typeof GONE {
  const result: JsonObject = {}
  let same = true
  const calls = new Set<string>()
  for (const [key, child] of Object.entries(value)) {
    const childOf = childField(field, value, key)
    const rest = childOf === undefined ? child : clear(childOf, child, removed)
    if (rest !== GONE) {
      result[key] = rest
      same &&= rest === child
      continue
    }
    same = false
    const emptied = Array.isArray(child)
    if (root && emptied && childOf?.kind !== 'strings') result[key] = []
    else if (childOf?.required === true || childOf?.whole === true) return GONE
    else if (emptied && childOf?.kind !== 'strings' && childOf?.default !== undefined) result[key] = []
    // A call without its target is no call.
    if (childOf?.answers !== undefined) calls.add(childOf.answers)
  }
  for (const key of calls) delete result[key]
  return same ? value : result
}
