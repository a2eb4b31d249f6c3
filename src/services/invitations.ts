/** Resource policies of functions, as connectors that write them and checks that read them need them (LAM-65). */
import { isInvited, PERMISSION, permissionsOf, type Invitation } from '../iam'
import type { LogicalId, Resource, Scenario } from '../model/scenario'
import { properties, ref } from '../network/read'
import { freeId, pointer, taken, typeOf } from './edit'
import type { Problem } from './service'

/** The function a target stands for; the id itself when it is none of a function's names. */
export function invokedFunction(target: LogicalId, scenario: Scenario): LogicalId {
  const type = typeOf(target, scenario)
  if (type !== 'AWS::Lambda::Version' && type !== 'AWS::Lambda::Alias') return target
  return ref(properties(scenario.resources[target]!)['FunctionName']) ?? target
}

/** The statement that lets a service invoke `target`. */
export const permission = (target: LogicalId, { service, source }: Invitation): Resource => ({
  Type: PERMISSION,
  Properties: { Action: 'lambda:InvokeFunction', FunctionName: target, Principal: service, SourceArn: source },
})

/** What changes so that a service may invoke `target`. Empty when it may. */
export function withInvitation(scenario: Scenario, target: LogicalId, by: Invitation): { [id: LogicalId]: Resource } {
  if (isInvited(target, by, scenario)) return {}
  return { [freeId(`${by.source}Invokes${target}`, taken(scenario))]: permission(target, by) }
}

/** What changes when `by` no longer invokes `target`: statements for exactly that go. */
export function withoutInvitation(
  scenario: Scenario,
  target: LogicalId,
  { service, source }: Invitation,
): { [id: LogicalId]: null } {
  const gone = permissionsOf(invokedFunction(target, scenario), scenario).filter((id) => {
    const it = properties(scenario.resources[id]!)
    return it['FunctionName'] === target && it['Principal'] === service && it['SourceArn'] === source
  })
  return Object.fromEntries(gone.map((id) => [id, null]))
}

/** A warning at `path` when the resource policy of the function keeps a service out (LAM-54). */
export function uninvited(scenario: Scenario, target: LogicalId, by: Invitation, path: string): Problem[] {
  if (isInvited(target, by, scenario)) return []
  const fix = Object.entries(withInvitation(scenario, target, by)).map(([id, value]) => ({
    op: 'add' as const,
    path: pointer(id),
    value,
  }))
  return [
    {
      severity: 'warning',
      path,
      message: `${by.source} may not invoke ${target}: the resource policy of ${invokedFunction(target, scenario)} has no statement for it. Every call will be refused (LAM-65).`,
      fix: { title: `Let ${by.source} invoke ${target}`, patches: fix },
    },
  ]
}
