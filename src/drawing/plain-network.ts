import type { NetworkView } from './types'

export { hasNetwork } from '../network/has-network'

/** What the network analysis says of a document without a network; the analysis itself is `NETWORK_VIEW` of network.ts. */
export const PLAIN_NETWORK_VIEW: NetworkView = {
  interfaces: () => [],
  publicSubnets: () => new Map(),
  paths: () => () => [],
}
