/** EC2 instances that a step finds by a name that stands in the event or in an environment variable, as code does (`event['detail']['instance-id']`). */
import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import { object, properties, text } from '../network/read'
import { idsOf } from './edit'

export const INSTANCE = 'AWS::EC2::Instance'

/** The id AWS knows an instance by, which its events carry: the one its Behavior names, else the logical one. */
export const instanceId = (id: LogicalId, scenario: Scenario): string =>
  text(object(scenario.resources[id]?.Behavior)['physicalId']) ?? id

/** The instance of that id, or of that logical id; null when there is none. */
export function instanceNamed(name: string, scenario: Scenario): LogicalId | null {
  const ids = idsOf(INSTANCE, scenario)
  return ids.find((id) => instanceId(id, scenario) === name) ?? ids.find((id) => id === name) ?? null
}

/** Names an environment variable of a function with these properties lists, separated by commas. */
export function listed({ Environment }: JsonObject, variable: string): string[] {
  const variables = object(object(Environment)['Variables'])
  return (text(variables[variable]) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Name of the environment variable a `target` reads, null when it is a path in the event. */
export const variableOf = (target: string): string | null => (target.startsWith('$.') ? null : target.slice(1))

/** What stands at `$.detail.instance-id` in the event, when it is a text. */
export function namedIn(event: JsonObject, path: string): string | null {
  let value: Json | undefined = event
  for (const key of path.split('.').slice(1)) value = object(value)[key]
  return text(value)
}

/** Instances a step with this `target` may act on: those its variable lists, or all, because any event may come. */
export function possibleTargets(fn: Resource, target: string, scenario: Scenario): LogicalId[] {
  const variable = variableOf(target)
  if (variable === null) return idsOf(INSTANCE, scenario)
  return listed(properties(fn), variable).flatMap((name) => instanceNamed(name, scenario) ?? [])
}
