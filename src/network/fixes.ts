/** Finds edits that open a blocked path. Every fix returned has been applied to a copy of the document and traced. */
import type { Candidate } from './candidates'
import { candidates } from './candidates'
import { buildNetwork } from './build'
import { Draft } from './patches'
import { named, trace } from './trace'
import type { Fix, Network, Patch, Query } from './types'

const MAX_FIXES = 5
/** A path may be blocked at several gates in a row, each opened by one step. */
const MAX_STEPS = 6
/** Bound on rebuilt networks per search. */
const MAX_TRIES = 80

/** Up to five fixes, the most usual first; empty when the block is no matter of the document (a fault, an unknown name). */
export function suggestFixes(network: Network, asked: Query): Fix[] {
  const query = { ...asked, from: named(network, asked.from), to: named(network, asked.to) }
  const budget = { tries: MAX_TRIES }
  const blocked = trace(network, query)
  const fixes: Fix[] = []
  for (const candidate of candidates(network, query, blocked)) {
    const found = complete(network, query, candidate, candidate.kind, MAX_STEPS, budget)
    if (found !== null && !fixes.some((fix) => fix.title === found.title)) fixes.push(found)
    if (fixes.length === MAX_FIXES) break
  }
  return fixes
}

/** The candidate, followed by whatever else the path then needs. */
function complete(
  network: Network,
  query: Query,
  candidate: Candidate,
  idea: Candidate['kind'],
  steps: number,
  budget: { tries: number },
): Fix | null {
  if (steps === 0 || budget.tries <= 0) return null
  budget.tries--
  const draft = new Draft(network.scenario)
  if (candidate.edit(draft) === false || draft.patches.length === 0) return null
  const edited = buildNetwork(draft.scenario, network.conditions)
  const next = trace(edited, query)
  if (next.reachable) return { title: candidate.title, patches: draft.patches }
  for (const follow of candidates(edited, query, next)) {
    // A step that undoes the idea of an earlier one (leave the VPC after building a NAT) is no continuation.
    if (follow.kind !== 'filter' && idea !== 'filter' && follow.kind !== idea) continue
    const rest = complete(edited, query, follow, idea === 'filter' ? follow.kind : idea, steps - 1, budget)
    if (rest !== null) return join(candidate.title, draft.patches, rest)
  }
  return null
}

function join(title: string, patches: readonly Patch[], rest: Fix): Fix {
  return {
    title: `${title}, then ${rest.title.charAt(0).toLowerCase()}${rest.title.slice(1)}`,
    patches: [...patches, ...rest.patches],
  }
}
