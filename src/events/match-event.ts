import type { Json } from '../model/scenario'
import type { CompiledBranch, CompiledField, CompiledPattern } from './compile-pattern'
import type { Scalar } from './pattern'

/** Deeper nesting of an event is not looked into: bounded stack for hostile events. */
const MAX_DEPTH = 200

/** Combinations of array elements looked at before an event counts as not matching: bounded time for hostile events. */
const MAX_STEPS = 1_000_000
let steps = 0

/**
 * The elements of arrays that the fields matched so far come from. Fields below one array of objects must match in the
 * same element (event-ruler calls it array consistency). One stack, reused, so that matching allocates nothing.
 */
const arrays: Json[][] = []
const elements: number[] = []
let bound = 0

/**
 * Whether the event matches: all fields of one branch, any listed value for each. Values of arrays count one by one; an
 * object or an empty array is no value. Never throws; no allocation.
 */
export function matchEvent(compiled: CompiledPattern, event: Json): boolean {
  if (event === null || typeof event !== 'object' || Array.isArray(event)) return false
  for (const branch of compiled.branches) if (matchBranch(branch, event)) return true
  return false
}

export function matchBranch(branch: CompiledBranch, event: Json): boolean {
  bound = 0
  steps = 0
  const matched = matchFrom(branch, 0, event)
  for (let i = 0; i < arrays.length; i++) arrays[i] = NOTHING
  return matched
}

/** Left in the stack between calls so that it keeps no event alive. */
const NOTHING: Json[] = []

function matchFrom(branch: CompiledBranch, at: number, event: Json): boolean {
  const field = branch[at]
  if (field === undefined) return true
  if (field.acceptsAbsence && !isPresent(field, event, 0, 0)) return matchFrom(branch, at + 1, event)
  return walk(branch, at, event, event, 0, 0)
}

/** Tries every value of field `at` below `node` that agrees with the bound elements, and the fields after it. */
function walk(branch: CompiledBranch, at: number, event: Json, node: Json, step: number, depth: number): boolean {
  const field = branch[at]
  if (field === undefined || depth > MAX_DEPTH || ++steps > MAX_STEPS) return false
  if (node === null || typeof node !== 'object') {
    return step === field.keys.length && accepts(field, node) && matchFrom(branch, at + 1, event)
  }
  if (Array.isArray(node)) {
    const element = boundElement(node)
    for (let i = 0; i < node.length; i++) {
      const item = node[i]
      if (item === undefined) continue
      if (item === null || typeof item !== 'object' || element === i) {
        if (walk(branch, at, event, item, step, depth + 1)) return true
      } else if (element < 0) {
        arrays[bound] = node
        elements[bound] = i
        bound++
        const matched = walk(branch, at, event, item, step, depth + 1)
        bound--
        if (matched) return true
      }
    }
    return false
  }
  const keys = field.keys[step]
  if (keys === undefined) return false
  for (let n = 0; n < keys.length; n++) {
    const key = keys[n] ?? ''
    if (!Object.hasOwn(node, key)) continue
    const child = node[key]
    if (child !== undefined && walk(branch, at, event, child, step + n + 1, depth + 1)) return true
  }
  return false
}

/** Whether the field has any value that agrees with the bound elements. */
function isPresent(field: CompiledField, node: Json, step: number, depth: number): boolean {
  if (depth > MAX_DEPTH || ++steps > MAX_STEPS) return false
  if (node === null || typeof node !== 'object') return step === field.keys.length
  if (Array.isArray(node)) {
    const element = boundElement(node)
    for (let i = 0; i < node.length; i++) {
      const item = node[i]
      if (item === undefined) continue
      const free = item === null || typeof item !== 'object' || element < 0 || element === i
      if (free && isPresent(field, item, step, depth + 1)) return true
    }
    return false
  }
  const keys = field.keys[step]
  if (keys === undefined) return false
  for (let n = 0; n < keys.length; n++) {
    const key = keys[n] ?? ''
    if (!Object.hasOwn(node, key)) continue
    const child = node[key]
    if (child !== undefined && isPresent(field, child, step + n + 1, depth + 1)) return true
  }
  return false
}

function accepts(field: CompiledField, value: Scalar): boolean {
  for (let i = 0; i < field.tests.length; i++) if (field.tests[i]?.accepts(value) === true) return true
  return false
}

function boundElement(array: Json[]): number {
  for (let i = 0; i < bound; i++) if (arrays[i] === array) return elements[i] ?? -1
  return -1
}
