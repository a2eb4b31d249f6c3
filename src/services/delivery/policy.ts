import type { Random } from '../../kernel/random'
import { toMicros } from '../../model/units'

/** How long a delivery is tried again. Times are µs. */
export interface Policy {
  /** Attempts after the first. */
  readonly retries: number
  /** Given up when older than this; Infinity: never for its age. */
  readonly maxAge: number
  /** Whether what has no permission, or no target, is tried again too: it may be granted, or made, meanwhile. */
  readonly refusals?: boolean
  /** Whether an `error` is tried again: who is called may answer otherwise the next time. */
  readonly errors?: boolean
  /** Wait after the nth attempt, n from 1. Asked once for each, because it may be random. */
  wait(attempts: number): number
}

/** Waits that double up to a cap, a share of each random (EB-8). Seconds; `jitter` 1: anything up to the wait. */
export interface BackOff {
  readonly base: number
  readonly cap: number
  readonly jitter: number
}

/** `stream`: of `random`, drawn from when there is jitter. */
export function doubling({ base, cap, jitter }: BackOff, random: Random, stream: number): Policy['wait'] {
  const first = toMicros(base)
  const last = toMicros(cap)
  return (attempts) => {
    let wait = first
    for (let n = 1; n < attempts && wait < last; n++) wait *= 2
    wait = Math.min(wait, last)
    return jitter > 0 ? Math.round(wait * (1 - jitter + jitter * random.uniform(stream))) : wait
  }
}
