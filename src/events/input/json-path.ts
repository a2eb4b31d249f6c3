import type { Json } from '../../model/scenario'

/** Steps of a path into an event: names and indices. */
export type JsonPath = readonly (string | number)[]

/** No path is longer (EB-13). */
const MOST_CHARACTERS = 256
const STEP = /\.([^.[\]\s'"]+)|\[(\d{1,6})\]|\['([^']+)'\]|\["([^"]+)"\]/y

/** Reads `$.detail.items[0]`; null for what is no such path. Filters and wildcards of JSONPath are not EventBridge's. */
export function parseJsonPath(text: string): JsonPath | null {
  if (!text.startsWith('$') || text.length > MOST_CHARACTERS) return null
  const steps: (string | number)[] = []
  STEP.lastIndex = 1
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text)
    if (found === null) return null
    const [, name, index, single, double] = found
    steps.push(index === undefined ? (name ?? single ?? double)! : Number(index))
  }
  return steps
}

/** What a path leads to, undefined when it leads nowhere. */
export function valueAt(value: Json, path: JsonPath): Json | undefined {
  let at: Json | undefined = value
  for (const step of path) {
    if (at === null || typeof at !== 'object') return undefined
    if (Array.isArray(at)) at = typeof step === 'number' ? (at as readonly Json[])[step] : undefined
    else at = Object.hasOwn(at, step) ? at[String(step)] : undefined
  }
  return at
}
