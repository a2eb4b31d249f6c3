/** Edits of the document as JSON patches. */
import type { Json, LogicalId, Resource, Scenario } from '../../model/scenario'
import type { Patch } from './types'

export type Path = readonly (string | number)[]

export const pointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** The value at a path; undefined where there is none. */
export function valueAt(document: unknown, path: Path): unknown {
  let at: unknown = document
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as { [key: string | number]: unknown })[part]
  }
  return at
}

/** Sets a value, making the objects on the way; `undefined` removes it. Empty when nothing changes. */
export function setPatches(document: unknown, path: Path, value: Json | undefined): Patch[] {
  const before = valueAt(document, path)
  if (value === undefined) return before === undefined ? [] : [{ op: 'remove', path: pointer(path) }]
  if (before !== undefined) return same(before, value) ? [] : [{ op: 'replace', path: pointer(path), value }]
  let depth = path.length - 1
  while (depth > 0 && valueAt(document, path.slice(0, depth)) === undefined) depth--
  let made: Json = value
  for (const part of path.slice(depth + 1).reverse()) made = { [part]: made }
  return [{ op: 'add', path: pointer(path.slice(0, depth + 1)), value: made }]
}

/** What a connector wrote, as patches: changed and new resources, null deletes. */
export function resourcePatches(scenario: Scenario, changes: { readonly [id: LogicalId]: Resource | null }): Patch[] {
  return Object.entries(changes).flatMap(([id, resource]): Patch[] => {
    const path = pointer(['resources', id])
    const there = Object.hasOwn(scenario.resources, id)
    if (resource === null) return there ? [{ op: 'remove', path }] : []
    if (there && same(scenario.resources[id], resource)) return []
    return [{ op: there ? 'replace' : 'add', path, value: resource }]
  })
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
