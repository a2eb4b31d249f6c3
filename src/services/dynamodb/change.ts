import type { Json, JsonObject } from '../../model/scenario'
import { sizeOf } from './items'

export const VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const
export type View = (typeof VIEWS)[number]

/** Name and type of the attribute that holds the partition key. */
export interface KeyAttribute {
  readonly name: string
  readonly type: string
}

/**
 * What a stream says of a change, as Lambda's event has it, or null when nothing changed. SequenceNumber and ApproximateCreationDateTime are
 * not in it: they are the record's place and arrival in its shard, and equal contents share a payload.
 */
export function changeOf(
  key: string,
  before: JsonObject | null,
  after: JsonObject | null,
  view: View,
  attribute: KeyAttribute,
): { readonly body: JsonObject; readonly bytes: number } | null {
  if (same(before, after)) return null
  const Keys = { [attribute.name]: { [attribute.type]: key } }
  const imageOf = (attributes: JsonObject): JsonObject => ({ ...typed(attributes), ...Keys })
  const dynamodb: JsonObject = { Keys }
  let bytes = sizeOf(attribute.name) + sizeOf(key)
  const show = (image: 'NewImage' | 'OldImage', attributes: JsonObject | null): void => {
    if (attributes === null) return
    dynamodb[image] = imageOf(attributes)
    bytes += sizeOf(attributes) + sizeOf(attribute.name) + sizeOf(key)
  }
  if (view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES') show('NewImage', after)
  if (view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES') show('OldImage', before)
  dynamodb['SizeBytes'] = bytes
  dynamodb['StreamViewType'] = view
  return { body: { eventName: before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY', dynamodb }, bytes }
}

/** Attributes with their types, as DynamoDB's JSON has them: `{"total": {"N": "42"}}`. */
function typed(attributes: JsonObject): JsonObject {
  const found: JsonObject = {}
  for (const name in attributes) found[name] = typedValue(attributes[name]!)
  return found
}

function typedValue(value: Json): JsonObject {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value === null) return { NULL: true }
  return Array.isArray(value) ? { L: value.map(typedValue) } : { M: typed(value) }
}

/** Whether two values are the same to DynamoDB, where attributes have no order. */
function same(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => same(value, b[i]!))
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length && names.every((name) => b[name] !== undefined && same(a[name]!, b[name]))
  )
}
