/**
 * The document and the way back: labelled transactions on immer patches.
 * Only the document is undoable; selection, viewport and the playhead live elsewhere.
 */
import { applyPatches, enablePatches, freeze, produceWithPatches } from 'immer'
import type { Draft, Patch } from 'immer'
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import { joinPatches } from './patches'
import type { PatchPair } from './patches'

enablePatches()

const HISTORY_LIMIT = 200
/** Edits with the same key, each within so many ms of the one before, are one step. */
const COALESCE_MS = 600

export interface HistoryState<T> {
  readonly document: T
  /** Labels of the steps that can be undone, the next one last. */
  readonly undoLabels: readonly string[]
  /** Labels of the steps that can be redone, the next one last. */
  readonly redoLabels: readonly string[]
  /** Label of the gesture under way. */
  readonly gesture: string | null
}

export interface Change<T> {
  readonly kind: 'edit' | 'undo' | 'redo' | 'cancel' | 'reset'
  readonly label: string
  readonly before: T
  readonly after: T
  /** From `before` to `after`. Empty for `reset`. */
  readonly patches: readonly Patch[]
}

export interface HistoryOptions {
  /** Milliseconds on any steady clock. */
  readonly now?: () => number
  readonly limit?: number
  readonly coalesceMs?: number
}

export interface History<T extends object> {
  /** For React: `useStore(history.store, selector)`. */
  readonly store: StoreApi<HistoryState<T>>
  get(): T
  /** Called after every change of the document, with patches. Returns the way to stop it. */
  subscribe(listener: (change: Change<T>) => void): () => void
  /** A step, or part of the gesture under way. `key` joins bursts (typing, arrow keys) into one step. */
  edit(label: string, recipe: (draft: Draft<T>) => void, key?: string): void
  /** Ends a burst early: the next edit is a step of its own. */
  seal(): void
  /** Opens a gesture; one still open is committed first. */
  begin(label: string): void
  /** The gesture becomes one step, or none if it ended where it began. */
  commit(): void
  /** Puts back what the gesture changed. */
  cancel(): void
  /** Undoes the last step; during a gesture that changed something, cancels it. Returns the label, if there was one. */
  undo(): string | null
  redo(): string | null
  /** Another document: nothing to undo. */
  reset(document: T): void
}

interface Step extends PatchPair {
  readonly label: string
}

const NOTHING: PatchPair = { redo: [], undo: [] }

export function createHistory<T extends object>(initial: T, options: HistoryOptions = {}): History<T> {
  const now = options.now ?? (() => performance.now())
  const limit = options.limit ?? HISTORY_LIMIT
  const coalesceMs = options.coalesceMs ?? COALESCE_MS
  const listeners = new Set<(change: Change<T>) => void>()
  let document = freeze(initial, true)
  let past: readonly Step[] = []
  let future: readonly Step[] = []
  let gesture: (Step & { readonly before: T }) | null = null
  let burst: { readonly key: string; readonly until: number } | null = null

  const state = (): HistoryState<T> => ({
    document,
    undoLabels: past.map((step) => step.label),
    redoLabels: future.map((step) => step.label),
    gesture: gesture === null ? null : gesture.label,
  })
  const store = createStore<HistoryState<T>>(state)
  const publish = () => store.setState(state(), true)

  function move(kind: Change<T>['kind'], label: string, after: T, patches: readonly Patch[]): void {
    const before = document
    document = after
    publish()
    for (const listener of listeners) listener({ kind, label, before, after, patches })
  }

  function push(step: Step): void {
    past = [...past, step].slice(-limit)
    future = []
  }

  function edit(label: string, recipe: (draft: Draft<T>) => void, key?: string): void {
    const [after, redo, undo] = produceWithPatches(document, (draft) => {
      recipe(draft)
    })
    if (redo.length === 0) return
    const last = past.at(-1)
    if (gesture !== null) {
      gesture = { ...gesture, ...joinPatches(gesture, { redo, undo }) }
    } else if (last !== undefined && key !== undefined && burst?.key === key && now() < burst.until) {
      past = [...past.slice(0, -1), { label: last.label, ...joinPatches(last, { redo, undo }) }]
    } else {
      push({ label, redo, undo })
    }
    burst = key === undefined || gesture !== null ? null : { key, until: now() + coalesceMs }
    move('edit', label, after, redo)
  }

  function commit(): void {
    if (gesture === null) return
    const { before, label, redo, undo } = gesture
    gesture = null
    burst = null
    if (redo.length === 0) return publish()
    if (JSON.stringify(before) === JSON.stringify(document)) return move('cancel', label, before, undo)
    push({ label, redo, undo })
    publish()
  }

  function cancel(): void {
    if (gesture === null) return
    const { before, label, undo } = gesture
    gesture = null
    burst = null
    if (undo.length === 0) return publish()
    move('cancel', label, before, undo)
  }

  return {
    store,
    get: () => document,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    edit,
    seal() {
      burst = null
    },
    begin(label) {
      commit()
      burst = null
      gesture = { label, before: document, ...NOTHING }
      publish()
    },
    commit,
    cancel,
    undo() {
      if (gesture !== null && gesture.redo.length > 0) {
        const { label } = gesture
        cancel()
        return label
      }
      commit()
      const step = past.at(-1)
      if (step === undefined) return null
      past = past.slice(0, -1)
      future = [...future, step]
      burst = null
      move('undo', step.label, applyPatches(document, step.undo), step.undo)
      return step.label
    },
    redo() {
      commit()
      const step = future.at(-1)
      if (step === undefined) return null
      future = future.slice(0, -1)
      past = [...past, step]
      burst = null
      move('redo', step.label, applyPatches(document, step.redo), step.redo)
      return step.label
    },
    reset(next) {
      past = []
      future = []
      gesture = null
      burst = null
      move('reset', '', freeze(next, true), [])
    },
  }
}
