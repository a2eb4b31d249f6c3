/** Turns an untrusted value into plain JSON that is safe to walk, or says where it is none. */
import type { Json, JsonObject } from '../model/scenario'
import { MAX_DEPTH, MAX_TEXT, MAX_VALUES } from './limits'
import { pointer } from './pointer'
import type { Problem } from '../services/service'

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export type PlainJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: Problem }

class Refused extends Error {
  readonly path: readonly (string | number)[]
  constructor(path: readonly (string | number)[], message: string) {
    super(message)
    this.path = path
  }
}

/**
 * A deep copy of JSON. Refuses prototype keys, cycles, depth beyond 64, more than 400,000 values or 2,000,000
 * characters, numbers that are not finite, and what JSON has no word for. Never throws.
 */
export function plainJson(input: unknown): PlainJson {
  const path: (string | number)[] = []
  const open = new Set<object>()
  let values = 0
  let characters = 0

  const refuse = (message: string): never => {
    throw new Refused([...path], message)
  }
  const characterCount = (text: string): string => {
    characters += text.length
    if (characters > MAX_TEXT) refuse(`The document holds more than ${MAX_TEXT} characters of text.`)
    return text
  }

  function copy(value: unknown): Json {
    if (++values > MAX_VALUES) refuse(`The document has more than ${MAX_VALUES} values.`)
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'string') return characterCount(value)
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) refuse('This is not a finite number. The largest is about 1.8e308.')
      return value === 0 ? 0 : value
    }
    if (typeof value !== 'object') return refuse(`JSON has no ${typeof value}. Leave it out.`)
    if (path.length >= MAX_DEPTH) refuse(`The document is nested deeper than ${MAX_DEPTH} levels.`)
    if (open.has(value)) refuse('This value contains itself.')
    open.add(value)
    const result = Array.isArray(value) ? copyList(value) : copyObject(value)
    open.delete(value)
    return result
  }

  function copyList(list: readonly unknown[]): Json[] {
    if (list.length > MAX_VALUES) refuse(`The document has more than ${MAX_VALUES} values.`)
    const result: Json[] = []
    for (let i = 0; i < list.length; i++) {
      path.push(i)
      result.push(copy(list[i]))
      path.pop()
    }
    return result
  }

  function copyObject(object: object): JsonObject {
    const prototype: unknown = Object.getPrototypeOf(object)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) refuse('This is not a plain object.')
    const result: JsonObject = {}
    for (const [key, item] of Object.entries(object)) {
      path.push(key)
      if (FORBIDDEN.has(key)) refuse(`${key} is not allowed as a name. Rename it.`)
      result[characterCount(key)] = copy(item)
      path.pop()
    }
    return result
  }

  try {
    return { ok: true, value: copy(input) }
  } catch (error) {
    const message = error instanceof Refused ? error.message : 'The document could not be read.'
    return {
      ok: false,
      problem: { severity: 'error', path: pointer(error instanceof Refused ? error.path : path), message },
    }
  }
}
