/** The whole document as JSON Schema draft-7, for completion and hovers in the code editor. */
import type { JsonObject } from '../model/scenario'
import type { Schema, Schemas } from '../services/schema-kit'
import { metaOf, z } from '../services/schema-kit'
import type { Kind } from '../services/service'
import { ENVELOPE } from './envelope'

const PART = { type: 'object', additionalProperties: false, properties: {} } as const

function partSchema(schema: Schema): JsonObject {
  const result = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: describe,
  }) as JsonObject
  delete result.$schema
  return result
}

/** Replaces our metadata by the words an editor shows. */
function describe({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodTypes
  jsonSchema: z.core.JSONSchema.BaseSchema
}): void {
  for (const key of [
    'help',
    'unit',
    'factRows',
    'ref',
    'group',
    'slider',
    'suggestions',
    'kind',
    'answers',
    'loose',
    'dangling',
    'whole',
  ]) {
    delete jsonSchema[key]
  }
  const meta = metaOf(zodSchema)
  if (meta.help === undefined) return
  const unit = meta.unit === undefined || meta.unit === 'count' || meta.unit === 'ratio' ? '' : ` Unit: ${meta.unit}.`
  const { minimum, maximum } = jsonSchema
  const range = minimum === undefined || maximum === undefined ? '' : ` ${minimum} to ${maximum}.`
  jsonSchema.description = `${meta.help}${unit}${range}`
  if (meta.suggestions !== undefined) jsonSchema.examples = [...meta.suggestions]
}

/** JSON Schema of the document. `kinds` give the types their descriptions. */
export function documentSchema(schemas: Schemas, kinds: { readonly [type: string]: Kind }): JsonObject {
  const types = Object.keys(schemas)
  const definitions: JsonObject = {}
  const cases = types.map((type): JsonObject => {
    const properties: JsonObject = {}
    for (const part of ['Properties', 'Behavior'] as const) {
      const schema = schemas[type]?.[part]
      const name = `${type.replaceAll('::', '.')}.${part}`
      definitions[name] = schema === undefined ? { ...PART, properties: {} } : partSchema(schema)
      properties[part] = { $ref: `#/definitions/${name}` }
    }
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    return { if: { properties: { Type: { const: type } }, required: ['Type'] }, then: { properties } }
  })
  const envelope = partSchema(ENVELOPE)
  const top = envelope.properties as JsonObject
  top.resources = {
    title: 'Resources',
    description: 'Parts of the system by logical id.',
    type: 'object',
    propertyNames: { pattern: '^[A-Za-z][A-Za-z0-9]{0,254}$' },
    additionalProperties: { $ref: '#/definitions/resource' },
  }
  definitions.resource = {
    type: 'object',
    required: ['Type'],
    additionalProperties: false,
    properties: {
      Type: {
        title: 'Type',
        description: 'Resource type.',
        enum: types,
        enumDescriptions: types.map((type) => kinds[type]?.summary ?? type),
      },
      Properties: { description: 'Properties with the names and units of CloudFormation.', type: 'object' },
      Behavior: { description: 'What only a simulation needs.', type: 'object' },
    },
    allOf: cases,
  }
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...envelope, definitions }
}
