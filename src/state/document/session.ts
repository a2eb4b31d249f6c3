/**
 * The open document: history, autosave and lock joined. The app makes one per page and opens documents in it.
 * Whatever is loaded goes through `admit` (the gate) first.
 */
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Scenario } from '../../model/scenario'
import { createAutosave } from './autosave'
import type { Autosave, AutosaveHost, SaveState } from './autosave'
import { createHistory } from './history'
import type { History } from './history'
import { createDocumentLock } from './lock'
import type { DocumentLock, LockManagerLike, LockState } from './lock'
import type { DocumentStorage } from './storage'

export interface SessionState {
  readonly id: string
  readonly save: SaveState
  readonly lock: LockState
}

export type Admitted = { ok: true; scenario: Scenario } | { ok: false; message: string }

export interface SessionOptions {
  readonly storage: DocumentStorage
  readonly host: AutosaveHost
  readonly locks: LockManagerLike | undefined
  readonly newId: () => string
  /** The gate: what was stored, perhaps by another version, as a document of this one. */
  readonly admit: (stored: unknown) => Admitted
}

/** `not-saved`: the present document could not be saved; ask, then open with `discard`. */
export type Opened = { ok: true } | { ok: false; reason: 'not-saved' | 'not-found' | 'refused'; message: string }

export interface DocumentSession {
  readonly store: StoreApi<SessionState>
  readonly history: History<Scenario>
  /** Opens a stored document; on failure the present one stays. */
  open(id: string, discard?: boolean): Promise<Opened>
  /** Begins a new document: from a template, a link, a file. It is stored with its first edit, or with `keep`. */
  begin(scenario: Scenario, discard?: boolean): Promise<Opened>
  /** Stores a document that was begun but not edited. */
  keep(): Promise<SaveState>
  /** Makes this tab the writer and loads what the other tab stored. */
  takeOver(): Promise<Opened>
  /** Goes on under a new id with what is on screen; after a conflict, this keeps both. */
  duplicate(): Promise<void>
  /** Gives up what is unsaved here and loads what is stored. */
  reload(): Promise<Opened>
  close(): Promise<void>
}

type Fetched = { ok: true; rev: number; scenario: Scenario } | (Opened & { ok: false })

interface Parts {
  autosave: Autosave
  lock: DocumentLock
  stop: () => void
}

/** `history.edit` itself refuses nothing: the app disables editing while `lock.mode` is not `editing`. */
export function createSession(initial: Scenario, options: SessionOptions): DocumentSession {
  const { storage, host, locks, newId, admit } = options
  const history = createHistory(initial, { now: () => host.now() })
  let parts = attach(newId(), 0)
  const store = createStore<SessionState>(() => stateOf(parts))

  function attach(id: string, rev: number): Parts {
    const lock = createDocumentLock(id, locks, newId)
    const isReadOnly = () => lock.store.getState().mode !== 'editing'
    const autosave = createAutosave({ id, rev, storage, host, document: () => history.get(), readOnly: isReadOnly() })
    const publish = () => {
      if (parts.lock === lock) store.setState(stateOf(parts), true)
    }
    const stops = [
      lock.store.subscribe(() => {
        autosave.setReadOnly(isReadOnly())
        publish()
      }),
      autosave.store.subscribe(publish),
      history.subscribe((change) => {
        if (change.kind !== 'reset') autosave.changed()
      }),
    ]
    return { autosave, lock, stop: () => stops.forEach((stop) => stop()) }
  }

  async function fetchStored(id: string): Promise<Fetched> {
    const stored = await storage.load(id)
    if (!stored.ok) {
      return refused('not-found', 'This browser lets this page store nothing. Open a file instead.')
    }
    if (stored.value === null)
      return refused('not-found', 'This scenario is no longer in this browser. It was deleted.')
    const admitted = admit(stored.value.scenario)
    return admitted.ok
      ? { ok: true, rev: stored.value.rev, scenario: admitted.scenario }
      : refused('refused', admitted.message)
  }

  async function switchTo(id: string, rev: number, scenario: Scenario, discard: boolean): Promise<Opened> {
    const saved = await parts.autosave.flush()
    if (saved.status === 'not-saved' && !discard) return refused('not-saved', saved.message)
    detach()
    history.reset(scenario)
    parts = attach(id, rev)
    store.setState(stateOf(parts), true)
    return { ok: true }
  }

  /** After a flush: whatever is still unsaved is given up, so nothing of the next document lands under this id. */
  function detach(): void {
    parts.stop()
    parts.autosave.setReadOnly(true)
    void parts.autosave.dispose()
    parts.lock.release()
  }

  async function reload(): Promise<Opened> {
    const { lock, autosave } = parts
    const fetched = await fetchStored(lock.id())
    if (!fetched.ok) return fetched
    history.reset(fetched.scenario)
    autosave.adopt({ id: lock.id(), rev: fetched.rev, changed: false })
    return { ok: true }
  }

  return {
    store,
    history,
    async open(id, discard = false) {
      const fetched = await fetchStored(id)
      return fetched.ok ? switchTo(id, fetched.rev, fetched.scenario, discard) : fetched
    },
    begin: async (scenario, discard = false) => switchTo(newId(), 0, scenario, discard),
    async keep() {
      if (parts.autosave.rev() === 0) parts.autosave.changed()
      return parts.autosave.flush()
    },
    async takeOver() {
      await parts.lock.takeOver()
      return reload()
    },
    async duplicate() {
      const id = await parts.lock.duplicate()
      parts.autosave.adopt({ id, rev: 0, changed: true })
      store.setState(stateOf(parts), true)
    },
    reload,
    async close() {
      await parts.autosave.flush()
      detach()
    },
  }
}

function stateOf({ autosave, lock }: Parts): SessionState {
  return { id: lock.id(), save: autosave.store.getState(), lock: lock.store.getState() }
}

function refused(reason: 'not-saved' | 'not-found' | 'refused', message: string): Opened & { ok: false } {
  return { ok: false, reason, message }
}
