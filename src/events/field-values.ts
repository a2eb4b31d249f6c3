import type { Json } from '../model/scenario'
import type { CompiledField } from './compile-pattern'
import type { Scalar } from './pattern'

const MAX_DEPTH = 200

/** All values an event has at a field's path, arrays taken apart. Objects and empty arrays hold none. */
export function fieldValues(field: CompiledField, event: Json): Scalar[] {
  const values: Scalar[] = []
  collect(field, event, 0, 0, values)
  return values
}

function collect(field: CompiledField, node: Json, step: number, depth: number, values: Scalar[]): void {
  if (depth > MAX_DEPTH) return
  if (node === null || typeof node !== 'object') {
    if (step === field.keys.length) values.push(node)
    return
  }
  if (Array.isArray(node)) {
    for (const item of node) if (item !== undefined) collect(field, item, step, depth + 1, values)
    return
  }
  const keys = field.keys[step] ?? []
  for (const [n, key] of keys.entries()) {
    const child = Object.hasOwn(node, key) ? node[key] : undefined
    if (child !== undefined) collect(field, child, step + n + 1, depth + 1, values)
  }
}
