/** What copy puts on the clipboard, and what paste makes of it. Text from a clipboard is untrusted. */
import {
  LOGICAL_ID,
  type Json,
  type JsonObject,
  type LogicalId,
  type Position,
  type Resource,
  type Scenario,
} from '../model/scenario'
import type { Registry } from './types'

export interface Fragment {
  /** Format version. */
  readonly coldstartFragment: 1
  readonly resources: { readonly [id: LogicalId]: Resource }
  readonly layout: { readonly [id: string]: Position }
  readonly labels: { readonly [id: LogicalId]: string }
}

const MAX_TEXT = 1_000_000
const MAX_RESOURCES = 500
const MAX_DEPTH = 64

/** The chosen resources with what belongs to them alone: mappings between them, attachments of theirs. */
export function fragmentOf(
  scenario: Scenario,
  registry: Registry,
  ids: readonly string[],
  layout: { readonly [id: string]: Position },
): Fragment {
  const chosen = new Set(ids.filter((id) => Object.hasOwn(scenario.resources, id)))
  for (let changed = true; changed;) {
    changed = false
    for (const [id, resource] of Object.entries(scenario.resources)) {
      const owners = registry.kinds[resource.Type]?.owners?.(resource, scenario) ?? []
      if (chosen.has(id) || owners.length === 0 || !owners.every((owner) => chosen.has(owner))) continue
      chosen.add(id)
      changed = true
    }
  }
  const pick = <T>(from: { readonly [id: string]: T } | undefined): { [id: string]: T } =>
    Object.fromEntries(Object.entries(from ?? {}).filter(([id]) => chosen.has(id)))
  return {
    coldstartFragment: 1,
    resources: pick(scenario.resources),
    layout: pick(layout),
    labels: pick(scenario.labels),
  }
}

/** @returns null for text that is not a fragment */
export function parseFragment(text: string): Fragment | null {
  if (text.length > MAX_TEXT || !text.includes('coldstartFragment')) return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(value) || value.coldstartFragment !== 1 || !isObject(value.resources)) return null
  const entries = Object.entries(value.resources)
  if (entries.length === 0 || entries.length > MAX_RESOURCES) return null
  const resources: [LogicalId, Resource][] = []
  for (const [id, resource] of entries) {
    const read = LOGICAL_ID.test(id) ? readResource(resource) : null
    if (read === null) return null
    resources.push([id, read])
  }
  const layout = Object.entries(isObject(value.layout) ? value.layout : {}).flatMap(([id, at]) => {
    const read = readPosition(at)
    return read === null ? [] : [[id, read] as const]
  })
  const labels = Object.entries(isObject(value.labels) ? value.labels : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    coldstartFragment: 1,
    resources: Object.fromEntries(resources),
    layout: Object.fromEntries(layout),
    labels: Object.fromEntries(labels),
  }
}

/** Rewrites references to renamed ids. Without a schema at hand a reference is a string that is exactly an id. */
export function renameReferences(value: Json, renamed: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return renamed.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => renameReferences(item, renamed))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renameReferences(item, renamed)]))
}

/** The stem itself, else with the first free number from 2. */
export function freeId(stem: string, taken: ReadonlySet<string>): LogicalId {
  const clean = stem.replaceAll(/[^A-Za-z0-9]/g, '').replace(/^[0-9]+/, '') || 'Resource'
  if (!taken.has(clean)) return clean
  const base = clean.replace(/[0-9]+$/, '') || clean
  for (let n = 2; ; n++) if (!taken.has(`${base}${n}`)) return `${base}${n}`
}

function readResource(value: unknown): Resource | null {
  if (!isObject(value) || typeof value.Type !== 'string') return null
  const { Properties: properties, Behavior: behavior } = value
  if (properties !== undefined && !isJsonObject(properties)) return null
  if (behavior !== undefined && !isJsonObject(behavior)) return null
  return {
    Type: value.Type,
    ...(properties === undefined ? {} : { Properties: properties }),
    ...(behavior === undefined ? {} : { Behavior: behavior }),
  }
}

function readPosition(value: unknown): Position | null {
  if (!isObject(value)) return null
  const { x, y, w, h } = value
  if (!isNumber(x) || !isNumber(y)) return null
  return { x, y, ...(isNumber(w) ? { w } : {}), ...(isNumber(h) ? { h } : {}) }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e6
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isJsonObject(value: unknown, depth = 0): value is JsonObject {
  // JSON.parse made it, so only the depth is in question
  return isObject(value) && isShallow(value, depth)
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth < MAX_DEPTH && Object.values(value).every((item) => isShallow(item, depth + 1))
}
