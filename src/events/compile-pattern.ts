import { compileTest } from './compile-test'
import type { Accepts } from './compile-test'
import type { EventPattern, PatternField, PatternTest } from './pattern'

export interface CompiledField {
  readonly path: string
  /**
   * `keys[i][n]` joins the steps of the path from `i` over `n + 1` steps: an event may itself have a dot in a key, and
   * joins its keys with dots, so each object is asked for every such name.
   */
  readonly keys: readonly (readonly string[])[]
  readonly tests: readonly CompiledTest[]
  /** One of the tests is `{"exists": false}`. */
  readonly acceptsAbsence: boolean
}

export interface CompiledTest {
  readonly test: PatternTest
  readonly accepts: Accepts
}

/** Fields sorted by path: the order in which event-ruler binds array elements, which `exists: false` can feel. */
export type CompiledBranch = readonly CompiledField[]

/** A pattern ready to match. Immutable; keep one per rule. */
export interface CompiledPattern {
  readonly pattern: EventPattern
  readonly branches: readonly CompiledBranch[]
}

/** Prepares a parsed pattern for `matchEvent` and `explainMatch`. */
export function compilePattern(pattern: EventPattern): CompiledPattern {
  const known = new Map<PatternField, CompiledField>()
  const compiled = (field: PatternField) => {
    const done = known.get(field) ?? compileField(field)
    known.set(field, done)
    return done
  }
  return {
    pattern,
    branches: pattern.branches.map((fields) =>
      fields.map(compiled).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    ),
  }
}

/** Paths with more steps are asked step by step only, so that compilation stays small for absurd paths. */
const MAX_JOINED_STEPS = 16

function compileField({ path, tests }: PatternField): CompiledField {
  const steps = path.split('.')
  const joined = steps.length <= MAX_JOINED_STEPS
  return {
    path,
    keys: steps.map((step, i) => {
      if (!joined) return [step]
      return steps.slice(i).map((_, n) => steps.slice(i, i + n + 1).join('.'))
    }),
    tests: tests.map((test) => ({ test, accepts: compileTest(test) })),
    acceptsAbsence: tests.some((test) => test.op === 'exists' && !test.value),
  }
}
