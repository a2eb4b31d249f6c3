import { createActor } from 'xstate'
import type { RunStore } from '../state/run/runStore'
import { startFrames } from './frameLoop'
import { playerMachine, type PlayerActor, type PlayerEvent, type StartFrames } from './player.machine'
import { createPlayhead, type Playhead } from './playhead'

export interface Player {
  readonly actor: PlayerActor
  readonly playhead: Playhead
  /** Bound, for event handlers. */
  readonly send: (event: PlayerEvent) => void
  /** Stops playback and stops following the store. */
  readonly dispose: () => void
}

export interface PlayerOptions {
  /** Play by steps from the start: reduced motion. */
  stepped?: boolean
  frames?: StartFrames
}

/** A player that follows the store: it learns by itself when a run is replaced, grows or is cleared. */
export function createPlayer(store: RunStore, { stepped = false, frames = startFrames }: PlayerOptions = {}): Player {
  const playhead = createPlayhead()
  const actor = createActor(playerMachine, { input: { store, playhead, frames, stepped } })
  actor.start()
  let { run } = store.status()
  if (run >= 0) actor.send({ type: 'runReplaced' })
  let { until } = store.status()
  const follow = store.subscribe(() => {
    const status = store.status()
    if (status.run !== run) {
      run = status.run
      until = status.until
      actor.send({ type: run < 0 ? 'runCleared' : 'runReplaced' })
    } else if (status.until !== until) {
      until = status.until
      actor.send({ type: 'runGrew' })
    }
  })
  return {
    actor,
    playhead,
    send: (event) => actor.send(event),
    dispose: () => {
      follow()
      actor.stop()
    },
  }
}
