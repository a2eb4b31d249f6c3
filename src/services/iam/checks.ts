import { policyProblems } from '../../iam'
import type { Scenario } from '../../model/scenario'
import { idsOf, pointer, typeOf } from '../edit'
import { ROLE, roleOf, usersOf } from '../roles'
import type { Check, Problem } from '../service'

/** Policies that say nothing or something else than meant. */
export function policyChecks(scenario: Scenario): Problem[] {
  return idsOf(ROLE, scenario).flatMap((id) =>
    policyProblems(scenario.resources[id]!).map(({ path, message }): Problem => ({
      severity: 'error',
      path: pointer(id) + path,
      message,
    })),
  )
}

/** Roles named by nobody, and names that are no role. */
export function roleChecks(scenario: Scenario): Problem[] {
  const problems: Problem[] = []
  for (const id of idsOf(ROLE, scenario)) {
    if (usersOf(id, scenario).length > 0) continue
    problems.push({
      severity: 'info',
      path: pointer(id),
      message: `Nothing uses ${id}. Name it as Role of a function, or delete it.`,
    })
  }
  for (const [id, resource] of Object.entries(scenario.resources)) {
    const role = roleOf(resource)
    if (role === null || typeOf(role, scenario) === null || typeOf(role, scenario) === ROLE) continue
    problems.push({
      severity: 'error',
      path: pointer(id, 'Properties', 'Role'),
      message: `${role} is a ${typeOf(role, scenario)}, not a role. Name an AWS::IAM::Role.`,
    })
  }
  return problems
}

export const checks: readonly Check[] = [policyChecks, roleChecks]
