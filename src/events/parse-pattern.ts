import type { Json } from '../model/scenario'
import { MAX_JSON_DEPTH, nodeOf, readJsonText } from './json-text'
import type { JsonNode } from './json-text'
import { parseTest, PatternError } from './match-expression'
import { MAX_BRANCHES } from './pattern'
import type { EventPattern, PatternField } from './pattern'

/** `path` is a JSON pointer into the pattern, empty for the whole. */
export type ParsedPattern = { ok: true; pattern: EventPattern } | { ok: false; reason: string; path: string }

/** Longer text is refused unread; far above the API's own limit (`PATTERN_QUOTA`), which services/eventbridge/checks.ts tells. */
const MAX_PATTERN_TEXT = 40_000

/** By path. Branches share their fields. */
type Branch = Map<string, PatternField>
type Entries = readonly [string, JsonNode][]

/**
 * Validates an event pattern (fact sheet 4.2) given as JSON or as JSON text. Text keeps repeated keys, so that the
 * last list written for a path wins. Never throws.
 */
export function parsePattern(source: Json): ParsedPattern {
  const read = readSource(source)
  if (!read.ok) return { ...read, path: '' }
  const { node } = read
  if (node.kind !== 'object')
    return { ok: false, reason: 'a pattern is an object such as {"source": ["orders"]}', path: '' }
  const asWritten = attempt(node.entries, true)
  if (asWritten.ok) return asWritten
  // Where "$or" cannot be read as alternatives it is an ordinary field name, as event-ruler has it for older patterns.
  const legacy = hasOr(node) ? attempt(node.entries, false) : asWritten
  return legacy.ok ? legacy : asWritten
}

function readSource(source: Json): { ok: true; node: JsonNode } | { ok: false; reason: string } {
  if (typeof source === 'string') {
    if (source.length <= MAX_PATTERN_TEXT) return readJsonText(source)
    return { ok: false, reason: `the pattern has ${source.length} characters; at most ${MAX_PATTERN_TEXT} are read` }
  }
  const node = nodeOf(source)
  if (node !== null) return { ok: true, node }
  return { ok: false, reason: `the pattern is no plain JSON of at most ${MAX_JSON_DEPTH} levels` }
}

function attempt(entries: Entries, alternatives: boolean): ParsedPattern {
  try {
    const branches: Branch[] = [new Map()]
    readObject(entries, { branches, names: '', pointer: '', alternatives, insideOr: false })
    return {
      ok: true,
      pattern: { branches: branches.map((branch) => [...branch.values()]) },
    }
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, reason: error.message, path: error.path }
    throw error
  }
}

interface Place {
  /** All branches that the fields read here belong to; `$or` replaces its content. */
  readonly branches: Branch[]
  /** Dotted path so far, with the dot. */
  readonly names: string
  readonly pointer: string
  readonly alternatives: boolean
  readonly insideOr: boolean
}

/** Operator names, and names event-ruler reserves: none can be a field inside `$or`. */
const RESERVED = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr html = < <= > >= regex ' +
    'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
)

function readObject(entries: Entries, place: Place): void {
  if (entries.length === 0) throw new PatternError(place.pointer, 'an empty object matches nothing; name a field')
  for (const [name, node] of entries) {
    const pointer = `${place.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (name === '$or' && place.alternatives) {
      readAlternatives(node, { ...place, pointer })
      continue
    }
    if (place.insideOr && RESERVED.has(name)) {
      throw new PatternError(
        pointer,
        `"${name}" is an operator, not a field; inside $or write {"field": [{"${name}": …}]}`,
      )
    }
    if (node.kind === 'object') readObject(node.entries, { ...place, pointer, names: `${place.names}${name}.` })
    else if (node.kind === 'array') readField(place.names + name, node.items, pointer, place.branches)
    else
      throw new PatternError(pointer, `"${name}" is a plain value; write it as a list: [${JSON.stringify(node.value)}]`)
  }
}

function readField(path: string, items: readonly JsonNode[], pointer: string, branches: readonly Branch[]): void {
  if (items.length === 0) throw new PatternError(pointer, 'the list is empty; name at least one value')
  const field: PatternField = { path, tests: items.map((item, i) => parseTest(item, `${pointer}/${i}`)) }
  for (const branch of branches) branch.set(path, field)
}

function readAlternatives(node: JsonNode, place: Place): void {
  if (node.kind !== 'array' || node.items.length < 2) {
    throw new PatternError(place.pointer, '$or takes a list of at least two objects')
  }
  if (node.items.length * place.branches.length > MAX_BRANCHES) tooMany(place.pointer)
  const before = place.branches.splice(0)
  for (const [i, item] of node.items.entries()) {
    const pointer = `${place.pointer}/${i}`
    if (item.kind !== 'object')
      throw new PatternError(pointer, '$or takes objects only, such as {"state": ["stopped"]}')
    const branches = before.map((branch) => new Map(branch))
    readObject(item.entries, { ...place, branches, pointer, insideOr: true })
    place.branches.push(...branches)
    if (place.branches.length > MAX_BRANCHES) tooMany(place.pointer)
  }
}

function tooMany(pointer: string): never {
  throw new PatternError(pointer, `$or unfolds to more than ${MAX_BRANCHES} combinations; use fewer alternatives`)
}

function hasOr(node: JsonNode): boolean {
  if (node.kind === 'object') return node.entries.some(([name, child]) => name === '$or' || hasOr(child))
  return node.kind === 'array' && node.items.some(hasOr)
}
