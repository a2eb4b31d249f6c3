import type { Scenario } from '../model/scenario'
import { hasNetwork } from '../network/has-network'
import { importPaths } from './further'
import type { pathsIn } from './paths'

type PathsIn = typeof pathsIn

let loaded: PathsIn | null = null

/** Takes the network analysis where nothing is gained by loading it later. */
export const providePaths = (paths: PathsIn): void => {
  loaded = paths
}

/** Loads it for a document that needs it; null when nothing is missing. */
export const loadPaths = (scenario: Scenario): Promise<void> | null =>
  loaded === null && hasNetwork(scenario) ? importPaths().then(({ pathsIn }) => providePaths(pathsIn)) : null

/** The analysis for a document; null where every call arrives. Throws when it is needed and not loaded. */
export function pathsFor(scenario: Scenario): PathsIn | null {
  if (!hasNetwork(scenario)) return null
  if (loaded === null) throw new Error('the network analysis is not loaded')
  return loaded
}
