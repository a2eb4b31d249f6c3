/** JSON Patch (RFC 6902: add, replace, remove) on a document, as fixes of problems and the inspector's edits write it. */
import { produce } from 'immer'
import type { Scenario } from '../../model/scenario'
import type { Fix } from '../../services/service'

export type Patch = Fix['patches'][number]

/** The patches no longer fit the document; the message names the path. */
export class PatchError extends Error {}

/** The document with the patches applied, in order; the one given stays as it is. Throws `PatchError` when a path leads nowhere. */
export function applyPatches(scenario: Scenario, patches: readonly Patch[]): Scenario {
  return produce(scenario, (draft) => patchInto(draft, patches))
}

/** Writes the patches into a draft (or any plain object). Throws `PatchError` when a path leads nowhere. */
function patchInto(document: object, patches: readonly Patch[]): void {
  for (const patch of patches) applyOne(document, patch)
}

/** The patches as a recipe for the document's history: `history.edit(label, patchRecipe(patches), key)`. */
export const patchRecipe =
  (patches: readonly Patch[]) =>
  (draft: object): void =>
    patchInto(draft, patches)

function applyOne(document: object, patch: Patch): void {
  const keys = patch.path.split('/').slice(1).map(unescape)
  const last = keys.pop()
  if (last === undefined || !patch.path.startsWith('/'))
    throw new PatchError(`${patch.path || 'The root'} cannot be patched.`)
  let at: unknown = document
  for (const key of keys) at = child(at, key, patch)
  if (Array.isArray(at)) patchList(at, last, patch)
  else if (isRecord(at)) patchObject(at, last, patch)
  else throw nowhere(patch)
}

function patchObject(object: Record<string, unknown>, key: string, patch: Patch): void {
  if (FORBIDDEN.has(key)) throw nowhere(patch)
  if (patch.op !== 'add' && !Object.hasOwn(object, key)) throw nowhere(patch)
  if (patch.op === 'remove') delete object[key]
  else object[key] = structuredCloneOf(patch.value)
}

function patchList(list: unknown[], key: string, patch: Patch): void {
  if (patch.op === 'add') {
    const index = key === '-' ? list.length : indexOf(key, list.length, patch)
    list.splice(index, 0, structuredCloneOf(patch.value))
    return
  }
  const index = indexOf(key, list.length - 1, patch)
  if (patch.op === 'remove') list.splice(index, 1)
  else list[index] = structuredCloneOf(patch.value)
}

function child(at: unknown, key: string, patch: Patch): unknown {
  if (Array.isArray(at)) return at[indexOf(key, at.length - 1, patch)] as unknown
  if (isRecord(at) && Object.hasOwn(at, key)) return at[key]
  throw nowhere(patch)
}

function indexOf(key: string, most: number, patch: Patch): number {
  const index = /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1
  if (index < 0 || index > most) throw nowhere(patch)
  return index
}

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const nowhere = (patch: Patch): PatchError => new PatchError(`${patch.path} leads nowhere in this document.`)
const unescape = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~')

/** Patches are reused (undo, the same fix twice), so what they hold never becomes part of a document that is edited later. */
const structuredCloneOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value
