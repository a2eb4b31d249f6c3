import { Token } from '../../model/recording'
import type { Clock } from '../../kernel/clock'
import type { Recorder } from '../../kernel/recorder'
import type { ServiceContext } from '../service'
import { REDRIVE_ACTION } from './actions'
import {
  MESSAGE_DOUBLES,
  MESSAGE_INTS,
  PAST_OF,
  PAYLOAD_OF,
  QUEUE_OF,
  RECEIVES_OF,
  SENT_AT,
  SOURCE,
  TRACE_OF,
} from './message-row'
import type { MessageLives } from './messages'
import type { Meters } from './meters'
import { DEAD_LETTER, FIFO, MOST_RECEIVES, MOVE_TO, QUEUE_INTS, RESOURCE } from './queue-row'
import type { Messages, Queues } from './store'

/** Messages that change their queue: to the dead-letter queue and back (SQS-5). */
export class Redrive {
  /** The wire from a queue to its dead-letter queue, by row of the queue. */
  readonly wires: number[] = []
  /** What stores the messages; it sets itself. */
  lives!: Pick<MessageLives, 'store'>
  readonly #context: ServiceContext
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #queues: Queues
  readonly #messages: Messages
  readonly #meters: Meters
  readonly #why: { readonly [name in 'deadLettered' | 'discarded' | 'moved']: number }

  constructor(context: ServiceContext, queues: Queues, messages: Messages, meters: Meters) {
    this.#context = context
    this.#clock = context.kernel.clock
    this.#recorder = context.kernel.recorder
    this.#queues = queues
    this.#messages = messages
    this.#meters = meters
    this.#why = {
      deadLettered: context.reason('sqs.deadLettered'),
      discarded: context.reason('sqs.discarded'),
      moved: context.reason('sqs.moved'),
    }
  }

  /** The wire between two queues, which nobody but SQS uses. */
  wire(from: number, to: number): number {
    const idOf = (queue: number): string => this.#context.id(this.#queues.ints.data[queue * QUEUE_INTS + RESOURCE]!)
    return this.#context.calls.wire(idOf(from), idOf(to), REDRIVE_ACTION, { role: null, network: false })
  }

  /** Its age counts on from when it was first sent; in a FIFO queue it begins anew (SQS-5). */
  deadLetter(message: number): void {
    const row = this.#messages.ints.data
    const at = message * MESSAGE_INTS
    const queue = row[at + QUEUE_OF]!
    const target = this.#queues.ints.data[queue * QUEUE_INTS + DEAD_LETTER]!
    const receives = row[at + RECEIVES_OF]!
    const tooOften = receives >= this.#queues.ints.data[queue * QUEUE_INTS + MOST_RECEIVES]!
    const why = tooOften ? this.#why.deadLettered : this.#why.discarded
    const fifo = this.#queues.ints.data[target * QUEUE_INTS + FIFO] === 1
    const sentAt = this.#messages.doubles.data[message * MESSAGE_DOUBLES + SENT_AT]!
    this.#meters.deadLettered(queue)
    this.#carry(message, queue, target, why, this.wires[queue]!, {
      token: Token.deadLetter,
      sentAt: fifo ? this.#clock.now : sentAt,
      past: row[at + PAST_OF]!,
      source: queue,
      value: receives,
    })
  }

  /** A new message in the queue it came from, or where the task says, with everything counted from now. */
  moveBack(message: number): void {
    const row = this.#messages.ints.data
    const queue = row[message * MESSAGE_INTS + QUEUE_OF]!
    const named = this.#queues.ints.data[queue * QUEUE_INTS + MOVE_TO]!
    const target = named >= 0 ? named : row[message * MESSAGE_INTS + SOURCE]!
    this.#carry(message, queue, target, this.#why.moved, this.wire(queue, target), {
      token: Token.message,
      sentAt: this.#clock.now,
      past: 0,
      source: -1,
      value: 0,
    })
  }

  #carry(
    message: number,
    from: number,
    to: number,
    why: number,
    wire: number,
    it: { token: Token; sentAt: number; past: number; source: number; value: number },
  ): void {
    const recorder = this.#recorder
    const row = this.#messages.ints.data
    const payload = row[message * MESSAGE_INTS + PAYLOAD_OF]!
    const traceOf = row[message * MESSAGE_INTS + TRACE_OF]!
    const q = this.#queues.ints.data
    const resource = q[from * QUEUE_INTS + RESOURCE]!
    const { trace } = recorder
    recorder.trace = traceOf
    this.#context.explain(why, resource, q[to * QUEUE_INTS + RESOURCE], it.value)
    if (wire >= 0) this.#context.calls.moved(wire, it.token, { payload, past: it.past, sentAt: it.sentAt })
    const { group } = this.#context.payloads.get(payload)
    this.lives.store(to, payload, traceOf, it.sentAt, it.past, group, it.source, 0)
    recorder.trace = trace
  }
}
