import type { JsonObject, LogicalId, Scenario } from '../model/scenario'
import { matchesGlob } from './glob'

/** One statement of a function's resource policy, as CloudFormation writes it. */
export const PERMISSION = 'AWS::Lambda::Permission'

/** A service that calls by itself, and the resource it calls for: a rule, a target group. */
export interface Invitation {
  /** Service principal: `events.amazonaws.com`. */
  readonly service: string
  readonly source: LogicalId
}

/** Ids of the statements about a function: itself, its versions and its aliases, in document order. */
export function permissionsOf(functionId: LogicalId, scenario: Scenario): LogicalId[] {
  return Object.keys(scenario.resources).filter((id) => {
    const { Type, Properties } = scenario.resources[id]!
    return Type === PERMISSION && ownerOf(String(Properties?.['FunctionName']), scenario) === functionId
  })
}

/**
 * Whether the resource policy of a function lets a service call `target`: the function, a version or an alias, each of which needs a
 * statement of its own (LAM-63, LAM-65). What no statement lets in stays out, as in AWS; drawing a wire writes the statement.
 */
export function isInvited(target: LogicalId, by: Invitation, scenario: Scenario): boolean {
  return permissionsOf(ownerOf(target, scenario), scenario).some((id) => {
    const it = scenario.resources[id]!.Properties ?? {}
    const principal = it['Principal']
    return it['FunctionName'] === target && (principal === by.service || principal === '*') && allows(it, by.source)
  })
}

/** Whether a statement lets a role of this account call `target`, which is as good as an Allow of the role's own (IAM-2). */
export function isRoleInvited(target: LogicalId, role: LogicalId, scenario: Scenario): boolean {
  return permissionsOf(ownerOf(target, scenario), scenario).some((id) => {
    const it = scenario.resources[id]!.Properties ?? {}
    return it['FunctionName'] === target && it['Principal'] === role && allows(it, role)
  })
}

function allows(statement: JsonObject, source: LogicalId): boolean {
  const action = String(statement['Action'] ?? 'lambda:InvokeFunction')
  const from = statement['SourceArn']
  return (
    matchesGlob(action, 'lambda:InvokeFunction', true) && (typeof from !== 'string' || matchesGlob(from, source, false))
  )
}

/** The function an id stands for; the id itself when it is none of a function's names. */
function ownerOf(id: LogicalId, scenario: Scenario): LogicalId {
  const resource = scenario.resources[id]
  const isQualified = resource?.Type === 'AWS::Lambda::Version' || resource?.Type === 'AWS::Lambda::Alias'
  return isQualified ? String(resource.Properties?.['FunctionName'] ?? id) : id
}
