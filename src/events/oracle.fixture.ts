/**
 * A second reading of the pattern rules (fact sheet 4.2, README of aws/event-ruler, "JSON Array Matching"), slow and plain: the event is
 * flattened to (path, value, elements of arrays), alternatives are spelled out, and all choices of a value for each field are tried.
 * Knows only patterns that parse.
 */
import type { Json, JsonObject } from '../model/scenario'

interface Leaf {
  readonly path: string
  readonly value: string | number | boolean | null
  /** Number of an array in the event: index of the element that the leaf lies in. */
  readonly elements: ReadonlyMap<number, number>
}

function leavesOf(event: Json): Leaf[] {
  const leaves: Leaf[] = []
  let arrays = 0
  const visit = (node: Json, path: readonly string[], elements: ReadonlyMap<number, number>): void => {
    if (Array.isArray(node)) {
      const array = arrays++
      node.forEach((item, i) => {
        const inside = item !== null && typeof item === 'object'
        visit(item, path, inside ? new Map([...elements, [array, i]]) : elements)
      })
    } else if (node !== null && typeof node === 'object') {
      for (const [key, child] of Object.entries(node)) visit(child, [...path, key], elements)
    } else leaves.push({ path: path.join('.'), value: node, elements })
  }
  visit(event, [], new Map())
  return leaves
}

type Branch = ReadonlyMap<string, readonly Json[]>

function branchesOf(pattern: JsonObject, prefix = ''): Branch[] {
  let branches: Branch[] = [new Map()]
  const both = (others: readonly Branch[]): void => {
    branches = branches.flatMap((one) => others.map((other) => new Map([...one, ...other])))
  }
  for (const [key, node] of Object.entries(pattern)) {
    if (key === '$or') both((node as JsonObject[]).flatMap((alternative) => branchesOf(alternative, prefix)))
    else if (Array.isArray(node)) both([new Map([[prefix + key, node]])])
    else both(branchesOf(node as JsonObject, `${prefix}${key}.`))
  }
  return branches
}

const regExp = (wildcard: string): RegExp =>
  new RegExp(
    `^${wildcard.replace(/\\?[^]/g, (part) => (part === '*' ? '[^]*' : part.at(-1)!.replace(/[$()*+.?[\\\]^{|}/]/, '\\$&')))}$`,
  )
const list = (value: Json): Json[] => (Array.isArray(value) ? value : [value])

/** Cases are compared letter by letter, in both: `ß` is `SS`. */
const same = (a: string, b: string): boolean => {
  if (a === '') return b === ''
  const letter = a[0]!
  return [letter.toLowerCase(), letter.toUpperCase()].some(
    (spelled) => b.startsWith(spelled) && same(a.slice(1), b.slice(spelled.length)),
  )
}

function stringTest(operator: string, wanted: Json, value: string): boolean {
  if (wanted !== null && typeof wanted === 'object') {
    const folded = (wanted as { [key: string]: string })['equals-ignore-case']!
    const cuts = Array.from({ length: value.length + 1 }, (_, i) => i)
    return cuts.some((at) => same(folded, operator === 'prefix' ? value.slice(0, at) : value.slice(at)))
  }
  const text = wanted as string
  if (operator === 'prefix') return value.slice(0, text.length) === text
  if (operator === 'suffix') return value.slice(value.length - text.length) === text && value.length >= text.length
  if (operator === 'equals-ignore-case') return same(text, value)
  return regExp(text).test(value)
}

/** Bits of an IPv4 address; the oracle knows no other. */
function bits(address: string): string | null {
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number)
  if (octets === undefined || octets.some((octet) => octet > 255)) return null
  return octets.map((octet) => octet.toString(2).padStart(8, '0')).join('')
}

function passes(test: Json, value: Leaf['value']): boolean {
  if (test === null || typeof test !== 'object') return test === value
  const [[operator, wanted]] = Object.entries(test as JsonObject) as [[string, Json]]
  switch (operator) {
    case 'exactly':
      return value === wanted
    case 'exists':
      return wanted === true
    case 'anything-but': {
      if (Array.isArray(wanted) || wanted === null || typeof wanted !== 'object')
        return !list(wanted).some((refused) => refused === value)
      const [[inner, refused]] = Object.entries(wanted) as [[string, Json]]
      return typeof value !== 'string' || !list(refused).some((one) => stringTest(inner, one, value))
    }
    case 'numeric': {
      if (typeof value !== 'number') return false
      const terms = wanted as (string | number)[]
      const holds = (comparison: string, bound: number): boolean =>
        ({ '=': value === bound, '<': value < bound, '<=': value <= bound, '>': value > bound, '>=': value >= bound })[
          comparison
        ]!
      return (
        holds(terms[0] as string, terms[1] as number) &&
        (terms.length === 2 || holds(terms[2] as string, terms[3] as number))
      )
    }
    case 'cidr': {
      const [address = '', mask = ''] = (wanted as string).split('/')
      const range = bits(address)
      const seen = typeof value === 'string' ? bits(value) : null
      return range !== null && seen !== null && range.slice(0, Number(mask)) === seen.slice(0, Number(mask))
    }
    default:
      return typeof value === 'string' && stringTest(operator, wanted, value)
  }
}

/** What both lie in; null when they lie in different elements of one array. */
function together(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): ReadonlyMap<number, number> | null {
  for (const [array, i] of a) if (b.has(array) && b.get(array) !== i) return null
  return new Map([...a, ...b])
}

/** Whether an event matches, for `matchEvent` to be compared with. Fields bind elements in the order of their paths. */
export function oracle(pattern: JsonObject, event: JsonObject): boolean {
  const leaves = leavesOf(event)
  return branchesOf(pattern).some((branch) => {
    const fields = [...branch].sort(([a], [b]) => (a < b ? -1 : 1))
    const from = (at: number, elements: ReadonlyMap<number, number>): boolean => {
      const field = fields[at]
      if (field === undefined) return true
      const [path, tests] = field
      const there = leaves.filter((leaf) => leaf.path === path && together(leaf.elements, elements) !== null)
      const absent = tests.some(
        (test) => test !== null && typeof test === 'object' && (test as JsonObject)['exists'] === false,
      )
      if (there.length === 0) return absent && from(at + 1, elements)
      return there.some(
        (leaf) => tests.some((test) => passes(test, leaf.value)) && from(at + 1, together(leaf.elements, elements)!),
      )
    }
    return from(0, new Map())
  })
}
