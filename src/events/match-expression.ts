import { parseCidr } from './ip-address'
import { jsonOf } from './json-text'
import type { JsonNode } from './json-text'
import { NUMERIC_LIMIT } from './pattern'
import type { PatternTest, StringOperator } from './pattern'
import { parseWildcard } from './wildcard'

/** A refused pattern. `path` is a JSON pointer into the pattern. */
export class PatternError extends Error {
  readonly path: string
  constructor(path: string, reason: string) {
    super(reason)
    this.path = path
  }
}

const OPERATORS = 'prefix, suffix, equals-ignore-case, anything-but, numeric, cidr, exists or wildcard'

/** Reads one entry of a field's list: a plain value, or an object with one operator. Throws PatternError. */
export function parseTest(node: JsonNode, path: string): PatternTest {
  if (node.kind === 'string' || node.kind === 'literal') return { op: 'exactly', value: node.value }
  if (node.kind === 'number') return { op: 'exactly', value: node.value }
  if (node.kind === 'array') throw new PatternError(path, 'a list stands in a list; write the values in one list')
  const [name, value] = onlyEntry(node.entries, path)
  const at = `${path}/${name}`
  switch (name) {
    case 'exactly':
      return { op: name, value: text(value, name, at) }
    case 'prefix':
    case 'suffix':
      return affix(name, value, at)
    case 'equals-ignore-case':
      return { op: name, value: text(value, name, at) }
    case 'wildcard':
      return { op: name, value: wildcard(text(value, name, at), at) }
    case 'cidr':
      return { op: name, value: cidr(text(value, name, at), at) }
    case 'numeric':
      return numeric(value, at)
    case 'exists':
      if (value.kind === 'literal' && value.value !== null) return { op: name, value: value.value }
      throw new PatternError(at, `exists is ${shown(value)}; write true or false`)
    case 'anything-but':
      return anythingBut(value, at)
    default:
      throw new PatternError(path, `"${name}" is no operator; use ${OPERATORS}`)
  }
}

function onlyEntry(entries: readonly [string, JsonNode][], path: string): [string, JsonNode] {
  const [entry, second] = entries
  if (entry === undefined) throw new PatternError(path, `an operator is missing; use ${OPERATORS}`)
  if (second === undefined) return entry
  throw new PatternError(
    path,
    `"${entry[0]}" and "${second[0]}" stand in one object; give each operator its own object in the list`,
  )
}

function affix(op: 'prefix' | 'suffix', node: JsonNode, path: string): PatternTest {
  if (node.kind !== 'object') return { op, value: text(node, op, path), ignoreCase: false }
  const [name, value] = onlyEntry(node.entries, path)
  if (name !== 'equals-ignore-case') {
    throw new PatternError(path, `${op} cannot hold "${name}"; write a string or {"equals-ignore-case": "…"}`)
  }
  return { op, value: text(value, name, `${path}/${name}`), ignoreCase: true }
}

function anythingBut(node: JsonNode, path: string): PatternTest {
  if (node.kind === 'object') {
    const [name, value] = onlyEntry(node.entries, path)
    if (!isStringOperator(name)) {
      throw new PatternError(
        path,
        `anything-but cannot hold "${name}"; use prefix, suffix, equals-ignore-case or wildcard`,
      )
    }
    return { op: 'anything-but', not: name, values: stringsBut(name, value, `${path}/${name}`) }
  }
  const items = node.kind === 'array' ? node.items : [node]
  const values = items.map((item, i) => {
    const at = node.kind === 'array' ? `${path}/${i}` : path
    if (item.kind === 'string') return item.value
    if (item.kind === 'number') return comparable(item.value, item.text, at)
    throw new PatternError(at, `anything-but has ${shown(item)}; it takes strings or numbers`)
  })
  if (values.length === 0) throw new PatternError(path, 'anything-but has an empty list; name at least one value')
  if (values.some((value) => typeof value !== typeof values[0])) {
    throw new PatternError(path, 'anything-but mixes strings and numbers; use one type, or two entries')
  }
  return { op: 'anything-but', values }
}

function isStringOperator(name: string): name is StringOperator {
  return name === 'prefix' || name === 'suffix' || name === 'equals-ignore-case' || name === 'wildcard'
}

