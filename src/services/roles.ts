/** Execution roles, as connectors that write permissions need them. */
import { grant, revoke } from '../iam'
import type { JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import { object, properties, ref } from '../network/read'
import { freeId, taken, typeOf, withProperties } from './edit'

export const ROLE = 'AWS::IAM::Role'

type Resources = { [id: LogicalId]: Resource }

/** The role a function runs under, a schedule or pipe calls with, a delivery stream writes with; null when it names none. */
export function roleOf(resource: Resource): LogicalId | null {
  const { Role, RoleArn, Target, ExtendedS3DestinationConfiguration } = properties(resource)
  return (
    ref(Role) ??
    ref(RoleArn) ??
    ref(object(Target)['RoleArn']) ??
    ref(object(ExtendedS3DestinationConfiguration)['RoleARN'])
  )
}

/** Resources that name this role, in document order: a rule for a target, a subscription, a delivery stream for its source too. */
export function usersOf(role: LogicalId, scenario: Scenario): LogicalId[] {
  return Object.keys(scenario.resources).filter((id) => {
    const resource = scenario.resources[id]!
    if (roleOf(resource) === role) return true
    const { Targets, SubscriptionRoleArn, KinesisStreamSourceConfiguration } = properties(resource)
    return (
      ref(SubscriptionRoleArn) === role ||
      ref(object(KinesisStreamSourceConfiguration)['RoleARN']) === role ||
      (Array.isArray(Targets) && Targets.some((target) => ref(object(target)['RoleArn']) === role))
    )
  })
}

/** What Lambda may assume and write logs with: the least a function's role holds. */
export function executionRole(): Resource {
  return {
    Type: ROLE,
    Properties: {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Policies: [
        {
          PolicyName: 'Logs',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'Logs',
                Effect: 'Allow',
                Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: ['*'],
              },
            ],
          },
        },
      ],
    },
  }
}

function trust(service: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  }
}

/**
 * What changes so that a function may do `action` on `target`: its role, or a new role and the function that uses it.
 * Empty when it may already.
 */
export function withPermission(
  scenario: Scenario,
  functionId: LogicalId,
  action: string,
  target: LogicalId,
): Resources {
  const resource = scenario.resources[functionId]!
  const role = roleOf(resource)
  if (role !== null && typeOf(role, scenario) === ROLE) {
    const granted = grant(scenario.resources[role]!, action, target)
    return granted === scenario.resources[role] ? {} : { [role]: granted }
  }
  const id = role ?? freeRoleId(functionId, scenario)
  return {
    [id]: grant(executionRole(), action, target),
    ...(role === null ? { [functionId]: withProperties(resource, { Role: id }) } : {}),
  }
}

/** The same for several actions at once. */
export function withPermissions(
  scenario: Scenario,
  functionId: LogicalId,
  actions: readonly string[],
  target: LogicalId,
): Resources {
  let changed: Resources = {}
  for (const action of actions) {
    const now = { ...scenario, resources: { ...scenario.resources, ...changed } }
    changed = { ...changed, ...withPermission(now, functionId, action, target) }
  }
  return changed
}

/** What changes so that a drawn permission is gone; empty when it was not drawn. Policies written by hand stay. */
export function withoutPermission(
  scenario: Scenario,
  functionId: LogicalId,
  action: string,
  target: LogicalId,
): Resources {
  const role = roleOf(scenario.resources[functionId]!)
  if (role === null || typeOf(role, scenario) !== ROLE) return {}
  const revoked = revoke(scenario.resources[role]!, action, target)
  return revoked === scenario.resources[role] ? {} : { [role]: revoked }
}

/** Id of a role for a function: `WorkerRole`, or the next free number. */
function freeRoleId(functionId: LogicalId, scenario: Scenario): LogicalId {
  return freeId(`${functionId}Role`, taken(scenario))
}
