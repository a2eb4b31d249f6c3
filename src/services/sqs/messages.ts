import type { LogicalId } from '../../model/scenario'
import { MICROS } from '../../model/units'
import type { Clock } from '../../kernel/clock'
import type { Lifecycle } from '../../kernel/lifecycle'
import type { Recorder } from '../../kernel/recorder'
import { ITEM } from '../parcel'
import type { ServiceContext } from '../service'
import { Chances } from './chances'
import type { Groups } from './groups'
import { messageMachine } from './machine'
import {
  COPY,
  COPY_LEFT,
  COPY_SEEN,
  MESSAGE_DOUBLES,
  MESSAGE_INTS,
  NEXT,
  NOWHERE,
  PAST_OF,
  PAYLOAD_OF,
  PLACE,
  QUEUE_OF,
  RECEIVES_OF,
  SENT_AT,
  SOURCE,
  STORED_AT,
  TRACE_OF,
  GROUP,
} from './message-row'
import type { Meters } from './meters'
import type { Redrive } from './redrive'
import {
  DEAD_LETTER,
  DELAYED,
  FIFO,
  FIRST,
  FIRST_READY,
  HIDE_FOR,
  IN_FLIGHT,
  LAST,
  MOST_RECEIVES,
  OLDEST,
  QUEUE_DOUBLES,
  QUEUE_INTS,
  RESOURCE,
  RETENTION,
  VISIBLE,
} from './queue-row'
import type { Messages, Queues } from './store'

/** Who wants to know that a queue changed. */
export interface QueueWatcher {
  changed(queue: number): void
}