function stringsBut(op: StringOperator, node: JsonNode, path: string): string[] {
  const items = node.kind === 'array' ? node.items : [node]
  if (items.length === 0) throw new PatternError(path, `${op} has an empty list; name at least one value`)
  return items.map((item, i) => {
    const at = node.kind === 'array' ? `${path}/${i}` : path
    const value = text(item, op, at)
    if (value === '' && (op === 'prefix' || op === 'suffix')) {
      throw new PatternError(at, `every string has the empty ${op}; name at least one character`)
    }
    return op === 'wildcard' ? wildcard(value, at) : value
  })
}

type Bound = { operator: string; value: number }

function numeric(node: JsonNode, path: string): PatternTest {
  if (node.kind !== 'array') throw new PatternError(path, `numeric is ${shown(node)}; write a list such as [">", 0]`)
  if (node.items.length < 2 || node.items.length > 4 || node.items.length % 2 === 1) {
    throw new PatternError(path, 'numeric takes an operator and a number, or two such pairs: [">", 0, "<=", 5]')
  }
  const bounds: Bound[] = []
  for (let i = 0; i < node.items.length; i += 2) bounds.push(bound(node.items, i, path))
  const [first, second] = bounds
  if (first === undefined) throw new PatternError(path, 'numeric is empty; write a list such as [">", 0]')
  if (second === undefined) return single(first)
  if (!first.operator.startsWith('>') || !second.operator.startsWith('<')) {
    throw new PatternError(path, 'a numeric range has its lower end first: [">", 0, "<=", 5]')
  }
  if (first.value >= second.value) {
    throw new PatternError(
      path,
      `the range from ${first.value} to ${second.value} is empty; put the smaller number first`,
    )
  }
  return {
    op: 'numeric',
    low: first.value,
    lowOpen: first.operator === '>',
    high: second.value,
    highOpen: second.operator === '<',
  }
}

function bound(items: readonly JsonNode[], i: number, path: string): Bound {
  const operator = items[i]
  const value = items[i + 1]
  if (operator?.kind !== 'string' || !['=', '<', '<=', '>', '>='].includes(operator.value)) {
    throw new PatternError(`${path}/${i}`, `${shown(operator)} is no comparison; use "=", "<", "<=", ">" or ">="`)
  }
  const at = `${path}/${i + 1}`
  if (value?.kind !== 'number')
    throw new PatternError(at, `${shown(value)} is no number; numeric compares numbers only`)
  const number = comparable(value.value, value.text, at)
  if (Math.abs(number) > NUMERIC_LIMIT) {
    throw new PatternError(at, `${value.text} is out of range; numeric takes -5.0e9 to 5.0e9`)
  }
  return { operator: operator.value, value: number }
}

function single({ operator, value }: Bound): PatternTest {
  const low = operator.startsWith('<') ? -Infinity : value
  const high = operator.startsWith('>') ? Infinity : value
  return { op: 'numeric', low, lowOpen: operator === '>', high, highOpen: operator === '<' }
}

/** A number that a double holds to its last digit; event-ruler refuses the others, since comparing them would round. */
function comparable(value: number, written: string, path: string): number {
  if (Number.isFinite(value) && decimal(written) === decimal(String(value))) return value
  throw new PatternError(path, `${cut(written)} cannot be compared: a double cannot hold it; use fewer digits`)
}

/** One spelling for all of a decimal: `300`, `300.0` and `3.0e2` are `3e2`. */
function decimal(written: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? []
  const digits = (whole + fraction).replace(/^0+/, '')
  const kept = digits.replace(/0+$/, '')
  return kept === '' ? '0' : `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`
}

function text(node: JsonNode, op: string, path: string): string {
  if (node.kind === 'string') return node.value
  throw new PatternError(path, `${op} is ${shown(node)}; write a string`)
}

function wildcard(value: string, path: string): string {
  const parsed = parseWildcard(value)
  if (!parsed.ok) throw new PatternError(path, `wildcard ${cut(JSON.stringify(value))}: ${parsed.reason}`)
  return value
}

function cidr(value: string, path: string): string {
  const range = parseCidr(value)
  if (typeof range === 'string') throw new PatternError(path, `cidr ${cut(JSON.stringify(value))}: ${range}`)
  return value
}

function shown(node: JsonNode | undefined): string {
  if (node === undefined) return 'missing'
  if (node.kind === 'array') return 'a list'
  if (node.kind === 'object') return 'an object'
  return cut(node.kind === 'number' ? node.text : JSON.stringify(jsonOf(node)))
}

/** Keeps a message to a line whatever the pattern holds. */
function cut(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}
