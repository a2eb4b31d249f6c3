import type { Json } from '../model/scenario'

/** Fields whose name says nothing more than their values. */
const PLAIN = new Set(['source', 'detail-type'])

/**
 * A pattern in one line, for a row that has room for one: values of `source` and `detail-type` as they are, other fields by their last name.
 * `shop, order.placed, total > 100`.
 */
export function patternLine(pattern: Json | undefined): string {
  const fields = fieldsOf(pattern ?? null, '')
  return fields.length === 0 ? 'every event' : fields.join(', ')
}

function fieldsOf(node: Json, name: string): string[] {
  if (Array.isArray(node)) return lineOf(name, node)
  if (node === null || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === '$or' && Array.isArray(value)) return [value.map((one) => fieldsOf(one, name).join(', ')).join(' or ')]
    return fieldsOf(value, key)
  })
}

function lineOf(name: string, values: readonly Json[]): string[] {
  // a field that has any value at all
  if (PLAIN.has(name) && values.some((value) => isPrefix(value, ''))) return []
  const texts = values.map(valueOf)
  const any = texts.join(' or ')
  if (PLAIN.has(name)) return [any]
  return [/^(>|<|=|not |is |exists|no )/.test(any) ? `${name} ${any}` : `${name} = ${any}`]
}

function valueOf(value: Json): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return String(value)
  const [test = '', by = null] = Object.entries(value)[0] ?? []
  const operand = textOf(by)
  switch (test) {
    case 'prefix':
      return `${operand}…`
    case 'suffix':
      return `…${operand}`
    case 'wildcard':
    case 'equals-ignore-case':
    case 'cidr':
      return operand
    case 'anything-but':
      return `not ${operand}`
    case 'exists':
      return by === true ? 'exists' : 'not there'
    case 'numeric':
      return Array.isArray(by) ? pairs(by).join(' and ') : operand
    default:
      return test
  }
}

const pairs = (by: readonly Json[]): string[] =>
  by.flatMap((one, i) => (i % 2 === 0 ? [`${String(one)} ${String(by[i + 1])}`] : []))

const isPrefix = (value: Json, of: string): boolean =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && value['prefix'] === of

function textOf(by: Json): string {
  if (Array.isArray(by)) return by.map(textOf).join(' or ')
  return by !== null && typeof by === 'object' ? valueOf(by) : String(by)
}