/** The messages of all queues: they run through `messageMachine`; where each one is decides lists and levels. */
export class MessageLives {
  /** Told when a queue changed by itself: a message became visible or is gone. */
  watcher: QueueWatcher = { changed() {} }
  /** Visibility timeout of what is received or kept hidden next (µs). */
  hideFor = 0
  /** How long what is stored next stays hidden (µs). */
  #delay = 0
  readonly life: Lifecycle
  readonly #context: ServiceContext
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #queues: Queues
  readonly #messages: Messages
  readonly #groups: Groups
  readonly #meters: Meters
  readonly #agedReceives: number
  readonly #chances: Chances
  /** Timer of the visibility timeout. */
  readonly #hiding: number
  /** Place by state. */
  readonly #places: Int32Array
  readonly #event: {
    readonly [name in 'HIDE' | 'RECEIVE' | 'DELETE' | 'RELEASE' | 'EXTEND' | 'DISCARD' | 'MOVE']: number
  }
  readonly #why: {
    readonly [name in 'hidden' | 'reappeared' | 'copyLeft' | 'copySeen' | 'overtook' | 'expired']: number
  }

  constructor(
    context: ServiceContext,
    ids: readonly LogicalId[],
    queues: Queues,
    messages: Messages,
    groups: Groups,
    meters: Meters,
    redrive: Redrive,
  ) {
    this.#chances = new Chances(context, ids)
    this.#context = context
    this.#clock = context.kernel.clock
    this.#recorder = context.kernel.recorder
    this.#queues = queues
    this.#messages = messages
    this.#groups = groups
    this.#meters = meters
    redrive.lives = this
    this.#agedReceives = context.number('sqs.agedReceives')
    this.#why = {
      hidden: context.reason('sqs.hidden'),
      reappeared: context.reason('sqs.reappeared'),
      copyLeft: context.reason('sqs.copyLeft'),
      copySeen: context.reason('sqs.copySeen'),
      overtook: context.reason('sqs.overtook'),
      expired: context.reason('sqs.expired'),
    }
    this.life = context.lifecycle({
      entities: messages.table,
      machine: messageMachine,
      onEnter: (message, state) => this.#entered(message, state),
      implementation: {
        guards: {
          receivedTooOften: (message) => this.#receivedTooOften(message),
          hasDeadLetterQueue: (message) => this.#queueInt(message, DEAD_LETTER) >= 0,
        },
        delays: {
          delay: () => this.#delay,
          visibilityTimeout: () => this.hideFor,
          retention: (message) => this.#retention(message),
        },
        actions: {
          countReceive: (message) => this.#countReceive(message),
          reappear: (message) => this.#reappear(message),
          redrive: (message) => redrive.deadLetter(message),
          moveBack: (message) => redrive.moveBack(message),
          expire: (message) => this.#expire(message),
          forget: (message) => this.#forget(message),
        },
      },
    })
    const { life } = this
    this.#hiding = life.table.timers.findIndex(({ delay }) => delay === 'visibilityTimeout')
    this.#places = Int32Array.from(life.table.states, (state) =>
      state === 'stored.visible'
        ? VISIBLE
        : state === 'stored.delayed'
          ? DELAYED
          : state === 'stored.inFlight'
            ? IN_FLIGHT
            : NOWHERE,
    )
    this.#event = {
      HIDE: life.event('HIDE'),
      RECEIVE: life.event('RECEIVE'),
      DELETE: life.event('DELETE'),
      RELEASE: life.event('RELEASE'),
      EXTEND: life.event('EXTEND'),
      DISCARD: life.event('DISCARD'),
      MOVE: life.event('MOVE'),
    }
  }

  /** A message comes into a queue. `group`: of a FIFO queue. `source`: row of the queue it was dead-lettered from, or -1. */
  store(
    queue: number,
    payload: number,
    trace: number,
    sentAt: number,
    past: number,
    group: string | undefined,
    source: number,
    delay: number,
  ): number {
    const messages = this.#messages
    const message = messages.table.add()
    const row = messages.ints.data
    const at = message * MESSAGE_INTS
    row[at + QUEUE_OF] = queue
    row[at + PAYLOAD_OF] = payload
    row[at + TRACE_OF] = trace
    row[at + RECEIVES_OF] = 0
    row[at + PAST_OF] = past
    row[at + PLACE] = NOWHERE
    row[at + GROUP] = -1
    row[at + SOURCE] = source
    row[at + COPY] = 0
    const doubles = messages.doubles.data
    doubles[message * MESSAGE_DOUBLES + SENT_AT] = sentAt
    doubles[message * MESSAGE_DOUBLES + STORED_AT] = this.#clock.now
    messages.age(this.#queues, queue, message)
    if (this.#queues.ints.data[queue * QUEUE_INTS + FIFO] === 1) this.#groups.join(queue, message, group ?? '')
    this.life.start(message)
    if (delay > 0) {
      this.#delay = delay
      this.life.send(message, this.#event.HIDE)
    }
    return message
  }

  /**
   * Takes up to `most` messages out of a queue, `limit` in flight at most: items of a parcel. Says for how long they are hidden. `short`: for
   * a short poll, which finds only what lies on the servers it asks (SQS-6).
   */
  take(queue: number, most: number, limit: number, short: boolean): number[] {
    const q = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const hideFor = this.#queues.doubles.data[queue * QUEUE_DOUBLES + HIDE_FOR]!
    this.hideFor = hideFor
    const items: number[] = []
    const mayGo = Math.min(most, limit - q[at + IN_FLIGHT]!)
    if (q[at + FIFO] === 1) this.#takeGroups(at, mayGo, items)
    else if (short && this.#chances.sampled) this.#takeSome(queue, mayGo, items)
    else {
      // a dead-lettered message leaves the queue as well, so the first one is always another
      for (let message = q[at + FIRST]!; message >= 0 && items.length < mayGo * ITEM; message = q[at + FIRST]!)
        this.#takeOne(message, items)
    }
    return items
  }

  #takeSome(queue: number, most: number, items: number[]): void {
    let message = this.#queues.ints.data[queue * QUEUE_INTS + FIRST]!
    while (message >= 0 && items.length < most * ITEM) {
      const next = this.#messages.ints.data[message * MESSAGE_INTS + NEXT]!
      if (this.#chances.finds(queue)) this.#takeOne(message, items)
      message = next
    }
  }

  /** Hands a message out or dead-letters it. Returns how many were handed out. */
  #takeOne(message: number, items: number[]): number {
    const at = message * MESSAGE_INTS
    // said before the timers start, so that what reappears follows from it
    if (items.length === 0 && !this.#receivedTooOften(message)) {
      this.#recorder.trace = this.#messages.ints.data[at + TRACE_OF]!
      const resource = this.#queueInt(message, RESOURCE)
      this.#context.explain(this.#why.hidden, resource, resource, this.hideFor / MICROS)
    }
    this.life.send(message, this.#event.RECEIVE)
    const row = this.#messages.ints.data
    if (row[at + PLACE] !== IN_FLIGHT) return 0
    items.push(message, row[at + PAYLOAD_OF]!, row[at + TRACE_OF]!, row[at + RECEIVES_OF]!, row[at + PAST_OF]!)
    return 1
  }

  /** Group after group, of each as many as there are, up to the first that is not visible. */
  #takeGroups(at: number, most: number, items: number[]): void {
    let left = most
    for (let group = this.#firstReady(at); group >= 0 && left > 0; group = this.#firstReady(at)) {
      let message = this.#groups.head(group)
      while (message >= 0 && left > 0 && this.place(message) === VISIBLE) {
        const next = this.#messages.ints.data[message * MESSAGE_INTS + NEXT]!
        left -= this.#takeOne(message, items)
        message = next
      }
    }
  }
  #firstReady(at: number): number {
    return this.#queues.ints.data[at + FIRST_READY]!
  }

  place(message: number): number {
    return this.#messages.ints.data[message * MESSAGE_INTS + PLACE]!
  }
  delete(message: number): void {
    this.life.send(message, this.#event.DELETE)
  }
  /** Whether the delete of a message in flight of a standard queue misses a copy: it is then kept, and comes again once (SQS-3). */
  leavesCopy(message: number, queue: number): boolean {
    const row = this.#messages.ints.data
    const at = message * MESSAGE_INTS
    if (row[at + COPY] !== 0 || row[at + PLACE] !== IN_FLIGHT || !this.#chances.leavesCopy(queue)) return false
    row[at + COPY] = COPY_LEFT
    const { cause, trace } = this.#recorder
    this.#recorder.trace = row[at + TRACE_OF]!
    this.#context.explain(this.#why.copyLeft, this.#queueInt(message, RESOURCE))
    this.life.blame(message, this.#hiding)
    this.#recorder.cause = cause
    this.#recorder.trace = trace
    return true
  }
  /** Nobody will delete it: its visibility timeout ends in consequence of the present cause. */
  letGo(message: number): void {
    if (this.place(message) === IN_FLIGHT) this.life.blame(message, this.#hiding)
  }
  /** Visible again at once. */
  release(message: number): void {
    this.life.send(message, this.#event.RELEASE)
  }
  /** Hidden for `hideFor` from now. */
  extend(message: number): void {
    this.life.send(message, this.#event.EXTEND)
  }
  /** Given up by who works on it: to the dead-letter queue, or gone (LAM-68). */
  discard(message: number): void {
    this.life.send(message, this.#event.DISCARD)
  }
  /** Back to the queue it was dead-lettered from. */
  move(message: number): void {
    this.life.send(message, this.#event.MOVE)
  }

  #queueOf(message: number): number {
    return this.#messages.ints.data[message * MESSAGE_INTS + QUEUE_OF]!
  }
  #queueInt(message: number, place: number): number {
    return this.#queues.ints.data[this.#queueOf(message) * QUEUE_INTS + place]!
  }

  #entered(message: number, state: number): void {
    const row = this.#messages.ints.data
    const at = message * MESSAGE_INTS
    const queue = row[at + QUEUE_OF]!
    const q = this.#queues.ints.data
    const base = queue * QUEUE_INTS
    const from = row[at + PLACE]!
    const to = this.#places[state]!
    row[at + PLACE] = to
    const fifo = q[base + FIFO] === 1
    if (from !== NOWHERE) q[base + from] = q[base + from]! - 1
    if (to !== NOWHERE) q[base + to] = q[base + to]! + 1
    if (fifo) this.#groups.moved(message, from, to)
    else if (from === VISIBLE) this.#messages.unlink(this.#queues, queue, message)
    if (to === VISIBLE) {
      if (!fifo) {
        if (q[base + LAST]! >= 0 && this.#chances.overtakes(queue)) this.#overtake(queue, message)
        else this.#messages.append(this.#queues, queue, message)
      }
      // what reappears says why first
      if (from !== IN_FLIGHT) this.watcher.changed(queue)
    }
  }

  /** It goes before the one that came before it: a standard queue only tries to keep the order (SQS-3). */
  #overtake(queue: number, message: number): void {
    this.#messages.appendBeforeLast(this.#queues, queue, message)
    const { cause, trace } = this.#recorder
    this.#recorder.trace = this.#messages.ints.data[message * MESSAGE_INTS + TRACE_OF]!
    this.#context.explain(this.#why.overtook, this.#queueInt(message, RESOURCE))
    this.#recorder.cause = cause
    this.#recorder.trace = trace
  }

  #receivedTooOften(message: number): boolean {
    if (this.#queueInt(message, DEAD_LETTER) < 0) return false
    const receives = this.#messages.ints.data[message * MESSAGE_INTS + RECEIVES_OF]!
    return receives >= this.#queueInt(message, MOST_RECEIVES)
  }

  #retention(message: number): number {
    const sentAt = this.#messages.doubles.data[message * MESSAGE_DOUBLES + SENT_AT]!
    const end = sentAt + this.#queues.doubles.data[this.#queueOf(message) * QUEUE_DOUBLES + RETENTION]!
    return Math.max(0, end - this.#clock.now)
  }

  #countReceive(message: number): void {
    const row = this.#messages.ints.data
    const at = message * MESSAGE_INTS
    const receives = row[at + RECEIVES_OF]! + 1
    row[at + RECEIVES_OF] = receives
    if (receives >= this.#agedReceives) this.#leaveAges(message)
  }

  #reappear(message: number): void {
    const row = this.#messages.ints.data
    const at = message * MESSAGE_INTS
    this.#recorder.trace = row[at + TRACE_OF]!
    const resource = this.#queueInt(message, RESOURCE)
    const isCopy = row[at + COPY] === COPY_LEFT
    if (isCopy) row[at + COPY] = COPY_SEEN
    this.#context.explain(isCopy ? this.#why.copySeen : this.#why.reappeared, resource, resource, row[at + RECEIVES_OF])
    this.watcher.changed(row[at + QUEUE_OF]!)
  }

  #expire(message: number): void {
    this.#recorder.trace = this.#messages.ints.data[message * MESSAGE_INTS + TRACE_OF]!
    const resource = this.#queueInt(message, RESOURCE)
    const sentAt = this.#messages.doubles.data[message * MESSAGE_DOUBLES + SENT_AT]!
    this.#context.explain(this.#why.expired, resource, resource, (this.#clock.now - sentAt) / MICROS)
  }

  #forget(message: number): void {
    const queue = this.#queueOf(message)
    this.#leaveAges(message)
    if (this.#queues.ints.data[queue * QUEUE_INTS + FIFO] === 1) this.#groups.leave(message)
    this.#messages.ints.data[message * MESSAGE_INTS + QUEUE_OF] = -1
    this.#messages.table.remove(message)
    this.watcher.changed(queue)
  }

  #leaveAges(message: number): void {
    const queue = this.#queueOf(message)
    if (this.#queues.ints.data[queue * QUEUE_INTS + OLDEST] === message) this.#meters.age(queue)
    this.#messages.unage(this.#queues, queue, message)
  }
}
