/** Joining the patches of one burst or gesture into those of a single step. */
import type { Patch } from 'immer'

export interface PatchPair {
  readonly redo: readonly Patch[]
  /** In the order in which they undo. */
  readonly undo: readonly Patch[]
}

function onlyReplaces(patches: readonly Patch[]): boolean {
  return patches.every((patch) => patch.op === 'replace')
}

function sortedPaths(patches: readonly Patch[]): string[] {
  return patches.map((patch) => JSON.stringify(patch.path)).sort()
}

function samePaths(a: readonly Patch[], b: readonly Patch[]): boolean {
  const left = sortedPaths(a)
  const right = sortedPaths(b)
  return left.length === right.length && left.every((path, i) => path === right[i])
}

/**
 * `first`, then `next`, as one step. A drag writes the same few values hundreds of times: where both only replace the
 * same places, the last values win and the first ones are kept for undo.
 */
export function joinPatches(first: PatchPair, next: PatchPair): PatchPair {
  const tail = first.redo.slice(-next.redo.length)
  const head = first.undo.slice(0, next.undo.length)
  const overwrites =
    onlyReplaces([...tail, ...head, ...next.redo, ...next.undo]) &&
    samePaths(tail, next.redo) &&
    samePaths(head, next.undo)
  if (overwrites) return { redo: [...first.redo.slice(0, -next.redo.length), ...next.redo], undo: first.undo }
  return { redo: [...first.redo, ...next.redo], undo: [...next.undo, ...first.undo] }
}
