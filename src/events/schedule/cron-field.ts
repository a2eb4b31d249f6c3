import type { Refused } from './schedule'

/** A field of a cron expression (EB-60). */
export interface Field {
  /** As readers know it: `minutes`. */
  readonly name: string
  readonly first: number
  readonly last: number
  /** `JAN`: 1 ... */
  readonly names?: readonly string[]
}

export const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const
export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const

export const FIELDS = {
  minutes: { name: 'minutes', first: 0, last: 59 },
  hours: { name: 'hours', first: 0, last: 23 },
  monthDays: { name: 'day of month', first: 1, last: 31 },
  months: { name: 'month', first: 1, last: 12, names: MONTHS },
  weekDays: { name: 'day of week', first: 1, last: 7, names: WEEKDAYS },
  years: { name: 'year', first: 1970, last: 2199 },
} as const satisfies { readonly [name: string]: Field }

const within = ({ name, first, last, names }: Field): string =>
  `${name} takes ${first}-${last}${names === undefined ? '' : ` or ${names[0]}-${names.at(-1)}`}`

/** Number of a value or name; null when it is none of the field. */
export function valueOf(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1
  if (named >= 0) return named + field.first
  if (!/^\d{1,4}$/.test(text)) return null
  const value = Number(text)
  return value >= field.first && value <= field.last ? value : null
}

/** Values of one element of a list: `*`, `5`, `1-5`, `10-50/20`; the star may have a step, too. */
export function elementOf(text: string, field: Field): number[] | Refused {
  const [range = '', step, more] = text.split('/')
  const refused = { refused: `${text === '' ? 'nothing' : text} is no ${field.name}: ${within(field)}.` }
  if (more !== undefined) return refused
  const span = field.last - field.first + 1
  const every = step === undefined ? 1 : /^\d{1,4}$/.test(step) ? Number(step) : 0
  if (every < 1 || every > span) {
    return { refused: `${text}: the step after / is a whole number from 1 to ${span}.` }
  }
  const bounds = boundsOf(range, field, step !== undefined)
  if (bounds === null) return refused
  const [from, to] = bounds
  // a range that ends before it begins goes on from the first value: FRI-MON
  const length = to >= from ? to - from : to - from + span
  const values: number[] = []
  for (let i = 0; i <= length; i += every) values.push(field.first + ((from - field.first + i) % span))
  return values
}

function boundsOf(range: string, field: Field, stepped: boolean): [number, number] | null {
  if (range === '*') return [field.first, field.last]
  const [from = '', to, more] = range.split('-')
  const first = valueOf(from, field)
  if (first === null || more !== undefined) return null
  if (to === undefined) return [first, stepped ? field.last : first]
  const last = valueOf(to, field)
  return last === null ? null : [first, last]
}

/** Values of a whole field, ascending. */
export function valuesOf(text: string, field: Field): number[] | Refused {
  const values = new Set<number>()
  for (const element of text.split(',')) {
    const found = elementOf(element, field)
    if ('refused' in found) return found
    for (const value of found) values.add(value)
  }
  return [...values].sort((a, b) => a - b)
}
