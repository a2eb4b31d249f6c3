import { factValue } from '../../../model/facts'
import type { JsonObject, Scenario } from '../../../model/scenario'
import { FACTS } from '../../../services'

/** Whether a scenario's profile bills the init phase: for all since 2025-08-01, before only for images and custom runtimes (LAM-27). */
export function initBilled(scenario: Scenario, properties: JsonObject): boolean {
  const fact = FACTS['lambda.initBilled']
  if (fact === undefined) return true
  if ((scenario.facts?.[fact.key] ?? factValue(fact, scenario.profile)) !== 0) return true
  return properties['PackageType'] === 'Image' || String(properties['Runtime'] ?? '').startsWith('provided')
}
