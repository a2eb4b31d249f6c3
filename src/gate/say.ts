/** How values and properties are put into words (visual.md 13: name the thing, the number and the remedy). */
import type { Field } from './field'
import type { Path } from './pointer'

/** A value as the reader wrote it, cut at 40 characters. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** The name of the place a path leads to: `Timeout`, `item 2 of Targets`. */
export function nameOf(path: Path, root: string): string {
  const last = path.at(-1)
  if (last === undefined) return root
  if (typeof last === 'string') return last
  const owner = path.slice(0, -1).findLast((part) => typeof part === 'string')
  return owner === undefined ? `item ${last + 1}` : `item ${last + 1} of ${owner}`
}

const unitOf = (field: Field): string =>
  field.unit === undefined || field.unit === 'count' || field.unit === 'ratio' ? '' : ` ${field.unit}`

/** `0 to 43200 s`; empty without both limits. */
export function rangeOf(field: Field): string {
  return field.min === undefined || field.max === undefined ? '' : `${field.min} to ${field.max}${unitOf(field)}`
}

/** `A, B or C`, cut after eight. */
export function oneOf(values: readonly unknown[]): string {
  const shown = values.slice(0, 8).map(String)
  if (values.length > shown.length) return `${shown.join(', ')} or one of ${values.length - shown.length} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}

/** What a property takes: `a whole number, 0 to 900 s`. */
export function expected(field: Field | undefined): string {
  if (field === undefined) return 'something else'
  const range = rangeOf(field)
  switch (field.kind) {
    case 'integer':
      return range === '' ? 'a whole number' : `a whole number, ${range}`
    case 'number':
      return range === '' ? 'a number' : `a number, ${range}`
    case 'boolean':
      return 'true or false'
    case 'string':
      return 'text'
    case 'enum':
      return oneOf(field.values ?? [])
    case 'ref':
      return 'the logical id of a resource'
    case 'refs':
      return 'a list of logical ids'
    case 'duration':
      return 'a number of seconds, or exp, uniform, lognormal or quantiles'
    case 'list':
      return 'a list'
    case 'strings':
      return 'text or a list of texts'
    case 'variant':
      return `one of ${(field.variants ?? []).map((variant) => variant.name).join(', ')}`
    case 'object':
    case 'map':
    case 'json':
      return 'a set of named values'
  }
}

/** `a Queue`, `an Instance`. */
export const article = (name: string): string => (/^[AEIOU]/i.test(name) ? `an ${name}` : `a ${name}`)
