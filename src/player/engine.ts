import { createActor } from 'xstate'
import type { RunStore } from '../state/run/runStore'
import { playerMachine, type PlayerActor, type PlayerInput } from './player.machine'

export interface PlayerEngine {
  readonly actor: PlayerActor
  /** Stops playback and stops following the store. */
  readonly dispose: () => void
}

/** The chart that plays, following the store: it learns by itself when a run is replaced, grows or is cleared. */
export function startEngine(input: PlayerInput & { readonly store: RunStore }): PlayerEngine {
  const { store } = input
  const actor = createActor(playerMachine, { input })
  actor.start()
  let { run } = store.status()
  if (run >= 0) actor.send({ type: 'runReplaced' })
  let { until } = store.status()
  let version = store.version()
  const follow = store.subscribe(() => {
    const status = store.status()
    if (status.run !== run) {
      run = status.run
      until = status.until
      version = store.version()
      actor.send({ type: run < 0 ? 'runCleared' : 'runReplaced' })
    } else if (status.until !== until || store.version() !== version) {
      // rows around the playhead may come once the run is computed: what happens next is known only then
      until = status.until
      version = store.version()
      actor.send({ type: 'runGrew' })
    }
  })
  return {
    actor,
    dispose: () => {
      follow()
      actor.stop()
    },
  }
}
