/** What the page shows and what is chosen; never part of the document, never undoable. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface UiState {
  readonly page: 'start' | 'bench'
  /** Drawn node and edge ids. */
  readonly selection: readonly string[]
  /** Row of the recording whose "why?" the inspector tells; null for none. */
  readonly row: number | null
  readonly left: 'add' | 'outline'
  readonly dock: string
  /** A link or file from someone else: shown paused under a banner until run. */
  readonly untrusted: boolean
  readonly newer: { readonly unknownKeys: readonly string[] } | null
  readonly dialog: 'share' | 'keys' | 'about' | null
  /** Slot of the chosen function that the inspector shows. */
  readonly entity: number | null
}

export const createUiStore = (): StoreApi<UiState> =>
  createStore<UiState>(() => ({
    page: 'start',
    selection: [],
    row: null,
    left: 'add',
    dock: 'timeline',
    untrusted: false,
    newer: null,
    dialog: null,
    entity: null,
  }))
