import { buildNetwork, isPublicSubnet } from '../network/build'
import { hyperplaneEnis } from '../network/hyperplaneEnis'
import type { NetworkView } from './types'

/** The network analysis as the drawing asks it. */
export const NETWORK_VIEW: NetworkView = {
  interfaces: hyperplaneEnis,
  publicSubnets(scenario) {
    const network = buildNetwork(scenario)
    return new Set([...network.subnets.keys()].filter((id) => isPublicSubnet(network, id)))
  },
}
