/** Small changes to a document, as connectors write them. Nothing here mutates. */
import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'

/** `stem`, or the first of `stem2`, `stem3`, ... that is not taken. */
export function freeId(stem: string, taken: (id: string) => boolean): LogicalId {
  if (!taken(stem)) return stem
  let number = 2
  while (taken(stem + number)) number++
  return stem + number
}

export function taken(scenario: Scenario): (id: string) => boolean {
  return (id) => Object.hasOwn(scenario.resources, id)
}

/** Logical ids of all resources of a type, in document order. */
export function idsOf(type: string, scenario: Scenario): LogicalId[] {
  return Object.keys(scenario.resources).filter((id) => scenario.resources[id]!.Type === type)
}

export function typeOf(id: LogicalId | null, scenario: Scenario): string | null {
  return id !== null && Object.hasOwn(scenario.resources, id) ? scenario.resources[id]!.Type : null
}

/** The resource with properties changed; `undefined` removes one. */
export function withProperties(resource: Resource, changes: { [name: string]: Json | undefined }): Resource {
  const properties: JsonObject = {}
  for (const [name, value] of Object.entries({ ...resource.Properties, ...changes })) {
    if (value !== undefined) properties[name] = value
  }
  return { ...resource, Properties: properties }
}

/** JSON pointer of a property: `/resources/Orders/Properties/VisibilityTimeout`. */
export function pointer(id: LogicalId, ...path: (string | number)[]): string {
  return ['', 'resources', id, ...path].map((part) => String(part).replace(/~/g, '~0').replace(/\//g, '~1')).join('/')
}
