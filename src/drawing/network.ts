// not from its index: the search for fixes behind it is loaded when somebody asks for one
import { buildNetwork, isPublicSubnet } from '../network/build'
import { hyperplaneEnis } from '../network/hyperplaneEnis'
import { trace } from '../network/trace'
import type { NetworkView } from './types'

/** The network analysis as the drawing asks it. */
export const NETWORK_VIEW: NetworkView = {
  interfaces: hyperplaneEnis,
  publicSubnets(scenario) {
    const network = buildNetwork(scenario)
    return new Map(
      [...network.subnets].flatMap(([id, { table }]): [string, string][] => {
        const target = table.routes.find(({ block }) => block.length === 0)?.target
        return isPublicSubnet(network, id) && target?.kind === 'internet-gateway' ? [[id, target.id]] : []
      }),
    )
  },
  paths(scenario) {
    const network = buildNetwork(scenario)
    return (from, to) => {
      const { hops, sources } = trace(network, { from, to })
      const source = sources.find((candidate) => candidate.reachable) ?? sources[0]
      const forward = hops.filter((hop) => hop.direction === 'forward').map((hop) => hop.resource)
      return [...new Set([...(source === undefined ? [] : [source.interface]), ...forward])]
    }
  },
}
