import type { LogicalId } from '../../model/scenario'
import { MICROS } from '../../model/units'
import type { ServiceContext } from '../service'
import type { Messages, Queues } from './store'

/** The age of the oldest message is measured at most this often (µs). */
const AGE_EVERY = MICROS

/** What a queue shows of itself, under CloudWatch's names (SQS-9). */
export interface Meters {
  sent(queue: number, count: number): void
  received(queue: number, count: number): void
  deleted(queue: number, count: number): void
  /** Measures the age of the oldest message, unless that was done within the last second. */
  age(queue: number): void
  /** Writes the levels that changed. */
  show(queue: number): void
}

export function createMeters(
  context: ServiceContext,
  ids: readonly LogicalId[],
  queues: Queues,
  messages: Messages,
): Meters {
  const { metrics } = context.kernel
  const rows = ids.map((id) => {
    const resource = context.index(id)
    return {
      sent: metrics.series(id, 'NumberOfMessagesSent', 'count'),
      received: metrics.series(id, 'NumberOfMessagesReceived', 'count'),
      deleted: metrics.series(id, 'NumberOfMessagesDeleted', 'count'),
      age: metrics.series(id, 'ApproximateAgeOfOldestMessage', 'gauge', 'Seconds'),
      visible: context.level(resource, 'visible', 'ApproximateNumberOfMessagesVisible'),
      inFlight: context.level(resource, 'inFlight', 'ApproximateNumberOfMessagesNotVisible'),
      delayed: context.level(resource, 'delayed', 'ApproximateNumberOfMessagesDelayed'),
    }
  })

  const changed = (now: { data: Int32Array }, shown: { data: Int32Array }, queue: number): boolean => {
    if (now.data[queue] === shown.data[queue]) return false
    shown.data[queue] = now.data[queue]!
    return true
  }

  const age = (queue: number): void => {
    const { now } = context.kernel
    if (now - queues.agedAt.data[queue]! < AGE_EVERY) return
    queues.agedAt.data[queue] = now
    const oldest = queues.oldest.data[queue]!
    metrics.gauge(rows[queue]!.age, oldest < 0 ? 0 : (now - messages.sentAt.data[oldest]!) / MICROS)
  }

  return {
    sent: (queue, count) => metrics.count(rows[queue]!.sent, count),
    received: (queue, count) => metrics.count(rows[queue]!.received, count),
    deleted(queue, count) {
      if (count > 0) metrics.count(rows[queue]!.deleted, count)
    },
    age,
    show(queue) {
      const row = rows[queue]!
      if (changed(queues.delayed, queues.shownDelayed, queue)) row.delayed(queues.delayed.data[queue]!)
      if (changed(queues.visible, queues.shownVisible, queue)) row.visible(queues.visible.data[queue]!)
      if (changed(queues.inFlight, queues.shownInFlight, queue)) row.inFlight(queues.inFlight.data[queue]!)
      age(queue)
    },
  }
}
