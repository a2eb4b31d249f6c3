/** Lambda's shared interfaces of a document. */
import type { LogicalId, Scenario } from '../model/scenario'
import { buildNetwork } from './build'
import { formatAddress } from './ipv4'

export interface HyperplaneEni {
  /** `eni:subnet:groups`. */
  readonly id: string
  readonly subnet: LogicalId
  readonly securityGroups: readonly LogicalId[]
  /** Dotted quad; null when the subnet is full (NET-10). */
  readonly address: string | null
  readonly functions: readonly LogicalId[]
}

/** One shared interface per unique (subnet, security group set) of all functions (NET-3), in document order. */
export function hyperplaneEnis(scenario: Scenario): HyperplaneEni[] {
  return [...buildNetwork(scenario).interfaces.values()]
    .filter((face) => face.kind === 'hyperplane')
    .map((face) => ({
      id: face.id,
      subnet: face.subnet.id,
      securityGroups: face.groups.map((group) => group.id),
      address: face.address === null ? null : formatAddress(face.address),
      functions: [...face.owners],
    }))
}
