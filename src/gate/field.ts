/** What a property is, free of zod: forms, messages and the walk over references read this. */
import type { About } from '../services/schema-kit'

export type FieldKind =
  | 'integer'
  | 'number'
  | 'boolean'
  | 'string'
  | 'enum'
  | 'ref'
  | 'refs'
  | 'duration'
  | 'object'
  | 'list'
  /** One of several shapes, told apart by `variants[].name`. */
  | 'variant'
  /** Free names to values of `item`. */
  | 'map'
  /** One text or a list of texts. */
  | 'strings'
  | 'json'

export interface Field extends About {
  /** Property name; empty for items of lists. */
  readonly name: string
  readonly kind: FieldKind
  /** Must be written: there is no default. */
  readonly required: boolean
  readonly group: 'basic' | 'advanced'
  readonly factRows: readonly string[]
  /** Used when the property is absent. */
  readonly default?: unknown
  /** Numbers: legal range. Lists: how many items. Texts: `max` characters. */
  readonly min?: number
  readonly max?: number
  /** Source of a regular expression a text must match. */
  readonly pattern?: string
  /** enum: the values. */
  readonly values?: readonly (string | number | boolean)[]
  /** ref, refs: types the target may have; empty: any. */
  readonly types?: readonly string[]
  /** ref: sibling property holding the action the target must answer. */
  readonly answers?: string
  /** ref: the text may be something that is no reference. */
  readonly loose?: boolean
  readonly dangling?: 'blackhole'
  readonly whole?: boolean
  /** object: its properties. */
  readonly fields?: readonly Field[]
  /** list, refs, map, strings: one item. */
  readonly item?: Field
  /** variant, duration, strings: the shapes, in the order of the schema. */
  readonly variants?: readonly Variant[]
  /** variant: property that names the shape; absent: the shape is the one whose `name` is a key of the value. */
  readonly discriminator?: string
}

export interface Variant {
  /** Value of the discriminator, or the key that only this shape has; empty for a shape that is no object. */
  readonly name: string
  readonly title: string
  readonly help: string
  /** The whole shape. */
  readonly field: Field
}

/** The variant a value is of, or tries to be. */
export function variantOf(field: Field, value: unknown): Variant | undefined {
  const variants = field.variants ?? []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return variants.find((variant) => variant.name === '' && (variant.field.kind === 'list') === Array.isArray(value))
  }
  if (field.discriminator !== undefined) {
    const name: unknown = Object.entries(value).find(([key]) => key === field.discriminator)?.[1]
    return variants.find((variant) => variant.name === name)
  }
  return variants.find((variant) => variant.name !== '' && Object.hasOwn(value, variant.name))
}

/** The field of one part of a value: a property, an item, or undefined where the schema knows none. */
export function childField(field: Field, value: unknown, part: string | number): Field | undefined {
  if (field.variants !== undefined) {
    const variant = variantOf(field, value)
    return variant === undefined ? undefined : childField(variant.field, value, part)
  }
  if (field.fields !== undefined) return field.fields.find((child) => child.name === part)
  return field.item
}
