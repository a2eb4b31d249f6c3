import type { RunStore } from '../state/run/runStore'
import type { PlayerEngine } from './engine'
import { startFrames } from './frameLoop'
import type { PlayerActor, PlayerEvent, StartFrames } from './player.machine'
import { createPlayhead, type Playhead } from './playhead'

export interface Player {
  readonly playhead: Playhead
  /** Bound, for event handlers. What is sent before the chart is there waits for it. */
  readonly send: (event: PlayerEvent) => void
  /** Manual pace in simulated seconds per real second. */
  readonly speed: () => number
  /** The chart that plays, once it is loaded. */
  readonly actor: Promise<PlayerActor>
  readonly dispose: () => void
}

export interface PlayerOptions {
  /** Play by steps from the start: reduced motion. */
  stepped?: boolean
  frames?: StartFrames
}

/** A player that follows the store. Its chart, and XState with it, is loaded while the page is drawn. */
export function createPlayer(store: RunStore, { stepped = false, frames = startFrames }: PlayerOptions = {}): Player {
  const playhead = createPlayhead()
  const waiting: PlayerEvent[] = []
  let engine: PlayerEngine | null = null
  let gone = false
  const actor = import('./engine').then(({ startEngine }) => {
    const started = startEngine({ store, playhead, frames, stepped })
    if (gone) started.dispose()
    engine = started
    for (const event of waiting) started.actor.send(event)
    return started.actor
  })
  return {
    playhead,
    actor,
    send(event) {
      if (engine === null) waiting.push(event)
      else engine.actor.send(event)
    },
    speed: () => engine?.actor.getSnapshot().context.speed ?? 1,
    dispose: () => {
      gone = true
      engine?.dispose()
    },
  }
}
