/** What is wrong with the document as interventions leave it. */
import { applySet, ordered } from '../model/interventions'
import type { Scenario } from '../model/scenario'
import type { Problem } from '../services/service'
import { pointer } from './pointer'

/** Changes that are looked at; each asks every check once more. */
const MOST = 10

/**
 * Errors a `set` makes that were not there before, such as a pattern that EventBridge would refuse: as warnings, because a run may be about what
 * goes wrong. `errors`: those of a document that passed its schema.
 */
export function afterSets(scenario: Scenario, errors: (scenario: Scenario) => readonly Problem[]): Problem[] {
  const sets = ordered(scenario).filter((step) => 'set' in step)
  if (sets.length === 0) return []
  const known = new Set(errors(scenario).map(({ message }) => message))
  let now = scenario
  return sets.slice(0, MOST).flatMap((step): Problem[] => {
    try {
      now = applySet(now, step.set, step.value).scenario
    } catch {
      // said where interventions are checked
      return []
    }
    const path = pointer(['interventions', scenario.interventions!.indexOf(step), 'value'])
    return errors(now).flatMap(({ message }): Problem[] => {
      if (known.has(message)) return []
      known.add(message)
      return [{ severity: 'warning', path, message: `From ${step.at} s on: ${message}` }]
    })
  })
}
