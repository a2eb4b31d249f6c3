import type { Json, LogicalId, Scenario } from '../../../model/scenario'
import { list, object, properties, text } from '../../../network/read'
import { idsOf, pointer } from '../../edit'
import { INSTANCE, instanceId, instanceNamed, listed, variableOf } from '../../named-instances'
import type { Problem } from '../../service'
import { FUNCTION } from '../topology'

/** Steps that find their instance by a name nothing has: the call can only fail. */
export const namedInstances = (scenario: Scenario): Problem[] =>
  idsOf(FUNCTION, scenario).flatMap((id) =>
    list(scenario.resources[id]!.Behavior?.['steps']).flatMap((step, i): Problem[] => {
      const message = fault(id, object(step)['target'], scenario)
      return message === null
        ? []
        : [{ severity: 'warning', path: pointer(id, 'Behavior', 'steps', i, 'target'), message }]
    }),
  )

/** Instances with the id of another: EC2 gives each its own. */
export const sameNames = (scenario: Scenario): Problem[] => {
  const first = new Map<string, LogicalId>()
  return idsOf(INSTANCE, scenario).flatMap((id): Problem[] => {
    const name = instanceId(id, scenario)
    const other = first.get(name)
    if (other === undefined) {
      first.set(name, id)
      return []
    }
    const message = `${id} and ${other} are both ${name}. Give ${id} another physicalId.`
    return [{ severity: 'error', path: pointer(id, 'Behavior', 'physicalId'), message }]
  })
}

function fault(fn: LogicalId, written: Json | undefined, scenario: Scenario): string | null {
  const target = text(written)
  if (target === null) return null
  if (idsOf(INSTANCE, scenario).length === 0)
    return `There is no instance that ${fn} could find at ${target}. Draw one, or every call fails.`
  const variable = variableOf(target)
  if (variable === null) return null
  const names = listed(properties(scenario.resources[fn]!), variable)
  if (names.length === 0)
    return `${fn} has no environment variable ${variable}. Set it to ids of instances, separated by commas.`
  const unknown = names.find((name) => instanceNamed(name, scenario) === null)
  return unknown === undefined
    ? null
    : `${variable} of ${fn} names ${unknown}, and no instance has that id. The call will fail.`
}
