/** What edits answer, and the small changes they share. */
import type { LogicalId, Resource, Scenario } from '../model/scenario'
import type { Refusal } from '../services/service'

export interface Edit {
  readonly scenario: Scenario
  /** What was written, in sentences; empty for what speaks for itself (moves). */
  readonly said: string
  /** What to select now. */
  readonly ids: readonly string[]
}
export type EditResult = Edit | Refusal

export function isRefusal(result: EditResult): result is Refusal {
  return 'refused' in result
}

export function withResources(scenario: Scenario, changes: { readonly [id: LogicalId]: Resource | null }): Scenario {
  const resources: { [id: LogicalId]: Resource } = { ...scenario.resources }
  for (const [id, resource] of Object.entries(changes)) {
    if (resource === null) delete resources[id]
    else resources[id] = resource
  }
  return { ...scenario, resources }
}

export function label(scenario: Scenario, id: LogicalId): string {
  return scenario.labels?.[id] ?? id
}
