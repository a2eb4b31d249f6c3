import type { Json } from '../model/scenario'
import { compileTest } from './compile-test'
import type { CompiledField, CompiledPattern } from './compile-pattern'
import { matchBranch, matchEvent } from './match-event'
import type { PatternField, PatternTest, Scalar } from './pattern'
import { fieldValues } from './field-values'

/** Why an event matched or not: the first field, as written, that decided. */
export interface MatchExplanation {
  readonly matched: boolean
  /** Dotted path of the deciding field; empty when no single field decided. */
  readonly field: string
  /** Operator of the test that passed, or of the first test that did not. `array element` when each field fits alone. */
  readonly operator: PatternTest['op'] | 'array element' | 'object'
  /** The pattern's list for the field, as in the pattern. */
  readonly wanted: Json
  /** The event's value there (a list when there are several); undefined when it has none. */
  readonly seen: Json | undefined
  /** One sentence for the screen. */
  readonly text: string
}

/** Explains `matchEvent`. With `$or`, speaks of the branch that came furthest. Never throws. */
export function explainMatch(compiled: CompiledPattern, event: Json): MatchExplanation {
  if (event === null || typeof event !== 'object' || Array.isArray(event)) {
    return {
      matched: false,
      field: '',
      operator: 'object',
      wanted: {},
      seen: event,
      text: 'The event is no JSON object.',
    }
  }
  if (matchEvent(compiled, event)) {
    const index = compiled.branches.findIndex((branch) => matchBranch(branch, event))
    return explainFirst(compiled, index, event, true)
  }
  let best = 0
  let most = -1
  compiled.branches.forEach((branch, i) => {
    const passed = branch.filter((field) => passes(field, event)).length
    if (passed > most) [best, most] = [i, passed]
  })
  return explainFirst(compiled, best, event, false)
}

function explainFirst(compiled: CompiledPattern, branch: number, event: Json, matched: boolean): MatchExplanation {
  const written = compiled.pattern.branches[branch] ?? []
  const fields = compiled.branches[branch] ?? []
  const decided = matched
    ? written[0]
    : written.find(({ path }) => fields.some((field) => field.path === path && !passes(field, event)))
  if (decided === undefined) {
    const names = written.map(({ path }) => path)
    const text = `${names.join(' and ')} each match somewhere, but not in the same element of an array.`
    return { matched, field: '', operator: 'array element', wanted: names, seen: event, text }
  }
  const field = fields.find(({ path }) => path === decided.path)
  return explainField(decided, field === undefined ? [] : fieldValues(field, event), matched)
}

function explainField({ path, tests }: PatternField, values: readonly Scalar[], matched: boolean): MatchExplanation {
  const passed = tests.find((test) =>
    values.length === 0 ? test.op === 'exists' && !test.value : values.some((value) => compileTest(test)(value)),
  )
  const test = (matched ? passed : undefined) ?? tests[0]
  const wanted = tests.map(writtenTest)
  const seen: Json | undefined = values.length > 1 ? [...values] : values[0]
  const has = values.length === 0 ? 'has no value' : `is ${brief(seen)}`
  const text = `${path} ${has}; the pattern ${matched ? 'accepts' : 'wants'} ${brief(wanted)}.`
  return { matched, field: path, operator: test?.op ?? 'exactly', wanted, seen, text }
}

/** JSON cut to what fits a line. */
function brief(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}

function passes(field: CompiledField, event: Json): boolean {
  const values = fieldValues(field, event)
  if (values.length === 0) return field.acceptsAbsence
  return values.some((value) => field.tests.some(({ accepts }) => accepts(value)))
}

/** A test as it is written in a pattern. */
export function writtenTest(test: PatternTest): Json {
  switch (test.op) {
    case 'exactly':
      return test.value
    case 'prefix':
    case 'suffix':
      return { [test.op]: test.ignoreCase ? { 'equals-ignore-case': test.value } : test.value }
    case 'anything-but':
      return { [test.op]: 'not' in test ? { [test.not]: listed(test.values) } : listed(test.values) }
    case 'numeric':
      return { numeric: writtenRange(test) }
    default:
      return { [test.op]: test.value }
  }
}

function listed(values: readonly (string | number)[]): Json {
  const [only] = values
  return values.length === 1 && only !== undefined ? only : [...values]
}

function writtenRange({ low, lowOpen, high, highOpen }: Extract<PatternTest, { op: 'numeric' }>): Json {
  if (low === high) return ['=', low]
  const from: Json[] = low === -Infinity ? [] : [lowOpen ? '>' : '>=', low]
  const to: Json[] = high === Infinity ? [] : [highOpen ? '<' : '<=', high]
  return [...from, ...to]
}
