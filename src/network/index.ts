/** Reachability over the scenario document: pure, worker-safe, knows nothing of time. */
export { buildNetwork, isPublicSubnet } from './build'
export { hyperplaneEnis } from './hyperplaneEnis'
export type { HyperplaneEni } from './hyperplaneEnis'
export { applyPatches } from './patches'
export { matrix } from './matrix'
export type { MatrixCell } from './matrix'
export { reach } from './reach'
export { trace } from './trace'
export type {
  Code,
  Conditions,
  Fix,
  Gate,
  Hop,
  Network,
  Patch,
  Protocol,
  Query,
  SourceResult,
  Trace,
  Verdict,
} from './types'
