import type { Metrics } from '../../kernel/metrics'
import type { Series } from '../../model/recording'
import { MICROS } from '../../model/units'
import type { Window } from '../reading'

const VISIBLE = 'ApproximateNumberOfMessagesVisible'
const HELD = [VISIBLE, 'ApproximateNumberOfMessagesDelayed']

interface Queue {
  held: number
  /** As of the last instant that is complete. */
  before: number
  /** When those that wait came (µs), oldest first from `head` on. */
  readonly came: number[]
  head: number
  /** Seconds at which a message was handed out, and the seconds it had waited. */
  readonly at: number[]
  readonly waited: number[]
}

/**
 * How long messages of queues waited to be received. Queues keep levels, not the time of each message: who came first is taken to have gone
 * first, which holds for the teaching profile and for a message group; a message that came back begins to wait anew. What is handed out in the
 * instant it came shows in no level: its wait of 0 is what is missing in the number received.
 */
export class QueueWaits {
  readonly #queues = new Map<string, Queue>()
  readonly #levels = new Map<number, Queue>()
  readonly #values = new Map<number, number>()
  readonly #pending = new Set<Queue>()
  #now = 0

  constructor(metrics: Metrics, series: readonly Pick<Series, 'resource' | 'name'>[], now: () => number) {
    series.forEach(({ resource, name }, id) => {
      if (!HELD.includes(name)) return
      const queue = this.#queues.get(resource) ?? { held: 0, before: 0, came: [], head: 0, at: [], waited: [] }
      this.#queues.set(resource, queue)
      this.#levels.set(id, queue)
      this.#values.set(id, metrics.value(id))
      queue.held += metrics.value(id)
    })
    for (const queue of this.#queues.values()) this.#pending.add(queue)
    const gauge = metrics.gauge.bind(metrics)
    metrics.gauge = (id, value) => {
      gauge(id, value)
      const queue = this.#levels.get(id)
      if (queue === undefined) return
      const at = now()
      if (at > this.#now) this.settle(at)
      queue.held += value - this.#values.get(id)!
      this.#values.set(id, value)
      this.#pending.add(queue)
    }
  }

  /** What happened before `at` (µs) is complete. */
  settle(at: number): void {
    for (const queue of this.#pending) {
      for (; queue.before < queue.held; queue.before++) queue.came.push(this.#now)
      for (; queue.before > queue.held; queue.before--) {
        queue.at.push(this.#now / MICROS)
        queue.waited.push((this.#now - queue.came[queue.head++]!) / MICROS)
      }
    }
    this.#pending.clear()
    this.#now = at
  }

  /** Nearest-rank percentile of waits in seconds, of `received` messages handed out within the window; 1 is the longest. Undefined for no queue. */
  percentile(id: string, p: number, received: number, window: Window | null): number | undefined {
    const queue = this.#queues.get(id)
    if (queue === undefined) return undefined
    const { from, to } = window ?? { from: 0, to: Infinity }
    const waits = queue.waited.filter((_, i) => queue.at[i]! >= from && queue.at[i]! < to).sort((a, b) => a - b)
    const atOnce = Math.max(0, received - waits.length)
    const rank = Math.max(1, Math.ceil(p * (waits.length + atOnce))) - atOnce
    return rank <= 0 || waits.length === 0 ? 0 : waits[rank - 1]!
  }
}
