/** Reading JSON that may hold anything. */
import type { JsonObject } from './scenario'

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object itself; an empty one for anything else. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {})
