import { useSelector } from '@xstate/react'
import type { PlayerActor } from './player.machine'

export type PlayerMode = 'empty' | 'paused' | 'playing' | 'scrubbing' | 'ended'

export interface PlayerState {
  readonly mode: PlayerMode
  readonly smart: boolean
  /** Manual pace. */
  readonly speed: number
  readonly stepped: boolean
}

/** What the chart says of playback. */
export function usePlayerState(actor: PlayerActor): PlayerState {
  const mode = useSelector(actor, ({ value }): PlayerMode => (typeof value === 'string' ? 'empty' : value.run))
  const smart = useSelector(actor, ({ context }) => context.smart)
  const speed = useSelector(actor, ({ context }) => context.speed)
  const stepped = useSelector(actor, ({ context }) => context.stepped)
  return { mode, smart, speed, stepped }
}
