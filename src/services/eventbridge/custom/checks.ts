import type { Scenario } from '../../../model/scenario'
import { idsOf, pointer } from '../../edit'
import type { Problem } from '../../service'
import { RULE, ruleOf, targetEntries } from '../settings'
import { hasSubscribers } from './mode'

/** A subscriber has one target (EB-N). */
export const subscriberProblems = (scenario: Scenario): Problem[] =>
  idsOf(RULE, scenario).flatMap((id): Problem[] => {
    const { bus } = ruleOf(id, scenario)
    const targets = targetEntries(scenario.resources[id]!).length
    if (targets < 2 || !hasSubscribers(bus, scenario)) return []
    return [
      {
        severity: 'error',
        path: pointer(id, 'Properties', 'Targets'),
        message: `${id} has ${targets} targets. Under ${scenario.profile} it is a subscriber of ${bus!} and has one (EB-N). Make a rule for each target.`,
      },
    ]
  })
