import type { Scenario } from '../../model/scenario'
import { flag, properties, refs, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import type { Check, Problem } from '../service'
import { DATABASE, SUBNET_GROUP, subnetGroupOf } from './settings'

/** A database without subnets is nowhere; one zone is what CreateDBSubnetGroup refuses. */
export function databaseProblems(scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  for (const id of idsOf(DATABASE, scenario)) {
    const resource = scenario.resources[id]!
    const group = subnetGroupOf(resource)
    const path = pointer(id, 'Properties', 'DBSubnetGroupName')
    if (group === null) {
      problems.push({
        severity: 'warning',
        path: pointer(id),
        message: `${id} is in no subnet. Drop it on a private subnet.`,
      })
    } else if (typeOf(group, scenario) !== null && typeOf(group, scenario) !== SUBNET_GROUP) {
      problems.push({
        severity: 'error',
        path,
        message: `${group} is no DBSubnetGroup. Name one, or drop ${id} on a subnet.`,
      })
    }
    if (flag(properties(resource)['PubliclyAccessible']) === true) {
      const at = pointer(id, 'Properties', 'PubliclyAccessible')
      problems.push({
        severity: 'warning',
        path: at,
        message: `${id} has a public address. Keep it private unless something outside the VPC must dial it.`,
        fix: { title: 'Make it private', patches: [{ op: 'replace', path: at, value: false }] },
      })
    }
  }
  for (const id of idsOf(SUBNET_GROUP, scenario)) {
    const subnets = refs(properties(scenario.resources[id]!)['SubnetIds'])
    const zones = new Set(subnets.map((subnet) => text(scenario.resources[subnet]?.Properties?.['AvailabilityZone'])))
    if (zones.size >= 2) continue
    problems.push({
      severity: 'info',
      path: pointer(id, 'Properties', 'SubnetIds'),
      message: `${id} covers ${zones.size} zone. AWS asks for subnets in two; this sandbox runs it all the same.`,
    })
  }
  return problems
}

export const checks: readonly Check[] = [databaseProblems]
