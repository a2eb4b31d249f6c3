import { evaluate, statementsOf } from '../../iam'
import type { LogicalId, Scenario } from '../../model/scenario'
import { list, properties } from '../../network/read'
import { idsOf, pointer } from '../edit'
import { INTERFACE_ACTIONS } from '../eni-failures'
import { roleOf, withPermissions } from '../roles'
import type { Problem } from '../service'
import { facts } from './facts'
import { FUNCTION, placeOf, refOf } from './topology'

/** More interfaces than a VPC holds (NET-4). The old model had none that are shared. */
export function quotaProblems(scenario: Scenario): Problem[] {
  if (scenario.profile === 'lambda-vpc-2018') return []
  const quota = scenario.facts?.[facts.eniQuota.key] ?? facts.eniQuota.value.teaching
  const found = new Map<LogicalId | null, Set<string>>()
  for (const id of idsOf(FUNCTION, scenario)) {
    const place = placeOf(scenario.resources[id])
    for (const subnet of place?.subnets ?? []) {
      const vpc = refOf(scenario.resources[subnet], 'VpcId')
      const mine = found.get(vpc) ?? new Set()
      found.set(vpc, mine.add(`${subnet}:${[...place!.groups].sort().join('+')}`))
      if (mine.size <= quota) continue
      const message = `${id} needs network interface ${mine.size} of Lambda in ${vpc}, which holds ${quota}: one for each subnet and set of security groups. Let functions share their groups. AWS: EniLimitExceeded`
      return [{ severity: 'error', path: pointer(id, 'Properties', 'VpcConfig', 'SecurityGroupIds'), message }]
    }
  }
  return []
}

/** Roles that may not build the interfaces of their functions (NET-8). What managed policies say is not looked at. */
export function interfaceRoleProblems(scenario: Scenario): Problem[] {
  return idsOf(FUNCTION, scenario).flatMap((id): Problem[] => {
    const role = roleOf(scenario.resources[id]!)
    const document = role === null ? undefined : scenario.resources[role]
    if (placeOf(scenario.resources[id]) === null || document === undefined) return []
    if (list(properties(document)['ManagedPolicyArns']).length > 0) return []
    const statements = statementsOf(document)
    const missing = INTERFACE_ACTIONS.filter((action) => !evaluate({ statements, action, resource: ['*'] }).allowed)
    if (missing.length === 0) return []
    const name = missing[0]!.slice('ec2:'.length)
    const message = `${role} may not ${missing.join(', ')}, which Lambda needs to connect ${id} to its subnets: it becomes Failed with InsufficientRolePermissions. Grant it. AWS: The provided execution role does not have permissions to call ${name} on EC2`
    const patches = Object.entries(withPermissions(scenario, id, INTERFACE_ACTIONS, '*')).map(([changed, value]) => ({
      op: 'replace' as const,
      path: pointer(changed),
      value,
    }))
    const fix = { title: `Let ${role} build interfaces`, patches }
    return [{ severity: 'warning', path: pointer(id, 'Properties', 'Role'), message, fix }]
  })
}
