import { LAYOUT_KEYS } from '../../model/scenario'
import type { Scenario } from '../../model/scenario'

const FREE_OF_MEANING: readonly string[] = LAYOUT_KEYS

/**
 * Whether going from one document to the other asks for a new simulation: anything but layout, labels, notes, name and
 * description differs. Relies on structural sharing: both come from the same history.
 */
export function changesRun(before: Scenario, after: Scenario): boolean {
  const parts = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...parts].some((key) => !FREE_OF_MEANING.includes(key) && part(before, key) !== part(after, key))
}

function part(document: Scenario, key: string): unknown {
  return document[key as keyof Scenario]
}
