/** A pattern against many events. */
import { compilePattern, type CompiledPattern } from '../../events/compile-pattern'
import { explainMatch, type MatchExplanation } from '../../events/explain-match'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
import type { Json, LogicalId, Scenario } from '../../model/scenario'
import { sentence } from './words'

export interface Verdict extends Pick<MatchExplanation, 'matched' | 'field'> {
  /** `detail.state: wanted stopped, saw running`. */
  readonly words: string
}

export function verdictOn(pattern: CompiledPattern, event: Json): Verdict {
  const explained = explainMatch(pattern, event)
  return { matched: explained.matched, field: explained.field, words: sentence(explained) }
}

/** `12 of 40 recorded events match`. */
export const countWords = (matching: number, of: number, what: string, noun: string): string =>
  of === 1
    ? `The ${what} ${noun} ${matching === 1 ? 'matches' : 'does not match'}`
    : `${matching} of ${of} ${what} ${noun}s match`

/** The rule whose pattern the event came nearest to: most of its fields fit. The first of equals. */
export function nearestRule(rules: readonly LogicalId[], scenario: Scenario, event: Json): LogicalId | undefined {
  const share = (id: LogicalId): number => {
    const parsed = parsePattern(scenario.resources[id]?.Properties?.['EventPattern'] ?? null)
    if (!parsed.ok) return -1
    const shares = parsed.pattern.branches.map((fields) => {
      const fitting = fields.filter((field) => matchEvent(compilePattern({ branches: [[field]] }), event))
      return fitting.length / fields.length
    })
    return Math.max(...shares)
  }
  let best: { id: LogicalId; share: number } | undefined
  for (const id of rules) {
    const here = share(id)
    if (best === undefined || here > best.share) best = { id, share: here }
  }
  return best?.id
}
