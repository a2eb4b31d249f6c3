/** The network of a CloudFormation or SAM template, for questions about reachability. */
import { isObject } from '../../model/json'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { LOGICAL_ID } from '../../model/scenario'
import { KINDS } from '../../services/kinds'
import { evaluator, TemplateRefusal } from './intrinsics'
import { readTemplate } from './read'

export { isTemplate } from './read'

const MAX_RESOURCES = 2_000
const SAM_FUNCTION = 'AWS::Serverless::Function'

/**
 * Resources of a template with references as logical ids. Parameters count with their defaults. `notes` gets what was left out; `refuse` is
 * called with one sentence for what is no template.
 */
export function networkOfTemplate(
  given: unknown,
  name: string,
  notes: (note: string) => void,
  refuse: (message: string) => never,
): Scenario {
  try {
    return scenarioOf(readTemplate(given), name, notes)
  } catch (error) {
    if (error instanceof TemplateRefusal) return refuse(`${name}: ${error.message}`)
    throw error
  }
}

function scenarioOf(template: JsonObject, name: string, notes: (note: string) => void): Scenario {
  const part = (key: string): JsonObject => (isObject(template[key]) ? template[key] : {})
  const listed = part('Resources')
  if (Object.keys(listed).length > MAX_RESOURCES)
    throw new TemplateRefusal(`It has ${Object.keys(listed).length} resources. The most is ${MAX_RESOURCES}.`)
  const { value, holds } = evaluator({
    resources: listed,
    parameters: part('Parameters'),
    mappings: part('Mappings'),
    conditions: part('Conditions'),
    region: 'us-east-1',
  })
  const resources: { [id: string]: Resource } = {}
  for (const [id, resource] of Object.entries(listed)) {
    if (!isObject(resource) || typeof resource['Type'] !== 'string' || !LOGICAL_ID.test(id)) {
      notes(`${id.slice(0, 80)} has no type and was left out.`)
      continue
    }
    const condition = resource['Condition']
    if (typeof condition === 'string' && !holds(condition)) continue
    const type = resource['Type'] === SAM_FUNCTION ? 'AWS::Lambda::Function' : resource['Type']
    if (!Object.hasOwn(KINDS, type)) {
      notes(`${id}: ${type.slice(0, 128)} is not understood and was left out.`)
      continue
    }
    const properties = value(resource['Properties'] ?? {})
    resources[id] = { Type: type, Properties: isObject(properties) ? properties : {} }
  }
  return { coldstart: 1, name: name.slice(0, 200), profile: 'teaching', seed: 1, duration: 60, resources }
}
