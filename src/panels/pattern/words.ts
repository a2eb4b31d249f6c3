/** Verdicts in words: `detail.state: wanted stopped, saw running`. */
import type { MatchExplanation } from '../../events/explain-match'
import { isObject } from '../../model/json'
import type { Json } from '../../model/scenario'

const LONGEST = 60

/** Why an event matched or not, one clause without a full stop. */
export function sentence({ matched, field, operator, wanted, seen }: MatchExplanation): string {
  if (operator === 'object') return 'the event is no JSON object'
  if (operator === 'array element')
    return `${list(wanted).map(plain).join(' and ')} fit, but never in the same element of a list`
  if (matched) return seen === undefined ? `${field} has no value, as wanted` : `${field} is ${seenIn(seen)}`
  return `${field}: wanted ${wantedIn(wanted)}, ${seen === undefined ? 'it has no such value' : `saw ${seenIn(seen)}`}`
}

const list = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value])
const seenIn = (seen: Json): string => cut(list(seen).map(plain).join(', '))
const wantedIn = (wanted: Json): string => cut(list(wanted).map(test).join(' or '))
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)

/** Texts without quotes, unless they could be taken for something else. */
function plain(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return /^$|^\s|\s$|^(true|false|null|-?\d.*)$/.test(value) ? JSON.stringify(value) : value
}

/** One entry of a pattern's list. */
function test(entry: Json): string {
  if (!isObject(entry)) return plain(entry)
  const [operator = '', value = null] = Object.entries(entry)[0] ?? []
  switch (operator) {
    case 'exists':
      return value === true ? 'any value' : 'no value'
    case 'anything-but':
      return `anything but ${list(value).map(test).join(', ')}`
    case 'numeric':
      return list(value)
        .map((part, i) => `${i === 2 ? 'and ' : ''}${String(part)}`)
        .join(' ')
    default:
      return `${operator} ${list(value).map(test).join(', ')}`
  }
}
