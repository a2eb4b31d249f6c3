import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { properties, ref, refs, text } from '../../network/read'

export const DATABASE = 'AWS::RDS::DBInstance'
export const SUBNET_GROUP = 'AWS::RDS::DBSubnetGroup'

const GIB = 2 ** 30
/** Memory by size; a class of a memory-optimised family has twice that of a general one. */
const MEMORY: { readonly [size: string]: number } = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  '2xlarge': 32,
  '4xlarge': 64,
  '8xlarge': 128,
}

/** Bytes of memory of an instance class such as `db.t4g.micro`; 1 GiB when the class is unknown. */
export function memoryOf(instanceClass: string | null): number {
  const [, family, size] = (instanceClass ?? '').split('.')
  return (MEMORY[size ?? ''] ?? 1) * (/^[rx]/.test(family ?? '') ? 2 : 1) * GIB
}

export const isPostgres = (resource: Resource): boolean => /postgres/i.test(text(properties(resource)['Engine']) ?? '')

/** The subnet group's id; null when none is named. */
export const subnetGroupOf = (resource: Resource): LogicalId | null => ref(properties(resource)['DBSubnetGroupName'])

/** Subnets the database may stand in, from its subnet group. */
export function subnetsOf(resource: Resource, scenario: Scenario): LogicalId[] {
  const group = subnetGroupOf(resource)
  const found = group === null ? undefined : scenario.resources[group]
  return found === undefined ? [] : refs(properties(found)['SubnetIds'])
}

/** The subnet it is drawn in: the first of its group in its zone, else the first. */
export function homeOf(resource: Resource, scenario: Scenario): LogicalId | null {
  const zone = text(properties(resource)['AvailabilityZone'])
  const subnets = subnetsOf(resource, scenario)
  const inZone = (id: LogicalId): boolean => text(scenario.resources[id]?.Properties?.['AvailabilityZone']) === zone
  return subnets.find((id) => zone !== null && inZone(id)) ?? subnets[0] ?? null
}
