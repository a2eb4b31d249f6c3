/** Changes made on the canvas, written into YAML text that keeps its comments and its layout. */
import { isMap, isPair, isScalar, isSeq } from 'yaml'
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { isObject } from '../model/json'
import type { Json, JsonObject, Scenario } from '../model/scenario'
import { compact, ordered, serialise, YAML_STYLE } from './serialise'
import { parseYaml, readYaml } from './yaml-text'

/**
 * `text` with the change from `before` to `after` applied. Comments stay, and so do edits in the text that the change does not
 * touch. JSON text, and text that cannot be read, is written anew.
 */
export function editYaml(text: string, before: Scenario, after: Scenario): string {
  if (/^\s*[[{]/.test(text)) return serialise(after, 'json')
  const readable = readYaml(text)
  if (typeof readable === 'string' || readable.refusal !== null) return serialise(after, 'yaml')
  const { document } = parseYaml(text)
  if (!isMap(document.contents)) return serialise(after, 'yaml')
  editMap(document, document.contents, ordered(before), ordered(after), 0)
  return document.toString(YAML_STYLE)
}

export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  }
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
}

const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)

function create(document: Document, value: Json, level: number): Node {
  const node = document.createNode(value, { aliasDuplicateObjects: false })
  compact(node, Math.max(0, 2 - level))
  return node
}

/** The node that says `after` where `node` said `before`: itself, changed, when that is possible. */
function edit(document: Document, node: unknown, before: Json, after: Json, level: number): unknown {
  if (sameJson(before, after)) return node
  if (isMap(node) && isObject(before) && isObject(after)) return editMap(document, node, before, after, level)
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) return editSeq(document, node, before, after, level)
  if (isScalar(node) && (typeof after !== 'object' || after === null)) {
    // A number keeps no trace of its spelling: 1e3 changed to 2000 is written 2000.
    delete node.source
    delete node.format
    node.value = after
    return node
  }
  return create(document, after, level)
}

function editMap(document: Document, map: YAMLMap, before: JsonObject, after: JsonObject, level: number): YAMLMap {
  const renamed = renamedKey(before, after)
  if (renamed !== null) {
    const pair = pairOf(map, renamed.from)
    if (pair !== undefined && isScalar(pair.key)) {
      pair.key.value = renamed.to
      delete pair.key.source
      pair.value = edit(document, pair.value, before[renamed.from] ?? null, after[renamed.to] ?? null, level + 1)
    }
  }
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key) && key !== renamed?.from) map.delete(key)
  }
  for (const [key, value] of Object.entries(after)) {
    if (key === renamed?.to) continue
    const pair = pairOf(map, key)
    if (Object.hasOwn(before, key) && sameJson(before[key], value)) continue
    if (pair === undefined) map.items.push(document.createPair(key, create(document, value, level + 1)))
    else
      pair.value = edit(
        document,
        pair.value,
        Object.hasOwn(before, key) ? (before[key] ?? null) : null,
        value,
        level + 1,
      )
  }
  return map
}

/** The one key that has another name now, at the same position. */
function renamedKey(before: JsonObject, after: JsonObject): { from: string; to: string } | null {
  const old = Object.keys(before)
  const now = Object.keys(after)
  if (old.length !== now.length) return null
  const changed = old.flatMap((key, i) => (key === now[i] ? [] : [i]))
  const index = changed[0]
  if (changed.length !== 1 || index === undefined) return null
  const from = old[index] ?? ''
  const to = now[index] ?? ''
  return Object.hasOwn(after, from) || Object.hasOwn(before, to) ? null : { from, to }
}

function editSeq(document: Document, seq: YAMLSeq, before: Json[], after: Json[], level: number): YAMLSeq | Node {
  if (seq.items.length !== before.length) return create(document, after, level)
  let head = 0
  while (head < before.length && head < after.length && sameJson(before[head], after[head])) head++
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    sameJson(before.at(-1 - tail), after.at(-1 - tail))
  )
    tail++
  const old = seq.items.slice(head, before.length - tail)
  const middle = after
    .slice(head, after.length - tail)
    .map((value, i) =>
      i < old.length
        ? edit(document, old[i], before[head + i] ?? null, value, level + 1)
        : create(document, value, level + 1),
    )
  seq.items.splice(head, old.length, ...middle)
  return seq
}
