import { compilePattern } from '../../events/compile-pattern'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
import { compileRules } from '../../events/rule-set'
import type { Json, JsonObject } from '../../model/scenario'

/** Whether the content with this payload id matches. Answers are remembered by id, and asked again when an id got other content. */
export type Matcher = (payload: number, event: JsonObject) => boolean

/** A pattern that cannot be read matches nothing; the checks say what is wrong with it. */
export function matcherOf(pattern: Json): Matcher {
  const parsed = parsePattern(pattern)
  if (!parsed.ok) return () => false
  const compiled = compilePattern(parsed.pattern)
  const events: JsonObject[] = []
  const verdicts: boolean[] = []
  return (payload, event) => {
    if (events[payload] === event) return verdicts[payload]!
    events[payload] = event
    return (verdicts[payload] = matchEvent(compiled, event))
  }
}

/** All patterns of a bus at once. */
export interface BusMatcher {
  /** The patterns as text. */
  readonly written: string
  /** Places of the patterns that the content with this payload id matches, ascending; remembered as by `Matcher`. */
  readonly match: (payload: number, event: JsonObject) => readonly number[]
}

/** `before`: the matcher before a `set`, which stays while the patterns do. */
export function busMatcherOf(patterns: readonly Json[], before: BusMatcher | undefined): BusMatcher {
  const written = JSON.stringify(patterns)
  if (before?.written === written) return before
  const rules = compileRules(
    patterns.map((pattern) => {
      const parsed = parsePattern(pattern)
      return parsed.ok ? parsed.pattern : null
    }),
  )
  const events: JsonObject[] = []
  const answers: (readonly number[])[] = []
  const found: number[] = []
  const matched = (event: JsonObject): number[] => {
    const count = rules.match(event, found)
    return found.slice(0, count)
  }
  return {
    written,
    match(payload, event) {
      if (events[payload] === event) return answers[payload]!
      events[payload] = event
      return (answers[payload] = matched(event))
    },
  }
}
