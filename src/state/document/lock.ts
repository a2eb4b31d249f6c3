/**
 * One tab writes a document; others read it. A Web Lock per document id, held as long as the tab edits.
 * Without Web Locks (old browsers, plain http) a tab takes itself to be the only one; the revision check still guards.
 */
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'

/** The part of `navigator.locks` used here. `run` gets `null` when `ifAvailable` finds the lock held. */
export interface LockManagerLike {
  request(
    name: string,
    options: { ifAvailable?: boolean; steal?: boolean },
    run: (lock: object | null) => Promise<void>,
  ): Promise<unknown>
}

export type LockState =
  | { readonly mode: 'waiting' }
  | { readonly mode: 'editing' }
  /** `other-tab`: it was there first. `taken-over`: it took the document from this tab. */
  | { readonly mode: 'read-only'; readonly reason: 'other-tab' | 'taken-over'; readonly message: string }

export interface DocumentLock {
  readonly store: StoreApi<LockState>
  /** The document this lock is about. */
  id(): string
  /** Makes this tab the writer; the other becomes read-only. Load the stored revision after it. */
  takeOver(): Promise<void>
  /** Leaves the document to the other tab and edits a new one. Returns its id: adopt it with `rev: 0`. */
  duplicate(): Promise<string>
  release(): void
}

const READ_ONLY = {
  'other-tab': 'Read-only: another tab edits this scenario. Take over, or duplicate it.',
  'taken-over': 'Read-only: another tab took over this scenario. Take it back, or duplicate it.',
} as const

function lockName(id: string): string {
  return `coldstart/document/${id}`
}

/** Asks for the lock at once; the state is `waiting` until the browser answers. */
export function createDocumentLock(
  documentId: string,
  locks: LockManagerLike | undefined,
  newId: () => string,
): DocumentLock {
  let id = documentId
  /** Ends the hold under way; each request has its own, so that a late answer to an old one changes nothing. */
  let current: { end: () => void } | null = null
  const store = createStore<LockState>(() => ({ mode: 'waiting' }))

  const readOnly = (reason: 'other-tab' | 'taken-over') =>
    store.setState({ mode: 'read-only', reason, message: READ_ONLY[reason] }, true)

  function letGo(): void {
    const hold = current
    current = null
    hold?.end()
  }

  async function acquire(options: { ifAvailable?: boolean; steal?: boolean }): Promise<void> {
    letGo()
    if (locks === undefined) return store.setState({ mode: 'editing' }, true)
    let end = () => undefined as void
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const hold = { end }
    current = hold
    const isCurrent = () => current === hold
    let granted = false
    const answered = new Promise<void>((resolve) => {
      const held = locks.request(lockName(id), options, async (lock) => {
        granted = lock !== null
        if (isCurrent()) {
          if (lock === null) readOnly('other-tab')
          else store.setState({ mode: 'editing' }, true)
        }
        resolve()
        if (lock !== null) await ended
      })
      held.catch(() => {
        // A stolen lock rejects the request that held it. One that was never granted: locks do not work here.
        if (isCurrent()) {
          current = null
          if (granted) readOnly('taken-over')
          else store.setState({ mode: 'editing' }, true)
        }
        resolve()
      })
    })
    await answered
  }

  void acquire({ ifAvailable: true })

  return {
    store,
    id: () => id,
    takeOver: async () => acquire({ steal: true }),
    async duplicate() {
      id = newId()
      await acquire({ ifAvailable: true })
      return id
    },
    release: letGo,
  }
}
