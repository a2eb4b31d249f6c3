/** Applies the remedy of a problem. */
import type { Json } from '../model/scenario'
import type { Fix } from '../services/service'
import { parsePointer } from './pointer'

/**
 * A copy of the document with the fix applied. Forgiving where the document has only defaults: `replace` of what is not
 * written adds it, missing parents are made, `remove` of what is not there does nothing.
 */
export function applyFix<T>(document: T, fix: Fix): T {
  let result = structuredClone(document) as unknown as Json
  for (const patch of fix.patches) {
    const path = parsePointer(patch.path)
    if (path.some((part) => part === '__proto__' || part === 'constructor' || part === 'prototype')) continue
    result =
      patch.op === 'remove'
        ? removeAt(result, path)
        : setAt(result, path, (patch.value ?? null) as Json, patch.op === 'add')
  }
  return result as unknown as T
}

function setAt(value: Json | undefined, path: readonly string[], to: Json, insert: boolean): Json {
  const [key, ...rest] = path
  if (key === undefined) return to
  if (Array.isArray(value)) {
    const index = key === '-' ? value.length : Number(key)
    if (rest.length === 0 && insert) return value.toSpliced(index, 0, to)
    return value.map((item, i) => (i === index ? setAt(item, rest, to, insert) : item))
  }
  const object = typeof value === 'object' && value !== null ? value : {}
  return { ...object, [key]: setAt(Object.hasOwn(object, key) ? object[key] : undefined, rest, to, insert) }
}

function removeAt(value: Json, path: readonly string[]): Json {
  const [key, ...rest] = path
  if (key === undefined || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const index = Number(key)
    if (rest.length === 0) return value.filter((_, i) => i !== index)
    return value.map((item, i) => (i === index ? removeAt(item, rest) : item))
  }
  const child = Object.hasOwn(value, key) ? value[key] : undefined
  if (child === undefined) return value
  if (rest.length > 0) return { ...value, [key]: removeAt(child, rest) }
  const { [key]: _, ...others } = value
  return others
}
