import type { Json, JsonObject } from '../../model/scenario'
import { object, text } from '../../network/read'

/**
 * What a payload asks of a table: `{ key?, set?, add?, item?, $once? }`. A body without set, add and item is the item itself.
 */
export interface Operation {
  readonly key: string | null
  readonly item: JsonObject | null
  readonly set: JsonObject
  readonly add: { readonly [attribute: string]: number }
  /** Carries an idempotency key: done once for an event and a key (INV-8). */
  readonly once: boolean
}

export function operationOf(body: JsonObject): Operation {
  const { key, item, set, add, $once, ...rest } = body
  const spelled = item !== undefined || set !== undefined || add !== undefined
  const numbers: { [attribute: string]: number } = {}
  for (const [name, value] of Object.entries(object(add))) if (typeof value === 'number') numbers[name] = value
  return {
    key: typeof key === 'number' ? String(key) : text(key),
    item: item !== undefined ? object(item) : spelled ? null : rest,
    set: object(set),
    add: numbers,
    once: $once === true,
  }
}

/** Attributes after a PutItem: the whole item is replaced. */
export function putItem({ item, set, add }: Operation): JsonObject {
  return { ...item, ...set, ...add }
}

/** Attributes after an UpdateItem: SET replaces attributes, ADD adds to numbers (absent counts as 0). */
export function updateItem(before: JsonObject | null, { item, set, add }: Operation): JsonObject {
  const after: { [name: string]: Json } = { ...before, ...item, ...set }
  for (const name in add) {
    const value = after[name]
    after[name] = (typeof value === 'number' ? value : 0) + add[name]!
  }
  return after
}
