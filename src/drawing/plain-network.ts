import type { Scenario } from '../model/scenario'
import type { NetworkView } from './types'

/** Namespaces of what stands in a network. */
const NETWORKED = /^AWS::(EC2|EFS|RDS|ElasticLoadBalancingV2)::/

/** Whether a document has anything that only the network analysis can tell of. */
export const hasNetwork = (scenario: Scenario): boolean =>
  Object.values(scenario.resources).some(({ Type }) => NETWORKED.test(Type))

/** What the network analysis says of a document without a network; the analysis itself is `NETWORK_VIEW` of network.ts. */
export const PLAIN_NETWORK_VIEW: NetworkView = {
  interfaces: () => [],
  publicSubnets: () => new Map(),
  paths: () => () => [],
}
