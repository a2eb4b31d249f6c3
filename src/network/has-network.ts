import type { Scenario } from '../model/scenario'

/** Namespaces of what stands in a network. */
const NETWORKED = /^AWS::(EC2|EFS|RDS|ElasticLoadBalancingV2)::/

/** Whether a document has anything that only the network analysis can tell of. In any other every call arrives. */
export const hasNetwork = (scenario: Scenario): boolean =>
  Object.values(scenario.resources).some(({ Type }) => NETWORKED.test(Type))
