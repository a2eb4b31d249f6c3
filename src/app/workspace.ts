/** The parts of the page that are not React, made once and joined: document, run, playhead, what is chosen. */
import type { StoreApi } from 'zustand/vanilla'
import { drawing, type Drawing, type NetworkView } from '../drawing'
import { gateNow } from './gate'
import { REGISTRY } from './registry'
import type { Scenario } from '../model/scenario'
import { createPlayer, type Player } from '../player/player'
import { createStorage, type DocumentStorage } from '../state/document/storage'
import { indexedDbBackend } from '../state/document/backend'
import { browserHost, browserLocks, newDocumentId } from '../state/document/browser'
import { createSession, type DocumentSession } from '../state/document/session'
import { createRunStore, type RunStore } from '../state/run/runStore'
import { prefersReducedMotion } from '../ui/theme'
import { toast } from '../ui/toast'
import { networkView } from './network-view'
import { createSimulation, type Simulation } from './simulation'
import { widthNow } from '../ui/width'
import { createUiStore, type UiState } from './ui-store'

export const EMPTY_SCENARIO: Scenario = {
  coldstart: 1,
  name: 'Untitled',
  profile: 'teaching',
  seed: 42,
  duration: 300,
  resources: {},
}

export interface Workspace {
  readonly session: DocumentSession
  readonly storage: DocumentStorage
  readonly run: RunStore
  readonly player: Player
  readonly simulation: Simulation
  readonly ui: StoreApi<UiState>
  /** The present document. */
  scenario(): Scenario
  /** What a document looks like; the last one is remembered. */
  picture(scenario?: Scenario): Drawing
  /** Whether this tab may change it now. */
  canEdit(): boolean
  /** Replaces the document by an edited one, as one step with this name. `key` joins bursts. Does nothing when it may not be changed. */
  edit(label: string, next: Scenario, key?: string): void
}

export function createWorkspace(): Workspace {
  const storage = createStorage(indexedDbBackend(), () => Date.now())
  const session = createSession(EMPTY_SCENARIO, {
    storage,
    host: browserHost(),
    locks: browserLocks(),
    newId: newDocumentId,
    admit(stored) {
      // whoever opens a stored document has waited for the gate
      const gated = gateNow()?.gateJson(stored)
      if (gated === undefined) return { ok: false, message: 'The checks are not loaded yet. Try again.' }
      return gated.ok
        ? { ok: true, scenario: gated.scenario }
        : { ok: false, message: gated.problems[0]?.message ?? 'The stored scenario is damaged.' }
    },
  })
  const run = createRunStore({ onMissing: (request) => simulation.detail(request) })
  const player = createPlayer(run, { stepped: prefersReducedMotion() })
  const simulation: Simulation = createSimulation(session.history, run, () =>
    toast.show({ title: 'The simulator stopped and was restarted. Your drawing is safe.' }),
  )
  const ui = createUiStore()
  const picture = remembered((scenario: Scenario, view: NetworkView) => drawing(scenario, REGISTRY, view))
  const canEdit = (): boolean =>
    session.store.getState().lock.mode !== 'read-only' && ui.getState().newer === null && widthNow() !== 'phone'
  return {
    session,
    storage,
    run,
    player,
    simulation,
    ui,
    scenario: () => session.history.get(),
    picture: (scenario = session.history.get()) => picture(scenario, networkView(scenario, ui)),
    canEdit,
    edit(label, next, key) {
      if (!canEdit()) return
      session.history.edit(label, (draft) => replace(draft, next), key)
    },
  }
}

/** A function of two objects that remembers its last answer. */
function remembered<A, B, C>(compute: (a: A, b: B) => C): (a: A, b: B) => C {
  let last: { a: A; b: B; output: C } | null = null
  return (a, b) => {
    if (last?.a !== a || last.b !== b) last = { a, b, output: compute(a, b) }
    return last.output
  }
}

/** Makes `draft` equal to `next`, touching only what differs, so that patches stay small. */
function replace(draft: Scenario, next: Scenario): void {
  const into = draft as unknown as { [key: string]: unknown }
  const from = next as unknown as { [key: string]: unknown }
  for (const key of Object.keys(into)) if (!(key in from)) delete into[key]
  for (const [key, value] of Object.entries(from)) {
    if (key === 'resources' || key === 'layout' || key === 'labels')
      replaceMap(into, key, value as { [id: string]: unknown })
    else if (!same(into[key], value)) into[key] = value
  }
}

function replaceMap(into: { [key: string]: unknown }, key: string, next: { [id: string]: unknown } | undefined): void {
  if (next === undefined) return
  const map = (into[key] ??= {}) as { [id: string]: unknown }
  for (const id of Object.keys(map)) if (!Object.hasOwn(next, id)) delete map[id]
  for (const [id, value] of Object.entries(next)) if (!same(map[id], value)) map[id] = value
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
