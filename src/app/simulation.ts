/** Keeps the run true to the drawing: every edit passes the gate and is simulated again in the background. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { firstDifference } from '../model/interventions'
import type { Scenario } from '../model/scenario'
import type { Problem } from '../services/service'
import { changesRun } from '../state/document/changesRun'
import type { History } from '../state/document/history'
import { ContentCache, provideContents } from '../state/run/content'
import type { RunStore } from '../state/run/runStore'
import { Simulator, type Port } from '../worker/client'
import type { DetailRequest } from '../worker/protocol'
import { gateNow, loadGate } from './gate'

export interface SimulationState {
  /** What the gate says of the document on screen. */
  readonly problems: readonly Problem[]
  /** The last document that passed, defaults filled in: what is simulated. */
  readonly normalised: Scenario | null
  /** The document on screen has errors; the run shown is of the last one that passed. */
  readonly held: boolean
}

export interface Simulation {
  readonly store: StoreApi<SimulationState>
  /** Asks for full rows around a time; they come to the run store. */
  detail(request: DetailRequest): void
  dispose(): void
}

/** Edits within this time are simulated once (ms). Short enough that new numbers follow a slider. */
const SETTLE_MS = 30

/** `start` makes the simulator's port; a worker by default. */
export function createSimulation(
  history: Pick<History<Scenario>, 'get' | 'subscribe'>,
  run: RunStore,
  onRestart: () => void,
  start?: () => Port,
): Simulation {
  const store = createStore<SimulationState>(() => ({ problems: [], normalised: null, held: false }))
  const simulator = new Simulator(
    {
      onMessage(message) {
        contents.hear(message)
        run.apply(message)
      },
      onRestart,
      onFailure(message) {
        contents.hear({ type: 'failed', run: ordered, message })
        run.failed(message)
      },
    },
    start,
  )
  const contents = new ContentCache(run, (rows) => simulator.content(rows))
  provideContents(contents)
  /** Number of the newest order; a run can be resumed only when it is the one on screen. */
  let ordered = -1
  let timer: ReturnType<typeof setTimeout> | null = null

  const simulate = (): void => {
    timer = null
    const gate = gateNow()
    if (gate === null) {
      void loadGate().then(simulate)
      return
    }
    const gated = gate.gateJson(history.get())
    if (!gated.ok) {
      store.setState({ problems: gated.problems, held: true })
      return
    }
    const before = store.getState().normalised
    const { normalised, problems } = gated
    store.setState({ problems, normalised, held: false })
    run.expect()
    const { run: onScreen, phase } = run.status()
    const from = before === null || phase === 'failed' || onScreen !== ordered ? null : partingOf(before, normalised)
    ordered =
      from === null || from <= 0 ? simulator.run(normalised) : simulator.resume(normalised, from, run.holdings())
  }
  const schedule = (): void => {
    if (timer === null) timer = setTimeout(simulate, SETTLE_MS)
  }
  const stop = history.subscribe(({ kind, before, after }) => {
    if (kind === 'reset') {
      if (timer !== null) clearTimeout(timer)
      run.clear()
      store.setState({ normalised: null })
      simulate()
    } else if (changesRun(before, after)) schedule()
  })
  simulate()
  return {
    store,
    detail: (request) => simulator.detail(request),
    dispose() {
      stop()
      if (timer !== null) clearTimeout(timer)
      simulator.dispose()
    },
  }
}

/** µs at which two documents part ways when they differ in interventions alone; null when they differ in more. */
function partingOf(before: Scenario, after: Scenario): number | null {
  const strip = ({ resources, facts, profile, seed, duration }: Scenario): string =>
    JSON.stringify({ resources, facts, profile, seed, duration })
  return strip(before) === strip(after) ? firstDifference(before, after) : null
}
