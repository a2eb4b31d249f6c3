import { MICROS } from '../../model/units'
import type { Kernel } from '../../kernel/kernel'
import type { ServiceContext } from '../service'
import type { Groups } from './groups'
import { MESSAGE_INTS, NEXT, SOURCE } from './message-row'
import type { MessageLives } from './messages'
import { DEAD_LETTER, FIFO, FIRST, FIRST_READY, MOVING, QUEUE_INTS } from './queue-row'
import type { Messages, Queues } from './store'

/** Move tasks (`StartMessageMoveTask`): the messages of a dead-letter queue go back to where they came from, one after the other. */
export class MoveTasks {
  readonly #kernel: Kernel
  readonly #queues: Queues
  readonly #messages: Messages
  readonly #groups: Groups
  readonly #lives: MessageLives
  readonly #gap: number
  readonly #moving: number

  constructor(context: ServiceContext, queues: Queues, messages: Messages, groups: Groups, lives: MessageLives) {
    this.#kernel = context.kernel
    this.#queues = queues
    this.#messages = messages
    this.#groups = groups
    this.#lives = lives
    this.#gap = Math.round(MICROS / context.number('sqs.moveRate'))
    this.#moving = context.kernel.handler((queue) => this.#next(queue))
  }

  /** Returns false when the queue is nobody's dead-letter queue. A task that runs already goes on. */
  start(queue: number): boolean {
    const row = this.#queues.ints.data
    let isDeadLetterQueue = false
    for (let it = 0; it < this.#queues.table.size; it++) {
      if (row[it * QUEUE_INTS + DEAD_LETTER] === queue) isDeadLetterQueue = true
    }
    if (!isDeadLetterQueue) return false
    if (row[queue * QUEUE_INTS + MOVING] === 0) {
      row[queue * QUEUE_INTS + MOVING] = 1
      this.#kernel.after(0, this.#moving, queue)
    }
    return true
  }

  #next(queue: number): void {
    const message = this.#movable(queue)
    if (message < 0) {
      this.#queues.ints.data[queue * QUEUE_INTS + MOVING] = 0
      return
    }
    this.#lives.move(message)
    this.#kernel.after(this.#gap, this.#moving, queue)
  }

  /** The first visible message that came from another queue; what was sent here directly has nowhere to go. */
  #movable(queue: number): number {
    const q = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const row = this.#messages.ints.data
    const hasSource = (message: number): boolean => row[message * MESSAGE_INTS + SOURCE]! >= 0
    if (q[at + FIFO] === 1) {
      for (let group = q[at + FIRST_READY]!; group >= 0; group = this.#groups.nextReady(group)) {
        const head = this.#groups.head(group)
        if (hasSource(head)) return head
      }
      return -1
    }
    let message = q[at + FIRST]!
    while (message >= 0 && !hasSource(message)) message = row[message * MESSAGE_INTS + NEXT]!
    return message
  }
}
