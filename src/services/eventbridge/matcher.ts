import { compilePattern } from '../../events/compile-pattern'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
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
