/** What the page shows and what is chosen; never part of the document, never undoable. */
import type { Query } from '../network'
import type { Building } from '../panels/inspector/types'
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface UiState {
  readonly page: 'start' | 'bench'
  /** Drawn node and edge ids. */
  readonly selection: readonly string[]
  /** Row of the recording whose "why?" the inspector tells; null for none. */
  readonly row: number | null
  /** Row of the event whose JSON the Events tab shows; null while none is open. */
  readonly event: number | null
  readonly left: 'add' | 'outline'
  readonly dock: string
  /** A link or file from someone else: shown paused under a banner until run. */
  readonly untrusted: boolean
  readonly newer: { readonly unknownKeys: readonly string[] } | null
  readonly dialog: 'share' | 'keys' | 'about' | 'network' | null
  /** What an imported network holds and what of it was not understood; null while none was brought. */
  readonly imported: {
    readonly counts: readonly (readonly [type: string, count: number])[]
    readonly notes: readonly string[]
  } | null
  /** The network analysis is there: drawings show what follows from it. */
  readonly networks: boolean
  /** Slot of the chosen function that the inspector shows. */
  readonly entity: number | null
  /** What reachability was asked last; null before anybody asked. */
  readonly query: Query | null
  /** Where its packet stands on the canvas; null while nobody walks. */
  readonly hop: number | null
  /** The property whose builder is open. */
  readonly building: Building | null
}

export const createUiStore = (): StoreApi<UiState> =>
  createStore<UiState>(() => ({
    page: 'start',
    selection: [],
    row: null,
    event: null,
    left: 'add',
    dock: 'timeline',
    untrusted: false,
    newer: null,
    dialog: null,
    imported: null,
    networks: false,
    entity: null,
    query: null,
    hop: null,
    building: null,
  }))
