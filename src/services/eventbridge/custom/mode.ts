import { factValue, PROFILES } from '../../../model/facts'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { properties } from '../../../network/read'
import { customFacts } from './facts'

/** Whether rules on a bus are subscribers: on custom buses under the profile of autumn 2026. */
export function hasSubscribers(bus: LogicalId | null, scenario: Scenario): boolean {
  const resource = bus === null ? undefined : scenario.resources[bus]
  if (resource?.Type !== 'AWS::Events::EventBus' || PROFILES[scenario.profile] === undefined) return false
  if (factValue(customFacts.subscriberTargets, scenario.profile) === 0) return false
  const { Name, EventSourceName } = properties(resource)
  return Name !== 'default' && EventSourceName === undefined
}

const valueOf = (fact: (typeof customFacts)['subscriberRetries' | 'subscriberMaxAge'], scenario: Scenario): number =>
  scenario.facts?.[fact.key] ?? fact.value.teaching

/** How long deliveries of a rule on this bus are tried when it does not say: (EB-8), or (EB-N). Seconds. */
export const retryDefaults = (bus: LogicalId | null, scenario: Scenario): { retries: number; maxAge: number } =>
  hasSubscribers(bus, scenario)
    ? {
        retries: valueOf(customFacts.subscriberRetries, scenario),
        maxAge: valueOf(customFacts.subscriberMaxAge, scenario),
      }
    : { retries: 185, maxAge: 86_400 }
