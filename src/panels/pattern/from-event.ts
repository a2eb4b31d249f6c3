/** Patterns made of events, and how both are laid out as text. */
import { isObject } from '../../model/json'
import type { Json, JsonObject } from '../../model/scenario'

/** A plain value of an event. */
export interface Leaf {
  /** Dotted, without indices, as patterns name it. */
  readonly path: string
  readonly value: string | number | boolean | null
}

const MOST_LEAVES = 300
const DEEPEST = 30

/** All plain values of an event in order, those of lists one by one. */
export function leavesOf(event: Json, path: readonly string[] = []): Leaf[] {
  if (event === null || typeof event !== 'object') return [{ path: path.join('.'), value: event }]
  if (path.length > DEEPEST) return []
  const children: readonly (readonly [string | null, Json])[] = Array.isArray(event)
    ? event.map((item) => [null, item])
    : Object.entries(event)
  const found: Leaf[] = []
  for (const [key, child] of children) {
    if (found.length >= MOST_LEAVES) break
    found.push(...leavesOf(child, key === null ? path : [...path, key]))
  }
  return found.slice(0, MOST_LEAVES)
}

/** What tells events of one kind from others: who says it and what happened, else the first field named after a kind or state. */
export function usualFields(event: Json): string[] {
  const paths = leavesOf(event).map(({ path }) => path)
  const envelope = ['source', 'detail-type'].filter((path) => paths.includes(path))
  if (envelope.length > 0) return envelope
  const telling = paths.find((path) => /(^|\.)(type|kind|state|status|eventName)$/i.test(path))
  return [telling ?? paths[0] ?? ''].filter((path) => path !== '')
}

/** A pattern that fits the event: of each chosen field every value the event has there. */
export function patternFrom(event: Json, chosen: ReadonlySet<string>): JsonObject {
  const pattern: { [name: string]: Json } = {}
  for (const path of chosen) {
    const values = leavesOf(event)
      .filter((leaf) => leaf.path === path)
      .map(({ value }) => value)
    if (values.length === 0) continue
    const names = path.split('.')
    let at: { [name: string]: Json } = pattern
    for (const name of names.slice(0, -1)) at = (at[name] ??= {}) as { [name: string]: Json }
    at[names.at(-1)!] = [...new Set(values)]
  }
  return pattern
}

const WIDE = 72

/** JSON as people write patterns: what fits a line stays on it when it holds no object of its own. */
export function laidOut(value: Json, indent = ''): string {
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const flat = `[${value.map((item) => oneLine(item)).join(', ')}]`
    if (value.length === 0 || (flat.length <= WIDE && value.every((item) => depth(item) <= 2))) return flat
    return `[\n${value.map((item) => inner + laidOut(item, inner)).join(',\n')}\n${indent}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([key, child]) => `${inner}${JSON.stringify(key)}: ${laidOut(child, inner)}`).join(',\n')}\n${indent}}`
}

const depth = (value: Json): number =>
  value === null || typeof value !== 'object' ? 0 : 1 + Math.max(0, ...Object.values(value).map(depth))

/** `{ "source": ["orders"] }`. */
export function oneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}: ${oneLine(child)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
