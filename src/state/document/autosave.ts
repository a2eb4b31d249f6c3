/** Keeps a document saved while it is edited, and says at every moment whether it is. */
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Scenario } from '../../model/scenario'
import type { DocumentStorage, DocumentSummary, SaveResult } from './storage'

const SAVE_DELAY_MS = 400
/** Even while edits keep coming, a save starts this long after the first unsaved one. */
const SAVE_AT_LEAST_MS = 2000

export type NotSavedReason = 'quota' | 'no-storage' | 'conflict' | 'read-only'

export type SaveState =
  | { readonly status: 'saved' }
  /** Changes wait for the delay, or are being written. */
  | { readonly status: 'saving' }
  | { readonly status: 'not-saved'; readonly reason: NotSavedReason; readonly message: string }

/** What autosave needs of the browser; `browserHost` in `browser.ts` is the real one. */
export interface AutosaveHost {
  /** ms on any steady clock. */
  now(): number
  /** Returns the way to call it off. */
  later(run: () => void, ms: number): () => void
  /** Calls back when the page is hidden or left. Returns the way to stop it. */
  onHide(run: () => void): () => void
  /** Asks the browser to keep this site's storage. */
  persist(): Promise<unknown>
}

export interface Autosave {
  readonly store: StoreApi<SaveState>
  /** The document changed. */
  changed(): void
  /** Saves now what is unsaved; resolves with the state that results. */
  flush(): Promise<SaveState>
  /** The document is (not) this tab's to write. */
  setReadOnly(readOnly: boolean): void
  /**
   * Goes on from this stored revision: after loading another document or their revision of this one, `changed: false`;
   * for a copy under a new id, `rev: 0` and `changed: true`.
   */
  adopt(target: { id: string; rev: number; changed: boolean }): void
  /** Revision last saved or adopted. */
  rev(): number
  /** Stops; unsaved changes are saved first. */
  dispose(): Promise<void>
}

export interface AutosaveOptions {
  readonly id: string
  /** Stored revision the document grew from; 0 when it was never saved. */
  readonly rev: number
  readonly storage: DocumentStorage
  readonly document: () => Scenario
  readonly host: AutosaveHost
  readonly readOnly?: boolean
}

export function createAutosave(options: AutosaveOptions): Autosave {
  const { storage, host } = options
  let { id, rev } = options
  let readOnly = options.readOnly ?? false
  let conflict = false
  /** Counts changes and adoptions, so that a save knows whether it is still about the present document. */
  let edits = 0
  let savedEdits = 0
  let targetEpoch = 0
  let unsavedSince: number | null = null
  let callOff: (() => void) | null = null
  let running: Promise<void> | null = null
  let persistAsked = false

  const store = createStore<SaveState>(() => ({ status: 'saved' }))
  const isUnsaved = () => edits !== savedEdits

  function settleState(): void {
    if (!isUnsaved()) return store.setState({ status: 'saved' }, true)
    if (readOnly) return fail('read-only', null)
    // A failure stays on screen until a save gets through.
    const now = store.getState()
    if (now.status === 'not-saved' && now.reason !== 'read-only') return
    store.setState({ status: 'saving' }, true)
  }

  function fail(reason: NotSavedReason, theirs: DocumentSummary | null): void {
    store.setState({ status: 'not-saved', reason, message: notSavedMessage(reason, theirs) }, true)
  }

  function clearTimer(): void {
    callOff?.()
    callOff = null
  }

  function schedule(): void {
    clearTimer()
    unsavedSince ??= host.now()
    const latest = unsavedSince + SAVE_AT_LEAST_MS - host.now()
    callOff = host.later(() => void flush(), Math.max(0, Math.min(SAVE_DELAY_MS, latest)))
  }

  async function saveOnce(): Promise<void> {
    const epoch = targetEpoch
    const upTo = edits
    const result = await storage.save(id, rev, options.document())
    if (epoch !== targetEpoch) return
    if (result.ok) {
      rev = result.saved.rev
      savedEdits = upTo
      unsavedSince = isUnsaved() ? host.now() : null
      askToPersist()
      settleState()
    } else {
      report(result)
    }
  }

  function report(result: Exclude<SaveResult, { ok: true }>): void {
    // The next try comes with the next change, after its own delay.
    unsavedSince = null
    if (result.reason === 'conflict') conflict = true
    fail(result.reason, result.reason === 'conflict' ? result.theirs : null)
  }

  function askToPersist(): void {
    if (persistAsked) return
    persistAsked = true
    host.persist().catch(() => undefined)
  }

  async function flush(): Promise<SaveState> {
    clearTimer()
    for (let pending = running; pending !== null; pending = running) await pending
    if (isUnsaved() && !readOnly && !conflict) {
      running = saveOnce()
      try {
        await running
      } finally {
        running = null
      }
    }
    return store.getState()
  }

  const stopListening = host.onHide(() => void flush())

  return {
    store,
    changed() {
      edits++
      settleState()
      if (!readOnly && !conflict) schedule()
    },
    flush,
    setReadOnly(next) {
      if (next === readOnly) return
      readOnly = next
      if (readOnly) clearTimer()
      settleState()
      if (!readOnly && isUnsaved() && !conflict) schedule()
    },
    adopt(target) {
      clearTimer()
      targetEpoch++
      id = target.id
      rev = target.rev
      conflict = false
      unsavedSince = null
      store.setState({ status: 'saved' }, true)
      edits++
      savedEdits = target.changed ? -1 : edits
      settleState()
      if (target.changed && !readOnly) schedule()
    },
    rev: () => rev,
    async dispose() {
      stopListening()
      await flush()
    },
  }
}

function notSavedMessage(reason: NotSavedReason, theirs: DocumentSummary | null): string {
  if (reason === 'quota') return "Not saved: this browser's storage is full. Save a file instead."
  if (reason === 'no-storage') return 'Not saved: this browser lets this page store nothing. Save a file instead.'
  if (reason === 'read-only') return 'Not saved: this scenario is read-only here. Take over, or duplicate it.'
  if (theirs === null) return 'Not saved: this scenario was deleted in another tab. Keep yours as a copy.'
  return `Not saved: another tab saved ${theirs.name} since you opened it. Keep yours as a copy, or load theirs.`
}
