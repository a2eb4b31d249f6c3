/** The calls a function's role must allow, and what the role says to each. */
import { ownerOf } from '../../../drawing'
import { evaluate, statementsOf } from '../../../iam'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { KINDS } from '../../../services/kinds'
import { CONNECTORS } from '../../../services/connectors'
import { ROLE, roleOf, withPermission } from '../../../services/roles'
import { resourcePatches } from '../patches'
import type { Patch } from '../types'
import { nameOf } from '../words'

export interface Call {
  /** As the drawing says it: `dynamodb:PutItem`, `lambda:Invoke`. */
  readonly action: string
  /** What a policy must allow; empty when no permission is asked. */
  readonly iam: string
  readonly to: LogicalId
  readonly port: number
  /** Who makes it: the code, or the pollers of a mapping. */
  readonly by: 'code' | 'pollers' | 'failures' | 'records'
}

/** What Lambda's pollers do to a queue with the function's role (LAM-66). */
const POLLING = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']

export function callsOf(functionId: LogicalId, scenario: Scenario): Call[] {
  const calls: Call[] = []
  const add = (call: Call) => {
    if (!calls.some(({ iam, action, to }) => action === call.action && iam === call.iam && to === call.to))
      calls.push(call)
  }
  for (const connector of CONNECTORS) {
    for (const { from, to, action, port, resource, label } of connector.derive(scenario)) {
      const target = scenario.resources[to]
      if (from === functionId && target !== undefined) {
        const known = KINDS[target.Type]?.actions?.[action]
        add({
          action,
          iam: known?.iam ?? '',
          to,
          port: known?.port ?? 443,
          by: port === undefined ? 'code' : label === undefined ? 'failures' : 'records',
        })
      }
      if (
        (ownerOf(to, scenario) ?? to) === functionId &&
        scenario.resources[resource ?? '']?.Type === 'AWS::Lambda::EventSourceMapping'
      ) {
        for (const iam of POLLING) add({ action: iam, iam, to: from, port: 443, by: 'pollers' })
      }
    }
  }
  return calls
}

export interface Access {
  readonly call: Call
  readonly allowed: boolean
  /** Which statement decided, or which one is missing. */
  readonly why: string
  /** Writes the missing permission; empty when a Deny stands in the way or nothing is missing. */
  readonly grant: readonly Patch[]
}

/** What the role of a function says to every call that needs permission. */
export function accessOf(functionId: LogicalId, scenario: Scenario): Access[] {
  const fn = scenario.resources[functionId]
  const id = fn === undefined ? null : roleOf(fn)
  const role = id === null ? undefined : scenario.resources[id]
  const statements = role?.Type === ROLE ? statementsOf(role) : []
  return callsOf(functionId, scenario)
    .filter(({ iam }) => iam !== '')
    .map((call) => {
      const decision = evaluate({ statements, action: call.iam, resource: [call.to] })
      const statement = decision.statement === undefined ? undefined : statements[decision.statement]
      const name = statement === undefined ? '' : (statement.sid ?? `statement ${(decision.statement ?? 0) + 1}`)
      const missing = decision.decision === 'implicitDeny'
      return {
        call,
        allowed: decision.allowed,
        why: missing
          ? role === undefined
            ? 'The function has no role.'
            : 'No statement allows it.'
          : decision.allowed
            ? `Allowed by ${name}.`
            : `Denied by ${name}. A Deny beats every Allow.`,
        grant: missing ? resourcePatches(scenario, withPermission(scenario, functionId, call.iam, call.to)) : [],
      }
    })
}

/** One edit that writes every permission that is missing and that no Deny forbids. */
export function grantAll(functionId: LogicalId, scenario: Scenario): Patch[] {
  let now = scenario
  for (const { call, grant } of accessOf(functionId, scenario)) {
    if (grant.length === 0) continue
    now = { ...now, resources: { ...now.resources, ...withPermission(now, functionId, call.iam, call.to) } }
  }
  return resourcePatches(scenario, now.resources)
}

/** `Allow dynamodb:PutItem on Orders` */
export const grantLabel = ({ iam, to }: Call, scenario: Scenario): string => `Allow ${iam} on ${nameOf(to, scenario)}`

/** Actions or resources as typed: separated by commas or spaces. */
export const readPatterns = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== '')

/** What is wrong with a list of action patterns; undefined when nothing is. */
export function actionProblem(text: string): string | undefined {
  const patterns = readPatterns(text)
  if (patterns.length === 0) return 'Name at least one action, such as sqs:SendMessage.'
  const bad = patterns.find((pattern) => pattern !== '*' && !/^[a-zA-Z0-9-]+:[A-Za-z0-9*?]+$/.test(pattern))
  return bad === undefined ? undefined : `${bad} is no action. Write it like sqs:SendMessage.`
}
