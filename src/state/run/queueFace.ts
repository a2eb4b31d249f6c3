import type { RunStore } from './runStore'

/** What a queue's face shows besides its levels. */
export interface QueueFace {
  /** µs until the first of the messages in flight that nobody will delete is visible again. */
  readonly back?: number
  /** Age of the oldest message (µs), right to a second. */
  readonly oldest?: number
}

/**
 * A message whose visibility timeout will end is told of from the moment that decided it: when it was received, or when who held it failed. One
 * that is deleted in time never comes back, so it has no countdown.
 */
export function queueFace(store: RunStore, queue: string, t: number): QueueFace {
  const level = (name: string): number => store.levelAt(queue, name, t)
  const held = level('visible') + level('inFlight') + level('delayed')
  const sent = level('oldest')
  const back = level('inFlight') === 0 ? null : nextBack(store, queue, t)
  return {
    ...(back === null ? {} : { back: back - t }),
    ...(held > 0 && sent > 0 ? { oldest: Math.max(0, t - sent * 1e6) } : {}),
  }
}

function nextBack(store: RunStore, queue: string, t: number): number | null {
  const row = store.nextCounted(queue, 'reason', store.head.reasons.indexOf('sqs.reappeared'), t)
  if (row < 0) return null
  const { cause } = store.rowAt(row) ?? { cause: -1 }
  return cause >= 0 && store.timeOfRow(cause) <= t ? store.timeOfRow(row) : null
}
