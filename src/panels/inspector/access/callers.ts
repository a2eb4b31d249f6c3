/** Services that call a function by themselves, and what its resource policy says to each (LAM-65). */
import { isInvited, permissionsOf, type Invitation } from '../../../iam'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { CONNECTORS } from '../../../services/connectors'
import { invokedFunction } from '../../../services/invitations'
import type { Connection } from '../../../services/service'

export interface Caller {
  readonly call: Connection
  readonly by: Invitation
  readonly allowed: boolean
}

/** Callers of a function, its versions and its aliases, in the order they are drawn. */
export function callersOf(functionId: LogicalId, scenario: Scenario): Caller[] {
  const fn = invokedFunction(functionId, scenario)
  return CONNECTORS.flatMap((connector) =>
    connector.derive(scenario).flatMap((call): Caller[] => {
      if (call.principal === undefined || invokedFunction(call.to, scenario) !== fn) return []
      const by = { service: call.principal, source: call.resource ?? call.from }
      return [{ call, by, allowed: isInvited(call.to, by, scenario) }]
    }),
  )
}

/** Statements of the function's resource policy, as one reads them. */
export function statementsAbout(functionId: LogicalId, scenario: Scenario): { id: LogicalId; text: string }[] {
  return permissionsOf(functionId, scenario).map((id) => {
    const { FunctionName, Principal, SourceArn } = scenario.resources[id]!.Properties ?? {}
    const source = typeof SourceArn === 'string' ? ` for ${SourceArn}` : ''
    return { id, text: `${String(Principal)}${source} may invoke ${String(FunctionName)}` }
  })
}
