/** Which resource names which: a walk over property values along the schema's metadata. */
import type { Json, LogicalId, Resource, Scenario } from '../model/scenario'
import type { Schemas } from '../services/schema-kit'
import type { Field } from './field'
import { childField } from './field'
import { rootField } from './fields'
import type { Path } from './pointer'
import { pointer, valueAt } from './pointer'

export interface Reference {
  readonly from: LogicalId
  /** JSON pointer into the document. */
  readonly path: string
  readonly to: string
  /** Types the target may have; empty: any. */
  readonly types: readonly string[]
}

/** A reference with what the checks need beside it. */
export interface FoundReference extends Reference {
  readonly field: Field
  /** The object the reference stands in. */
  readonly parent: Json | undefined
}

const PARTS = ['Properties', 'Behavior'] as const

/** The part of a loose text that may be a logical id: `Orders` of `Orders/index/ByDate`. */
export function looseId(text: string): string | undefined {
  return /^[A-Za-z][A-Za-z0-9]{0,254}(?=$|\/)/.exec(text)?.[0]
}

/** The field of `Properties` or `Behavior` of a type, undefined when it has none. */
export function partField(schemas: Schemas, type: string, part: (typeof PARTS)[number]): Field | undefined {
  const schema = Object.hasOwn(schemas, type) ? schemas[type]?.[part] : undefined
  return schema === undefined ? undefined : rootField(schema, part)
}

function walk(
  field: Field,
  value: Json,
  parent: Json | undefined,
  path: Path,
  visit: (field: Field, id: string, parent: Json | undefined, path: Path) => void,
): void {
  if (typeof value === 'string') {
    const item = field.kind === 'strings' ? field.variants?.[0]?.field : field
    if (item?.kind === 'ref') visit(item, value, parent, path)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : Object.entries(value)
  for (const [key, child] of entries) {
    const childOf = childField(field, value, key)
    if (childOf !== undefined) walk(childOf, child, value, [...path, key], visit)
  }
}

/** References one resource holds, loose ones as far as the target exists. */
export function referencesOf(
  id: LogicalId,
  resource: Resource,
  scenario: Scenario,
  schemas: Schemas,
): FoundReference[] {
  const found: FoundReference[] = []
  for (const part of PARTS) {
    const field = partField(schemas, resource.Type, part)
    const value = resource[part]
    if (field === undefined || value === undefined) continue
    walk(field, value, value, ['resources', id, part], (at, text, parent, path) => {
      const to = at.loose === true ? looseId(text) : text
      if (to === undefined || (at.loose === true && !Object.hasOwn(scenario.resources, to))) return
      found.push({ from: id, path: pointer(path), to, types: at.types ?? [], field: at, parent })
    })
  }
  return found
}

/** Every reference of the document, in document order. */
export function references(scenario: Scenario, schemas: Schemas): FoundReference[] {
  return Object.entries(scenario.resources).flatMap(([id, resource]) => referencesOf(id, resource, scenario, schemas))
}

/** Ids of the resources that name `id`, in document order. */
export function dependents(scenario: Scenario, id: LogicalId, schemas: Schemas): LogicalId[] {
  const naming = references(scenario, schemas).filter((reference) => reference.to === id && reference.from !== id)
  return [...new Set(naming.map((reference) => reference.from))]
}

/** The action a reference is called with, from its sibling property. */
export function actionOf(reference: FoundReference): string | undefined {
  const { answers } = reference.field
  const action = answers === undefined ? undefined : valueAt(reference.parent, [answers])
  return typeof action === 'string' ? action : undefined
}
