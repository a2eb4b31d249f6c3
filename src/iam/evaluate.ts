import type { Json } from '../model/scenario'
import { matchesGlob } from './glob'
import type { Statement } from './statement'

export interface AccessRequest {
  /** Identity policies of the caller's role, in order. */
  readonly statements: readonly Statement[]
  /** Permissions boundary: limits, never grants. Absent: no limit. */
  readonly boundary?: readonly Statement[]
  /** Such as `sqs:SendMessage`. */
  readonly action: string
  /** Every name the target answers to: its logical id and its ARN. A pattern that fits one of them fits the target. */
  readonly resource: string | readonly string[]
  /** Condition keys of the request. Kept for the day conditions are evaluated; unused so far. */
  readonly context?: { readonly [key: string]: Json }
}

export interface Decision {
  readonly allowed: boolean
  readonly decision: 'allow' | 'explicitDeny' | 'implicitDeny'
  /** Index of the statement that decided, in the list named by `source`. Absent on an implicit deny. */
  readonly statement?: number
  /** The list that decided: where the statement stands, or which list lacks one. */
  readonly source: 'identity' | 'boundary'
  /** One sentence for the screen. */
  readonly text: string
}

/**
 * Evaluates a request within one account (IAM-1, IAM-2, IAM-5): a Deny anywhere wins, then an Allow is needed in the
 * identity policies and, where there is one, in the boundary; otherwise the request is denied implicitly. Pure.
 */
export function evaluate(request: AccessRequest): Decision {
  const { statements, boundary, action } = request
  const names = typeof request.resource === 'string' ? [request.resource] : request.resource
  const what = `${action} on ${names[0] ?? 'nothing'}`
  for (const [source, list] of [['identity', statements] as const, ['boundary', boundary ?? []] as const]) {
    const index = find(list, 'Deny', action, names)
    if (index >= 0) {
      const text = `${what} is denied by ${called(list, index, source)}; a Deny beats every Allow. Remove or narrow it.`
      return { allowed: false, decision: 'explicitDeny', statement: index, source, text }
    }
  }
  const index = find(statements, 'Allow', action, names)
  if (index < 0) {
    const text = `${what} is denied: no statement of the role allows it. Add an Allow statement.`
    return { allowed: false, decision: 'implicitDeny', source: 'identity', text }
  }
  if (boundary !== undefined && find(boundary, 'Allow', action, names) < 0) {
    const text = `${what} is denied: the role allows it, its permissions boundary does not. Widen the boundary.`
    return { allowed: false, decision: 'implicitDeny', source: 'boundary', text }
  }
  const text = `${what} is allowed by ${called(statements, index, 'identity')}.`
  return { allowed: true, decision: 'allow', statement: index, source: 'identity', text }
}

function find(
  list: readonly Statement[],
  effect: Statement['effect'],
  action: string,
  names: readonly string[],
): number {
  return list.findIndex((statement) => statement.effect === effect && covers(statement, action, names))
}

/** Whether a statement speaks of this action on this target. */
export function covers(statement: Statement, action: string, names: readonly string[]): boolean {
  const actionFits = statement.actions.some((pattern) => matchesGlob(pattern, action, true))
  if (actionFits === statement.notActions) return false
  const resourceFits = statement.resources.some((pattern) => names.some((name) => matchesGlob(pattern, name, false)))
  return resourceFits !== statement.notResources
}

function called(list: readonly Statement[], index: number, source: Decision['source']): string {
  const statement = list[index]
  const name = statement?.sid ?? `statement ${index + 1}`
  if (source === 'boundary') return `${name} of the permissions boundary`
  return statement?.policy === undefined ? name : `${name} of policy ${statement.policy}`
}
