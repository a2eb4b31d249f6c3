/**
 * The gate bound to the services of this program. Main thread and CLI only: the worker has no zod.
 * What reads or writes text is in `text.ts`, apart, because YAML is only loaded where there is text.
 */
import type { JsonObject, LogicalId, Scenario } from '../model/scenario'
import { KINDS } from '../services/kinds'
import { SCHEMAS } from '../services/schemas'
import type { Field } from './field'
import { partFields } from './fields'
import type { Gated } from './gate'
import { gateValue } from './gate'
import { documentSchema } from './json-schema'
import * as refs from './references'
import { REGISTRY } from './bound'
import { removeResources as remove } from './remove'
import type { Removal } from './remove'
import { renameResource as rename } from './rename'

export type { Field, FieldKind, Variant } from './field'
export { childField, variantOf } from './field'
export { applyFix } from './fix'
export type { Gated, Passed, Refused } from './gate'
export { parsePointer, pointer, valueAt } from './pointer'
export type { Reference } from './references'
export type { Removal } from './remove'

/** A value from a link, storage or the editor's own document to a checked document. */
export const gateJson = (value: unknown): Gated => gateValue(value, REGISTRY)

/** Which resource names which. */
export const references = (scenario: Scenario): refs.Reference[] => refs.references(scenario, SCHEMAS)
/** Ids of the resources that name `id`. */
export const dependents = (scenario: Scenario, id: LogicalId): LogicalId[] => refs.dependents(scenario, id, SCHEMAS)
/** The document with a resource under a new id everywhere. Throws RangeError when the new id is taken or malformed. */
export const renameResource = (scenario: Scenario, from: LogicalId, to: LogicalId): Scenario =>
  rename(scenario, from, to, SCHEMAS)
/** The document without some resources and what belongs to them. */
export const removeResources = (scenario: Scenario, ids: readonly LogicalId[]): Removal =>
  remove(scenario, ids, REGISTRY)

/** What a form for one part of a resource type shows, in order; empty when the type has no such part. */
export const fields = (type: string, part: 'Properties' | 'Behavior'): readonly Field[] =>
  partFields(Object.hasOwn(SCHEMAS, type) ? SCHEMAS[type] : undefined, part)

/** JSON Schema draft-7 of a whole document. */
export const jsonSchema = (): JsonObject => documentSchema(SCHEMAS, KINDS)
