import type { Json, JsonObject, Resource } from '../model/scenario'
import { evaluate } from './evaluate'
import { statementsOf } from './role'
import { isObject } from '../model/json'

/** Name of the inline policy that drawn connections write to. A policy a learner wrote by hand is never touched. */
export const CONNECTIONS = 'Connections'

/**
 * The role with the smallest edit that allows `action` on `resourceId`: one more action in the statement of that target
 * in the policy `Connections`, or that statement, or that policy. The same object when nothing is to do: already
 * allowed, or already granted though a Deny beats it. Policies that are no list stay as they are.
 */
export function grant(role: Resource, action: string, resourceId: string): Resource {
  if (evaluate({ statements: statementsOf(role), action, resource: resourceId }).allowed) return role
  const policies = policiesOf(role)
  if (policies === null) return role
  const index = policies.findIndex((policy) => connectionStatements(policy) !== null)
  const statements = connectionStatements(policies[index]) ?? []
  const at = statements.findIndex((statement) => isGrantFor(statement, resourceId))
  const existing = statements[at]
  const actions = isObject(existing) ? listed(existing['Action']) : []
  if (actions.some((written) => sameAction(written, action))) return role
  const next: JsonObject = isObject(existing)
    ? { ...existing, Action: [...actions, action] }
    : { Sid: freeSid(statements, resourceId), Effect: 'Allow', Action: [action], Resource: resourceId }
  const written = at < 0 ? [...statements, next] : statements.with(at, next)
  const policy = index < 0 ? newPolicy(policies, written) : withStatements(policies[index], written)
  return withPolicies(role, index < 0 ? [...policies, policy] : policies.with(index, policy))
}

/**
 * Takes back what `grant` wrote, and nothing else: the action from the target's statement in `Connections`; a statement
 * or policy left empty goes too. The same object when there is nothing to take back.
 */
export function revoke(role: Resource, action: string, resourceId: string): Resource {
  const policies = policiesOf(role)
  if (policies === null) return role
  let changed = false
  const kept = policies.flatMap((policy): Json[] => {
    const statements = connectionStatements(policy)
    if (statements === null) return [policy]
    const left = statements.flatMap((statement): Json[] => {
      if (!isObject(statement) || !isGrantFor(statement, resourceId)) return [statement]
      const actions = listed(statement['Action'])
      const rest = actions.filter((written) => !sameAction(written, action))
      if (rest.length === actions.length) return [statement]
      changed = true
      return rest.length === 0 ? [] : [{ ...statement, Action: rest }]
    })
    if (left.length === statements.length && left.every((statement, i) => statement === statements[i])) return [policy]
    return left.length === 0 ? [] : [withStatements(policy, left)]
  })
  return changed ? withPolicies(role, kept) : role
}

/** The role's inline policies; null when something else stands there. */
function policiesOf(role: Resource): Json[] | null {
  if (role.Properties === undefined) return []
  if (!isObject(role.Properties)) return null
  const policies = role.Properties['Policies'] ?? []
  return Array.isArray(policies) ? policies : null
}

/** Statements of a policy this module may edit; null for any other policy. */
function connectionStatements(policy: Json | undefined): Json[] | null {
  if (!isObject(policy) || typeof policy['PolicyName'] !== 'string') return null
  if (!/^Connections[0-9]*$/.test(policy['PolicyName'])) return null
  const document = policy['PolicyDocument']
  const statements = isObject(document) ? document['Statement'] : undefined
  return Array.isArray(statements) ? statements : null
}

/** An Allow of plain actions on exactly this target, without conditions. */
function isGrantFor(statement: Json, resourceId: string): boolean {
  if (!isObject(statement) || statement['Effect'] !== 'Allow' || statement['Condition'] !== undefined) return false
  if (statement['NotAction'] !== undefined || statement['NotResource'] !== undefined) return false
  const resources = listed(statement['Resource'])
  return resources.length === 1 && resources[0] === resourceId && listed(statement['Action']).length > 0
}

function listed(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) return []
  const texts = value.filter((item) => typeof item === 'string')
  return texts.length === value.length ? texts : []
}

function sameAction(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** The target's name as Sid (letters and digits), with a number when it is taken. */
function freeSid(statements: readonly Json[], resourceId: string): string {
  const name = resourceId.replace(/[^A-Za-z0-9]/g, '') || 'Target'
  return freeName(name, (sid) => statements.some((statement) => isObject(statement) && statement['Sid'] === sid))
}

function newPolicy(policies: readonly Json[], statements: Json[]): JsonObject {
  const taken = (name: string) => policies.some((policy) => isObject(policy) && policy['PolicyName'] === name)
  const document: JsonObject = { Version: '2012-10-17', Statement: statements }
  return { PolicyName: freeName(CONNECTIONS, taken), PolicyDocument: document }
}

function freeName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name
  let n = 2
  while (taken(`${name}${n}`)) n++
  return `${name}${n}`
}

function withStatements(policy: Json | undefined, statements: Json[]): JsonObject {
  const before = isObject(policy) ? policy : {}
  const document = isObject(before['PolicyDocument']) ? before['PolicyDocument'] : {}
  return { ...before, PolicyDocument: { ...document, Statement: statements } }
}

function withPolicies(role: Resource, policies: Json[]): Resource {
  const { Policies: _, ...others } = role.Properties ?? {}
  const properties = policies.length === 0 ? others : { ...role.Properties, Policies: policies }
  if (Object.keys(properties).length > 0) return { ...role, Properties: properties }
  const { Properties: __, ...bare } = role
  return bare
}
