/** Roles that a service calls with: as connectors write them, and as checks look at them. */
import { evaluate, grant, statementsOf } from '../iam'
import type { LogicalId, Resource, Scenario } from '../model/scenario'
import { freeId, pointer, taken, typeOf } from './edit'
import { ROLE } from './roles'
import type { Problem } from './service'

/** A role that a service may assume: `sns.amazonaws.com`. */
const trusting = (service: string): Resource => ({
  Type: ROLE,
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    Policies: [],
  },
})

/** The role `known`, or a new one named after `owner`, that may do `action` on `to`. */
export function serviceRole(
  scenario: Scenario,
  {
    known,
    owner,
    service,
    action,
    to,
  }: { known: LogicalId | undefined; owner: LogicalId; service: string; action: string; to: LogicalId },
): { role: LogicalId; resources: { [id: LogicalId]: Resource } } {
  const isRole = known !== undefined && typeOf(known, scenario) === ROLE
  const role = isRole ? known : freeId(`${owner}Role`, taken(scenario))
  return { role, resources: { [role]: grant(isRole ? scenario.resources[role]! : trusting(service), action, to) } }
}

/** A warning at `path` when the role `who` calls with does not allow it, with the statement that would. `action`: as IAM names it. */
export function notGranted(
  scenario: Scenario,
  { who, role, action, on, path }: { who: LogicalId; role: LogicalId; action: string; on: LogicalId; path: string },
): Problem[] {
  const resource = scenario.resources[role]
  if (resource?.Type !== ROLE) return []
  if (evaluate({ statements: statementsOf(resource), action, resource: [on] }).allowed) return []
  const granted = grant(resource, action, on)
  const title = `Allow ${action} on ${on}`
  const op = resource.Properties?.['Policies'] === undefined ? ('add' as const) : ('replace' as const)
  const patch =
    resource.Properties === undefined
      ? { op, path: pointer(role, 'Properties'), value: granted.Properties }
      : { op, path: pointer(role, 'Properties', 'Policies'), value: granted.Properties?.['Policies'] }
  return [
    {
      severity: 'warning',
      path,
      message: `${role} does not allow ${action} on ${on}: every call of ${who} will be refused. Allow it.`,
      ...(granted === resource ? {} : { fix: { title, patches: [patch] } }),
    },
  ]
}
