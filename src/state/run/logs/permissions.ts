import { evaluate, grant, statementsOf } from '../../../iam'
import type { JsonObject, Resource, Scenario } from '../../../model/scenario'
import type { Fix } from '../../../services/service'

/** What a function needs to write its first line (LAM-29). */
export const LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'] as const

export interface LogAccess {
  readonly allowed: boolean
  /** Actions its execution role may not do. */
  readonly missing: readonly string[]
  /** Logical id of the role; null when the function names none. */
  readonly role: string | null
}

/** Whether a function's execution role may write to its log group. A function without a role is not asked, as for its calls. */
export function logAccess(scenario: Scenario, id: string, properties: JsonObject, group: string): LogAccess {
  const role = typeof properties['Role'] === 'string' ? properties['Role'] : null
  const resource = role === null ? undefined : scenario.resources[role]
  if (role === null || resource === undefined) return { allowed: true, missing: [], role: null }
  const statements = statementsOf(resource)
  const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${group}`
  const names = [arn, `${arn}:*`, `${arn}:log-stream:*`, group, id]
  const missing = LOG_ACTIONS.filter((action) => !evaluate({ statements, action, resource: names }).allowed)
  return { allowed: missing.length === 0, missing, role }
}

/** The edit that lets a role write logs; null when a Deny or a hand-written policy document stands in the way. */
export function allowLogs(scenario: Scenario, role: string): Fix | null {
  const resource: Resource | undefined = scenario.resources[role]
  if (resource === undefined) return null
  const next = LOG_ACTIONS.reduce((it, action) => grant(it, action, '*'), resource)
  const statements = statementsOf(next)
  if (LOG_ACTIONS.some((action) => !evaluate({ statements, action, resource: '*' }).allowed)) return null
  return {
    title: `Let ${role} write logs`,
    patches: [{ op: 'replace', path: `/resources/${role}`, value: next }],
  }
}
