import { MICROS } from '../../model/units'
import type { Kernel } from '../../kernel/kernel'
import type { ServiceContext } from '../service'
import type { JsonObject } from '../../model/scenario'
import type { Groups } from './groups'
import { MESSAGE_INTS, NEXT, SOURCE } from './message-row'
import type { MessageLives } from './messages'
import {
  DEAD_LETTER,
  FIFO,
  FIRST,
  FIRST_READY,
  MOVE_GAP,
  MOVE_TO,
  MOVING,
  QUEUE_DOUBLES,
  QUEUE_INTS,
  RESOURCE,
} from './queue-row'
import type { Messages, Queues } from './store'

/**
 * Move tasks (`StartMessageMoveTask`): the messages of a dead-letter queue go back to where they came from, or to another queue, one after
 * the other.
 */
export class MoveTasks {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #rowOf: readonly (number | undefined)[]
  readonly #queues: Queues
  readonly #messages: Messages
  readonly #groups: Groups
  readonly #lives: MessageLives
  readonly #rate: number
  readonly #moving: number
  readonly #why: { readonly [name in 'noDeadLetterQueue' | 'wrongDestination' | 'taskRuns']: number }

  constructor(
    context: ServiceContext,
    rowOf: readonly (number | undefined)[],
    { queues, messages }: { readonly queues: Queues; readonly messages: Messages },
    groups: Groups,
    lives: MessageLives,
  ) {
    this.#context = context
    this.#kernel = context.kernel
    this.#rowOf = rowOf
    this.#queues = queues
    this.#messages = messages
    this.#groups = groups
    this.#lives = lives
    this.#rate = context.number('sqs.moveRate')
    this.#moving = context.kernel.handler((queue) => this.#next(queue))
    this.#why = {
      noDeadLetterQueue: context.reason('sqs.noDeadLetterQueue'),
      wrongDestination: context.reason('sqs.wrongDestination'),
      taskRuns: context.reason('sqs.taskRuns'),
    }
  }

  /**
   * `asked`: DestinationArn (logical id of a queue; without it every message goes back to its own) and MaxNumberOfMessagesPerSecond. Returns
   * false, and says why, when SQS refuses the task.
   */
  start(queue: number, asked: JsonObject): boolean {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const { DestinationArn: named, MaxNumberOfMessagesPerSecond: rate } = asked
    const destination = typeof named === 'string' ? this.#destination(queue, named) : -1
    const why = !this.#isDeadLetterQueue(queue)
      ? this.#why.noDeadLetterQueue
      : destination === undefined
        ? this.#why.wrongDestination
        : row[at + MOVING] === 1
          ? this.#why.taskRuns
          : -1
    if (why >= 0 || destination === undefined) {
      this.#context.explain(why, row[at + RESOURCE]!)
      return false
    }
    row[at + MOVING] = 1
    row[at + MOVE_TO] = destination
    const perSecond = typeof rate === 'number' && rate > 0 ? Math.min(rate, this.#rate) : this.#rate
    this.#queues.doubles.data[queue * QUEUE_DOUBLES + MOVE_GAP] = Math.round(MICROS / perSecond)
    this.#kernel.after(0, this.#moving, queue)
    return true
  }

  #isDeadLetterQueue(queue: number): boolean {
    const row = this.#queues.ints.data
    for (let it = 0; it < this.#queues.table.size; it++) if (row[it * QUEUE_INTS + DEAD_LETTER] === queue) return true
    return false
  }

  /** Row of a queue of the same kind; undefined when there is none of that name. */
  #destination(queue: number, id: string): number | undefined {
    const known = Object.hasOwn(this.#context.scenario().resources, id)
    const to = known ? this.#rowOf[this.#context.index(id)] : undefined
    const row = this.#queues.ints.data
    return to === undefined || row[to * QUEUE_INTS + FIFO] !== row[queue * QUEUE_INTS + FIFO] ? undefined : to
  }

  #next(queue: number): void {
    const message = this.#movable(queue)
    if (message < 0) {
      this.#queues.ints.data[queue * QUEUE_INTS + MOVING] = 0
      return
    }
    this.#lives.move(message)
    this.#kernel.after(this.#queues.doubles.data[queue * QUEUE_DOUBLES + MOVE_GAP]!, this.#moving, queue)
  }

  /** The first visible message that came from another queue; what was sent here directly has nowhere to go, unless that is named. */
  #movable(queue: number): number {
    const q = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const row = this.#messages.ints.data
    const hasSource = (message: number): boolean => q[at + MOVE_TO]! >= 0 || row[message * MESSAGE_INTS + SOURCE]! >= 0
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
