/** The public face of the analysis. */
import { suggestFixes } from './fixes'
import { trace } from './trace'
import type { Network, Query, Verdict } from './types'

/**
 * Can `from` open a connection to `to` and get the answer back? The first gate that says no is the verdict; `fixes`
 * holds document edits that were each tried and open the path. Searching them rebuilds the network a few dozen times:
 * the simulator calls `trace`, which is the same verdict without fixes.
 */
export function reach(network: Network, query: Query): Verdict {
  const { reachable, code, at, hops, explanation, sources } = trace(network, query)
  const fixes = reachable ? [] : suggestFixes(network, query)
  return { reachable, code, at, hops, explanation, sources, fixes }
}
