/** What may be written at a place of a pattern: fields and values that events have, and the operators. */
import { isObject } from '../../model/json'
import type { Json } from '../../model/scenario'
import { leavesOf } from './from-event'
import type { Spot } from './json-scan'

export interface Suggestion {
  readonly label: string
  /** Text to write; `$0` is where the cursor goes. */
  readonly insert: string
  readonly kind: 'field' | 'value' | 'operator'
  readonly help?: string
}

interface Operator {
  readonly value: string
  readonly help: string
}

const TEXT_OPERATORS = {
  prefix: { value: '"$0"', help: 'The text begins with this.' },
  suffix: { value: '"$0"', help: 'The text ends with this.' },
  'equals-ignore-case': { value: '"$0"', help: 'The same text, capitals or not.' },
  wildcard: { value: '"$0*"', help: 'A text with * for any characters.' },
} as const satisfies { readonly [name: string]: Operator }

const OPERATORS: { readonly [name: string]: Operator } = {
  ...TEXT_OPERATORS,
  'anything-but': { value: '["$0"]', help: 'Any value but these.' },
  numeric: { value: '[">=", $0]', help: 'A number in a range: [">", 0, "<=", 5].' },
  cidr: { value: '"$0"', help: 'An address of a range: 10.0.0.0/24.' },
  exists: { value: '${0:true}', help: 'Whether the field has a value at all.' },
}

const MOST = 60

export function suggest({ path, at, word }: Spot, events: readonly Json[]): Suggestion[] {
  const field = fieldOf(path)
  const operator = operatorsAt(path)
  if (at === 'key') {
    if (operator !== null) return operator.map(({ name, value, help }) => entry(name, value, help))
    return [
      ...fieldsBelow(field, events),
      { label: '$or', insert: '"\\$or": [{ $0 }, {  }]', kind: 'operator', help: 'One of several objects fits.' },
    ]
  }
  const last = path.at(-1)
  if (typeof last === 'number') {
    const [before] = path.slice(-2)
    if (before === '$or' || insideList(path.slice(0, -1))) return []
    const values = valuesAt(field, events).map((value): Suggestion => ({
      label: value,
      insert: escaped(value),
      kind: 'value',
    }))
    const operators = Object.entries(OPERATORS).map(([name, { value, help }]): Suggestion => ({
      label: `{ "${name}": … }`,
      insert: `{ "${name}": ${value} }`,
      kind: 'operator',
      help,
    }))
    return word.startsWith('"') ? values : [...values, ...operators]
  }
  if (word !== '') return []
  const known = typeof last === 'string' && insideList(path) ? OPERATORS[last] : undefined
  if (known !== undefined)
    return [
      { label: known.value.replace(/\$0|\$\{0:(\w+)\}/, '$1'), insert: known.value, kind: 'value', help: known.help },
    ]
  const values = valuesAt(field, events).map((value): Suggestion => ({
    label: `[${value}]`,
    insert: `[${escaped(value)}]`,
    kind: 'value',
  }))
  const nested = fieldsBelow(field, events).length > 0
  return [
    ...values,
    ...(nested ? [{ label: '{ }', insert: '{ $0 }', kind: 'field' as const, help: 'The fields below.' }] : []),
    { label: '[ ]', insert: '[$0]', kind: 'value', help: 'The values it may have.' },
  ]
}

const entry = (name: string, value: string, help: string): Suggestion => ({
  label: name,
  insert: `"${name}": ${value}`,
  kind: 'operator',
  help,
})

/** Names that lead to the place, as patterns join them; `$or` and indices are no names. */
const fieldOf = (path: readonly (string | number)[]): readonly string[] =>
  path.filter((part): part is string => typeof part === 'string' && part !== '$or')

/** Whether the place is within the list of a field: an index stands before it that is not that of an alternative. */
const insideList = (path: readonly (string | number)[]): boolean =>
  path.some((part, i) => typeof part === 'number' && path[i - 1] !== '$or')

/** The operators that an object here may hold; null where it holds fields. */
function operatorsAt(path: readonly (string | number)[]): readonly (Operator & { name: string })[] | null {
  if (!insideList(path)) return null
  const last = path.at(-1)
  const held =
    typeof last === 'number'
      ? OPERATORS
      : last === 'anything-but'
        ? TEXT_OPERATORS
        : { 'equals-ignore-case': TEXT_OPERATORS['equals-ignore-case'] }
  return Object.entries(held).map(([name, operator]) => ({ name, ...operator }))
}

/** The objects and values that events have below a path, lists taken apart. */
function below(path: readonly string[], events: readonly Json[]): Json[] {
  let found: Json[] = [...events]
  for (const name of path)
    found = found.flatMap(apart).flatMap((each) => (isObject(each) && each[name] !== undefined ? [each[name]] : []))
  return found.flatMap(apart)
}
const apart = (value: Json): Json[] => (Array.isArray(value) ? value.flatMap(apart) : [value])

function fieldsBelow(path: readonly string[], events: readonly Json[]): Suggestion[] {
  const fields = new Map<string, { nested: boolean; sample: string }>()
  for (const value of below(path, events)) {
    if (!isObject(value)) continue
    for (const [name, child] of Object.entries(value)) {
      if (fields.size >= MOST) break
      const nested = apart(child).some(isObject)
      if (!fields.has(name)) fields.set(name, { nested, sample: JSON.stringify(leavesOf(child)[0]?.value ?? null) })
    }
  }
  return [...fields].map(([name, { nested, sample }]) => ({
    label: name,
    insert: `${escaped(JSON.stringify(name))}: ${nested ? '{ $0 }' : '[$0]'}`,
    kind: 'field',
    ...(nested ? {} : { help: `Such as ${sample.length > 60 ? `${sample.slice(0, 59)}…` : sample}` }),
  }))
}

/** Values that events have at a path, as JSON, without repeats. */
function valuesAt(path: readonly string[], events: readonly Json[]): string[] {
  const plain = below(path, events).filter((value) => value === null || typeof value !== 'object')
  return [...new Set(plain.map((value) => JSON.stringify(value)))].slice(0, MOST)
}

/** In a snippet `$`, `}` and `\` are signs. */
const escaped = (text: string): string => text.replace(/[$}\\]/g, '\\$&')
