import type { LogicalId } from '../../model/scenario'
import { MICROS } from '../../model/units'
import type { Clock } from '../../kernel/clock'
import type { Metrics } from '../../kernel/metrics'
import type { ServiceContext } from '../service'
import { MESSAGE_DOUBLES, SENT_AT } from './message-row'
import {
  AGED_AT,
  BUSY_GROUPS,
  DELAYED,
  FIFO,
  IN_FLIGHT,
  OLDEST,
  QUEUE_DOUBLES,
  QUEUE_INTS,
  SHOWN_DELAYED,
  SHOWN_GROUPS,
  SHOWN_IN_FLIGHT,
  SHOWN_OLDEST,
  SHOWN_VISIBLE,
  VISIBLE,
} from './queue-row'
import type { Messages, Queues } from './store'

/** The age of the oldest message is measured at most this often (µs). */
const AGE_EVERY = MICROS

interface Series {
  readonly sent: number
  readonly received: number
  readonly deleted: number
  readonly empty: number
  readonly age: number
  readonly deadLettered: number
  readonly deduplicated: number
  readonly groups: number
  readonly visible: (value: number) => void
  readonly inFlight: (value: number) => void
  readonly delayed: (value: number) => void
  /** When the oldest message was sent (s), right to a second; it means nothing while the queue is empty. */
  readonly oldest: (value: number) => void
  /** Groups of which a message is in flight, so that the others wait (SQS-4). */
  readonly busyGroups: (value: number) => void
}

/** What a queue shows of itself, under CloudWatch's names (SQS-9). */
export class Meters {
  readonly #series: readonly Series[]
  readonly #metrics: Metrics
  readonly #clock: Clock
  readonly #queues: Queues
  readonly #messages: Messages

  /** `ids` and `fifo` by row of the queue. */
  constructor(
    context: ServiceContext,
    ids: readonly LogicalId[],
    fifo: readonly boolean[],
    queues: Queues,
    messages: Messages,
  ) {
    const { metrics, clock } = context.kernel
    this.#metrics = metrics
    this.#clock = clock
    this.#queues = queues
    this.#messages = messages
    this.#series = ids.map((id, queue) => {
      const resource = context.index(id)
      return {
        sent: metrics.series(id, 'NumberOfMessagesSent', 'count'),
        received: metrics.series(id, 'NumberOfMessagesReceived', 'count'),
        deleted: metrics.series(id, 'NumberOfMessagesDeleted', 'count'),
        age: metrics.series(id, 'ApproximateAgeOfOldestMessage', 'gauge', 'Seconds'),
        visible: context.level(resource, 'visible', 'ApproximateNumberOfMessagesVisible'),
        inFlight: context.level(resource, 'inFlight', 'ApproximateNumberOfMessagesNotVisible'),
        delayed: context.level(resource, 'delayed', 'ApproximateNumberOfMessagesDelayed'),
        oldest: context.level(resource, 'oldest'),
        busyGroups: fifo[queue] === true ? context.level(resource, 'groups') : () => {},
        empty: metrics.series(id, 'NumberOfEmptyReceives', 'count'),
        deadLettered: metrics.series(id, 'DeadLettered', 'count'),
        deduplicated: fifo[queue] === true ? metrics.series(id, 'NumberOfDeduplicatedSentMessages', 'count') : -1,
        groups:
          fifo[queue] === true ? metrics.series(id, 'ApproximateNumberOfGroupsWithInflightMessages', 'gauge') : -1,
      }
    })
  }

  sent(queue: number, count: number): void {
    this.#metrics.count(this.#series[queue]!.sent, count)
  }
  received(queue: number, count: number): void {
    this.#metrics.count(this.#series[queue]!.received, count)
  }
  deleted(queue: number, count: number): void {
    if (count > 0) this.#metrics.count(this.#series[queue]!.deleted, count)
  }
  empty(queue: number): void {
    this.#metrics.count(this.#series[queue]!.empty)
  }
  /** Messages this queue gave to its dead-letter queue. Ours: CloudWatch counts them nowhere. */
  deadLettered(queue: number): void {
    this.#metrics.count(this.#series[queue]!.deadLettered)
  }
  deduplicated(queue: number): void {
    this.#metrics.count(this.#series[queue]!.deduplicated)
  }

  /** Measures the age of the oldest message, unless that was done within the last second. */
  age(queue: number): void {
    const { now } = this.#clock
    const doubles = this.#queues.doubles.data
    const at = queue * QUEUE_DOUBLES + AGED_AT
    if (now - doubles[at]! < AGE_EVERY) return
    doubles[at] = now
    const oldest = this.#queues.ints.data[queue * QUEUE_INTS + OLDEST]!
    const age = oldest < 0 ? 0 : (now - this.#messages.doubles.data[oldest * MESSAGE_DOUBLES + SENT_AT]!) / MICROS
    this.#metrics.gauge(this.#series[queue]!.age, age)
  }

  /** To the second, which spares a queue that keeps up a row for every message. */
  #showOldest(queue: number): void {
    const oldest = this.#queues.ints.data[queue * QUEUE_INTS + OLDEST]!
    if (oldest < 0) return
    const doubles = this.#queues.doubles.data
    const at = queue * QUEUE_DOUBLES + SHOWN_OLDEST
    const sent = this.#messages.doubles.data[oldest * MESSAGE_DOUBLES + SENT_AT]!
    if (doubles[at]! > 0 && Math.abs(sent - doubles[at]!) < AGE_EVERY) return
    doubles[at] = Math.max(1, sent)
    this.#series[queue]!.oldest(doubles[at] / MICROS)
  }

  /** Writes the levels that changed. */
  show(queue: number): void {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const series = this.#series[queue]!
    const delayed = row[at + DELAYED]!
    const visible = row[at + VISIBLE]!
    const inFlight = row[at + IN_FLIGHT]!
    if (delayed !== row[at + SHOWN_DELAYED]) {
      row[at + SHOWN_DELAYED] = delayed
      series.delayed(delayed)
    }
    if (visible !== row[at + SHOWN_VISIBLE]) {
      row[at + SHOWN_VISIBLE] = visible
      series.visible(visible)
    }
    if (inFlight !== row[at + SHOWN_IN_FLIGHT]) {
      row[at + SHOWN_IN_FLIGHT] = inFlight
      series.inFlight(inFlight)
    }
    if (row[at + FIFO] === 1 && row[at + BUSY_GROUPS] !== row[at + SHOWN_GROUPS]) {
      row[at + SHOWN_GROUPS] = row[at + BUSY_GROUPS]!
      this.#metrics.gauge(series.groups, row[at + BUSY_GROUPS]!)
      series.busyGroups(row[at + BUSY_GROUPS]!)
    }
    this.#showOldest(queue)
    this.age(queue)
  }
}
