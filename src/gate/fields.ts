/** Derives fields from zod schemas. The only place that looks inside zod's definitions. */
import type { PropertyMeta, Schema, TypeSchema } from '../services/schema-kit'
import { metaOf, z } from '../services/schema-kit'
import type { Field, Variant } from './field'

type Inner = z.core.$ZodTypes

interface Unwrapped {
  readonly schema: Inner
  readonly meta: PropertyMeta
  readonly required: boolean
  readonly default?: unknown
}

/** Looks through optional and default wrappers; the innermost description counts least. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  let inner = schema as Inner
  let meta = metaOf(inner)
  let required = true
  let fallback: { default?: unknown } = {}
  for (;;) {
    const { def } = inner._zod
    if (def.type !== 'optional' && def.type !== 'default' && def.type !== 'prefault') break
    required = false
    if (def.type !== 'optional' && !('default' in fallback)) fallback = { default: def.defaultValue }
    inner = def.innerType as Inner
    meta = { ...metaOf(inner), ...meta }
  }
  return { schema: inner, meta, required, ...fallback }
}

/** The field a schema describes. `name` is the property's; empty for items. */
export function fieldOf(schema: z.core.$ZodType, name = ''): Field {
  const { schema: inner, meta, ...rest } = unwrap(schema)
  const { kind, ref, title, help, group, factRows, ...about } = meta
  const shape = shapeOf(inner)
  return {
    name,
    title: title ?? name,
    help: help ?? '',
    group: group ?? 'basic',
    factRows: factRows ?? [],
    ...about,
    ...shape,
    ...rest,
    kind: kind ?? shape.kind,
    ...(ref === undefined ? {} : { types: ref }),
  }
}

type Shape = Pick<
  Field,
  'kind' | 'min' | 'max' | 'pattern' | 'values' | 'fields' | 'item' | 'variants' | 'discriminator'
>

function shapeOf(schema: Inner): Shape {
  const { def } = schema._zod
  const limits = limitsOf(def.checks ?? [])
  switch (def.type) {
    case 'number':
      return { kind: limits.whole ? 'integer' : 'number', ...limits.range }
    case 'string':
      return { kind: 'string', ...limits.range, ...limits.form }
    case 'boolean':
      return { kind: 'boolean' }
    case 'enum':
      return { kind: 'enum', values: Object.values(def.entries) }
    case 'literal':
      return {
        kind: 'enum',
        values: def.values.filter((value) => typeof value !== 'bigint' && value !== null && value !== undefined),
      }
    case 'object':
      return { kind: 'object', fields: Object.entries(def.shape).map(([name, child]) => fieldOf(child, name)) }
    case 'array':
      return { kind: 'list', item: fieldOf(def.element), ...limits.range }
    case 'tuple':
      return { kind: 'list', item: fieldOf(def.items[0] ?? z.unknown()), min: def.items.length, max: def.items.length }
    case 'record':
      return { kind: 'map', item: fieldOf(def.valueType) }
    case 'union':
      return unionShape(
        def.options,
        'discriminator' in def && typeof def.discriminator === 'string' ? def.discriminator : undefined,
      )
    default:
      return { kind: 'json' }
  }
}

interface Limits {
  readonly whole: boolean
  readonly range: { min?: number; max?: number }
  readonly form: { pattern?: string }
}

/** What the checks of a number, text or list allow. */
function limitsOf(checks: readonly z.core.$ZodCheck[]): Limits {
  const range: { min?: number; max?: number } = {}
  const form: { pattern?: string } = {}
  let whole = false
  for (const check of checks) {
    const def = check._zod.def as z.core.$ZodChecks['_zod']['def']
    if (def.check === 'greater_than') range.min = Number(def.value)
    else if (def.check === 'less_than') range.max = Number(def.value)
    else if (def.check === 'min_length') range.min = def.minimum
    else if (def.check === 'max_length') range.max = def.maximum
    else if (def.check === 'number_format') whole = def.format === 'safeint'
    else if (def.check === 'string_format' && def.pattern instanceof RegExp) form.pattern = def.pattern.source
  }
  return { whole, range, form }
}

function unionShape(options: readonly z.core.$ZodType[], discriminator: string | undefined): Shape {
  const variants = options.map((option): Variant => {
    const field = fieldOf(option)
    const named =
      discriminator === undefined
        ? field.fields?.[0]?.name
        : field.fields?.find((child) => child.name === discriminator)?.values?.[0]
    return { name: String(named ?? ''), title: field.title, help: field.help, field }
  })
  return { kind: 'variant', variants, ...(discriminator === undefined ? {} : { discriminator }) }
}

const cache = new WeakMap<Schema, Field>()

/** The fields of `Properties` or `Behavior` as one object field, derived once per schema. */
export function rootField(schema: Schema, name: string): Field {
  const known = cache.get(schema)
  if (known !== undefined) return known
  const field = fieldOf(schema, name)
  cache.set(schema, field)
  return field
}

/** The fields of one part of a resource type, in the order of the schema; empty when the type has none. */
export function partFields(type: TypeSchema | undefined, part: 'Properties' | 'Behavior'): readonly Field[] {
  const schema = type?.[part]
  return schema === undefined ? [] : (rootField(schema, part).fields ?? [])
}
