import type { LogicalId, Scenario } from '../../model/scenario'
import { properties, text } from '../../network/read'
import { cidr, formatCidr, overlaps, parseCidr, size, type Cidr } from '../../network/ipv4'
import { at, CIDR_BLOCK, referring, subnetsOf } from './topology'

export const DEFAULT_VPC_BLOCK = '10.0.0.0/16'

export function blockOf(id: LogicalId | null, scenario: Scenario): Cidr | null {
  const resource = at(id, scenario)
  return resource === undefined ? null : parseCidr(text(properties(resource)['CidrBlock']) ?? '')
}

/** All blocks of a VPC. */
export function blocksOf(vpc: LogicalId, scenario: Scenario): Cidr[] {
  return [vpc, ...referring(CIDR_BLOCK, 'VpcId', vpc, scenario)].flatMap((id) => blockOf(id, scenario) ?? [])
}

/** The first free /24 of a VPC, or a quarter of a VPC that is smaller; null when all is taken. */
export function freeBlock(vpc: LogicalId, scenario: Scenario): string | null {
  const whole = blockOf(vpc, scenario) ?? parseCidr(DEFAULT_VPC_BLOCK)!
  const length = whole.length < 24 ? 24 : Math.min(28, whole.length + 2)
  const takenBlocks = subnetsOf(vpc, scenario).flatMap((id) => blockOf(id, scenario) ?? [])
  const step = 2 ** (32 - length)
  // the first /24 stays free, so that the third octet counts subnets: 10.0.1.0, 10.0.2.0, ...
  const first = length === 24 && whole.length < 24 ? step : 0
  for (const start of [first, 0]) {
    for (let offset = start; offset < size(whole); offset += step) {
      const block = cidr((whole.base + offset) >>> 0, length)
      if (!takenBlocks.some((other) => overlaps(block, other))) return formatCidr(block)
    }
  }
  return null
}

/** The zone with the fewest subnets of the VPC among a, b and c. */
export function nextZone(vpc: LogicalId, scenario: Scenario): string {
  const zones = subnetsOf(vpc, scenario).map(
    (id) => text(properties(scenario.resources[id]!)['AvailabilityZone']) ?? '',
  )
  const count = (zone: string): number => zones.filter((other) => other.endsWith(zone)).length
  return ['a', 'b', 'c'].reduce((best, zone) => (count(zone) < count(best) ? zone : best))
}
