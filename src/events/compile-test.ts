import { equalsFolded, endsFolded, fold, startsFolded } from './ignore-case'
import { inRange, parseAddress, parseCidr } from './ip-address'
import type { PatternTest, Scalar, StringOperator } from './pattern'
import { matchesWildcard, parseWildcard } from './wildcard'

/** Whether one value of the event passes. Pure, allocates nothing (addresses apart). */
export type Accepts = (value: Scalar) => boolean

const never: Accepts = () => false

/** The predicate of one test. `exists: false` is about absence and accepts no value. */
export function compileTest(test: PatternTest): Accepts {
  switch (test.op) {
    case 'exactly':
      return exactly(test.value)
    case 'exists':
      return test.value ? () => true : never
    case 'numeric':
      return numeric(test)
    case 'cidr':
      return cidr(test.value)
    case 'prefix':
    case 'suffix':
      return strings(test.ignoreCase ? foldedAffix(test.op, test.value) : affix(test.op, test.value))
    case 'equals-ignore-case':
    case 'wildcard':
      return strings(stringOperator(test.op, test.value))
    case 'anything-but':
      return 'not' in test ? noneOf(test.not, test.values) : notIn(test.values)
  }
}

type AcceptsText = (value: string) => boolean

function strings(accepts: AcceptsText): Accepts {
  return (value) => typeof value === 'string' && accepts(value)
}

/** An address matches in any spelling: `::1` is `0:0:0:0:0:0:0:1`. */
function exactly(wanted: Scalar): Accepts {
  const address = typeof wanted === 'string' ? parseAddress(wanted) : null
  if (address === null) return (value) => value === wanted
  const range = { bytes: address, bits: address.length * 8 }
  return strings((value) => {
    if (value === wanted) return true
    const seen = parseAddress(value)
    return seen !== null && inRange(range, seen)
  })
}

function cidr(text: string): Accepts {
  const range = parseCidr(text)
  if (typeof range === 'string') return never
  return strings((value) => {
    const seen = parseAddress(value)
    return seen !== null && inRange(range, seen)
  })
}

function numeric({ low, lowOpen, high, highOpen }: Extract<PatternTest, { op: 'numeric' }>): Accepts {
  return (value) =>
    typeof value === 'number' && (lowOpen ? value > low : value >= low) && (highOpen ? value < high : value <= high)
}

function affix(op: 'prefix' | 'suffix', text: string): AcceptsText {
  return op === 'prefix' ? (value) => value.startsWith(text) : (value) => value.endsWith(text)
}

function foldedAffix(op: 'prefix' | 'suffix', text: string): AcceptsText {
  const folded = fold(text)
  return op === 'prefix' ? (value) => startsFolded(folded, value) : (value) => endsFolded(folded, value)
}

function stringOperator(op: StringOperator, text: string): AcceptsText {
  if (op === 'prefix' || op === 'suffix') return affix(op, text)
  if (op === 'equals-ignore-case') {
    const folded = fold(text)
    return (value) => equalsFolded(folded, value)
  }
  const parsed = parseWildcard(text)
  return parsed.ok ? (value) => matchesWildcard(parsed.pieces, value) : () => false
}

/** Other types than those listed pass, null included: only presence is asked for. */
function notIn(values: readonly (string | number)[]): Accepts {
  const refused = new Set<Scalar>(values)
  return (value) => !refused.has(value)
}

function noneOf(op: StringOperator, values: readonly string[]): Accepts {
  const refused = values.map((value) => stringOperator(op, value))
  return (value) => {
    if (typeof value !== 'string') return true
    for (const accepts of refused) if (accepts(value)) return false
    return true
  }
}
