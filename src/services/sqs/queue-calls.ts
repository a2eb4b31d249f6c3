import { Outcome } from '../../model/recording'
import { MICROS, toMicros } from '../../model/units'
import type { Kernel } from '../../kernel/kernel'
import type { Recorder } from '../../kernel/recorder'
import { COMPLETES, HANDLE, ITEM, PAYLOAD, RECEIVES, TRACE } from '../parcel'
import type { Calls, Parcels, ServiceContext } from '../service'
import { Admission, TAKEN } from './admission'
import { CHANGE_VISIBILITY, DELETE, MOVE, RECEIVE, SEND } from './actions'
import { MESSAGE_INTS, PAYLOAD_OF, QUEUE_OF, RECEIVES_OF, TRACE_OF } from './message-row'
import type { MessageLives, QueueWatcher } from './messages'
import type { Meters } from './meters'
import type { MoveTasks } from './move-tasks'
import {
  DELAY,
  DELETES_UNTIL,
  FIFO,
  FIRST,
  FIRST_READY,
  FIRST_WAITING,
  IN_FLIGHT,
  QUEUE_DOUBLES,
  QUEUE_INTS,
  RECEIVES_UNTIL,
  REQUESTS,
  RESOURCE,
  SENDS_UNTIL,
  TOUCHED,
  VISIBLE,
  WAIT,
} from './queue-row'
import type { Messages, Queues, Waiting } from './store'

/** The calls a queue answers. Messages that become visible together are handed out together: at the end of their instant. */
export class QueueCalls implements QueueWatcher {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #recorder: Recorder
  readonly #calls: Calls
  readonly #parcels: Parcels
  readonly #queues: Queues
  readonly #messages: Messages
  readonly #waiting: Waiting
  readonly #lives: MessageLives
  readonly #meters: Meters
  readonly #rowOf: readonly (number | undefined)[]
  /** Resources whose receives wait as long as it takes: pollers of mappings, by resource. */
  readonly #patient: readonly (boolean | undefined)[]
  readonly #admission: Admission
  readonly #tasks: MoveTasks
  readonly #limit: number
  readonly #batchEntries: number
  readonly #kinds: { readonly [name in 'settling' | 'givingUp']: number }
  readonly #why: {
    readonly [
      name in 'delayed' | 'extended' | 'stale' | 'receiptExpired' | 'full' | 'overLimit' | 'empty' | 'sampled'
    ]: number
  }
  /** Queue whose handler shows the levels itself at its end, and needs no turn for that. */
  #quiet = -1

  constructor(
    context: ServiceContext,
    store: { queues: Queues; messages: Messages; waiting: Waiting },
    lives: MessageLives,
    meters: Meters,
    rowOf: readonly (number | undefined)[],
    patient: readonly (boolean | undefined)[],
    tasks: MoveTasks,
  ) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#recorder = kernel.recorder
    this.#calls = context.calls
    this.#parcels = context.parcels
    this.#queues = store.queues
    this.#messages = store.messages
    this.#waiting = store.waiting
    this.#lives = lives
    this.#meters = meters
    this.#rowOf = rowOf
    this.#patient = patient
    this.#tasks = tasks
    this.#limit = context.number('sqs.inFlightLimit')
    this.#batchEntries = context.number('sqs.batchEntries')
    this.#admission = new Admission(context, store.queues)
    this.#why = {
      delayed: context.reason('sqs.delayed'),
      extended: context.reason('sqs.extended'),
      stale: context.reason('sqs.stale'),
      receiptExpired: context.reason('sqs.receiptExpired'),
      full: context.reason('sqs.inFlightFull'),
      overLimit: context.reason('sqs.overLimit'),
      empty: context.reason('sqs.empty'),
      sampled: context.reason('sqs.sampled'),
    }
    this.#kinds = {
      settling: kernel.handler((queue) => this.#settle(queue)),
      givingUp: kernel.handler((request, queue) => this.#giveUp(request, queue)),
    }
    lives.watcher = this
  }

  handle(request: number): void {
    const queue = this.#rowOf[this.#calls.target(request)]!
    const action = this.#calls.action(request)
    if (this.#queues.ints.data[queue * QUEUE_INTS + FIFO] === 1 && this.#throttles(request, queue, action)) return
    if (action === RECEIVE) this.#receive(request, queue)
    else if (action === DELETE) this.#remove(request, queue)
    else if (action === CHANGE_VISIBILITY) this.#changeVisibility(request, queue)
    else if (action === MOVE) this.#move(request, queue)
    else this.#send(request, queue)
  }

  /** A FIFO queue takes so many calls of a kind (SQS-4). Pollers of mappings keep to it by themselves. */
  #throttles(request: number, queue: number, action: number): boolean {
    if (this.#patient[this.#calls.source(request)] === true || action === MOVE) return false
    const kind = action === RECEIVE ? RECEIVES_UNTIL : action === SEND ? SENDS_UNTIL : DELETES_UNTIL
    if (!this.#admission.throttled(queue, kind)) return false
    this.#admission.explainThrottle(queue, this.#resource(queue))
    this.#calls.answer(request, Outcome.throttled)
    return true
  }

  changed(queue: number): void {
    if (queue !== this.#quiet) this.touch(queue)
  }

  /** Settles a queue at the end of this instant. */
  touch(queue: number): void {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS + TOUCHED
    if (row[at] === 1) return
    row[at] = 1
    this.#kernel.after(0, this.#kinds.settling, queue)
  }

  /** Whoever abandons a receive says so, or its answer would hide messages from everyone. */
  abandoned(request: number): void {
    if (!this.#waiting.has(request)) return
    this.#stopWaiting(request)
    this.#calls.answer(request, Outcome.dropped)
  }

  /** Messages in flight that whoever works on them gives up (LAM-68). */
  discard(parcel: number, queue: number): void {
    const items = this.#parcels.get(parcel)
    for (let at = 0; at < items.length; at += ITEM) {
      if (this.#holds(items, at)) this.#lives.discard(items[at + HANDLE]!)
    }
    this.touch(queue)
  }

  /** Messages of a parcel will not be deleted, because of what is told just now: that is why they reappear. */
  letGo(parcel: number): void {
    const items = this.#parcels.get(parcel)
    for (let at = 0; at < items.length; at += ITEM) {
      if (this.#holds(items, at)) this.#lives.letGo(items[at + HANDLE]!)
    }
  }

  #settle(queue: number): void {
    this.#queues.ints.data[queue * QUEUE_INTS + TOUCHED] = 0
    for (;;) {
      const request = this.#queues.ints.data[queue * QUEUE_INTS + FIRST_WAITING]!
      if (request < 0 || !this.#receivable(queue)) break
      const short = this.#waiting.isShort(request)
      const parcel = this.#take(queue, this.#most(request), short)
      if (parcel < 0 && !short) break
      this.#stopWaiting(request)
      if (parcel >= 0) this.#handOut(request, parcel)
      else this.#answerEmpty(request, queue, 0)
    }
    this.#meters.show(queue)
  }

  #receivable(queue: number): boolean {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    return row[at + (row[at + FIFO] === 1 ? FIRST_READY : FIRST)]! >= 0
  }

  #stopWaiting(request: number): void {
    const patience = this.#waiting.leave(this.#queues, request)
    if (patience >= 0) this.#kernel.agenda.remove(patience)
  }

  /** Hands out up to `most` messages as a parcel; -1 when there is none to hand out. */
  #take(queue: number, most: number, short: boolean): number {
    const items = this.#lives.take(queue, most, this.#limit, short)
    if (items.length === 0) {
      const resource = this.#resource(queue)
      if (!short && this.#receivable(queue)) this.#context.explain(this.#why.full, resource, resource, this.#limit)
      return -1
    }
    this.#meters.received(queue, items.length / ITEM)
    this.#bill(queue, items.length / ITEM)
    this.#recorder.trace = items[TRACE]!
    return this.#parcels.put(items)
  }

  #send(request: number, queue: number): void {
    const calls = this.#calls
    const count = calls.count(request)
    const payload = calls.payload(request)
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const fifo = row[at + FIFO] === 1
    const content = this.#context.payloads.get(payload)
    const refused = this.#admission.refusal(queue, content, calls.source(request))
    if (refused !== TAKEN) {
      this.#bill(queue, count)
      this.#admission.explain(refused, queue, this.#resource(queue))
      if (refused !== this.#admission.duplicate) return calls.answer(request, Outcome.error)
      this.#meters.deduplicated(queue)
      return calls.answer(request, Outcome.ok, -1)
    }
    const delay =
      content.delay === undefined ? this.#queues.doubles.data[queue * QUEUE_DOUBLES + DELAY]! : toMicros(content.delay)
    if (delay > 0) {
      const resource = this.#resource(queue)
      this.#context.explain(this.#why.delayed, resource, resource, delay / MICROS)
    }
    const group = fifo ? content.group : undefined
    const { past } = this.#context.lineage
    const { trace } = this.#recorder
    const { now } = this.#kernel.clock
    let message = -1
    for (let i = 0; i < count; i++) message = this.#lives.store(queue, payload, trace, now, past, group, -1, delay)
    this.touch(queue)
    this.#meters.sent(queue, count)
    this.#bill(queue, count)
    calls.answer(request, Outcome.ok, message)
  }

  #receive(request: number, queue: number): void {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const patient = this.#patient[this.#calls.source(request)] === true
    const wait = patient ? Infinity : this.#waitOf(request, queue)
    // a short poll beyond the messages allowed in flight is an error, a long one, and any of a FIFO queue, returns nothing (SQS-3)
    if (wait === 0 && row[at + IN_FLIGHT]! >= this.#limit && row[at + FIFO] === 0) {
      const resource = this.#resource(queue)
      this.#bill(queue, 0)
      this.#context.explain(this.#why.overLimit, resource, resource, this.#limit)
      return this.#calls.answer(request, Outcome.error)
    }
    // who already waits, or came in this instant, is served first, so that a burst is shared out in full batches
    if (row[at + TOUCHED] === 0 && row[at + FIRST_WAITING]! < 0 && this.#receivable(queue)) {
      this.#quiet = queue
      const parcel = this.#take(queue, this.#most(request), wait === 0)
      this.#quiet = -1
      this.#meters.show(queue)
      if (parcel >= 0) return this.#handOut(request, parcel)
    }
    if (patient) {
      this.#waiting.add(this.#queues, queue, request, -1, this.#calls.payload(request) === COMPLETES, false)
      return
    }
    const patience = this.#kernel.after(wait, this.#kinds.givingUp, request, queue)
    this.#waiting.add(this.#queues, queue, request, patience, false, wait === 0)
  }

  /** How long a receive waits (µs): its own WaitTimeSeconds, else what the queue says. */
  #waitOf(request: number, queue: number): number {
    const own = this.#asked(request, 'WaitTimeSeconds')
    if (own !== null) return toMicros(Math.max(0, Math.min(LONGEST_WAIT, own)))
    return this.#queues.doubles.data[queue * QUEUE_DOUBLES + WAIT]!
  }
  /** How many messages a receive takes at most. */
  #most(request: number): number {
    const own = this.#asked(request, 'MaxNumberOfMessages')
    return own === null ? this.#calls.count(request) : Math.max(1, Math.min(this.#batchEntries, Math.floor(own)))
  }
  #asked(request: number, name: string): number | null {
    const payload = this.#calls.payload(request)
    if (payload < 0) return null
    const value = this.#context.payloads.get(payload).body[name]
    return typeof value === 'number' ? value : null
  }

  /** The wait is over and no message came. */
  #giveUp(request: number, queue: number): void {
    this.#waiting.leave(this.#queues, request)
    this.#answerEmpty(request, queue, this.#waitOf(request, queue) / MICROS)
  }

  /** `waited`: s. A short poll may miss what is there (SQS-6). */
  #answerEmpty(request: number, queue: number, waited: number): void {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    const resource = this.#resource(queue)
    const missed = row[at + FIFO] === 0 && row[at + IN_FLIGHT]! < this.#limit ? row[at + VISIBLE]! : 0
    this.#meters.empty(queue)
    this.#bill(queue, 0)
    if (missed > 0) this.#context.explain(this.#why.sampled, resource, resource, missed)
    else this.#context.explain(this.#why.empty, resource, resource, waited)
    this.#calls.answer(request, Outcome.ok, -1, 0)
  }

  #handOut(request: number, parcel: number): void {
    this.#calls.answer(request, Outcome.ok, parcel, this.#parcels.get(parcel).length / ITEM)
  }

  #remove(request: number, queue: number): void {
    const items = this.#parcels.get(this.#calls.payload(request))
    const fifo = this.#queues.ints.data[queue * QUEUE_INTS + FIFO] === 1
    const count = items.length / ITEM
    let removed = 0
    this.#quiet = queue
    for (let at = 0; at < items.length; at += ITEM) {
      const message = items[at + HANDLE]!
      if (!this.#holds(items, at)) continue
      // a standard queue deletes what is visible again, as long as nobody received it since
      if (fifo && this.#lives.place(message) === VISIBLE) continue
      if (fifo || !this.#lives.leavesCopy(message, queue)) this.#lives.delete(message)
      removed++
    }
    this.#quiet = -1
    this.#meters.show(queue)
    // what was kept back by the limit in flight, or by its message group, may go now
    if (this.#queues.ints.data[queue * QUEUE_INTS + FIRST_WAITING]! >= 0 && this.#receivable(queue)) this.touch(queue)
    if (removed < count) {
      const resource = this.#resource(queue)
      this.#context.explain(fifo ? this.#why.receiptExpired : this.#why.stale, resource, resource, count - removed)
    }
    this.#meters.deleted(queue, removed)
    this.#bill(queue, count)
    this.#calls.answer(request, fifo && removed === 0 && count > 0 ? Outcome.error : Outcome.ok, removed)
  }

  #changeVisibility(request: number, queue: number): void {
    const items = this.#parcels.get(this.#calls.payload(request))
    const seconds = this.#calls.count(request)
    const resource = this.#resource(queue)
    if (seconds > 0) this.#context.explain(this.#why.extended, resource, resource, seconds)
    this.#lives.hideFor = toMicros(seconds)
    for (let at = 0; at < items.length; at += ITEM) {
      const message = items[at + HANDLE]!
      if (!this.#holds(items, at) || this.#lives.place(message) !== IN_FLIGHT) continue
      if (seconds > 0) this.#lives.extend(message)
      else this.#lives.release(message)
    }
    this.touch(queue)
    this.#bill(queue, items.length / ITEM)
    this.#calls.answer(request, Outcome.ok)
  }

  #move(request: number, queue: number): void {
    this.#bill(queue, 1)
    const payload = this.#calls.payload(request)
    const asked = payload < 0 ? {} : this.#context.payloads.get(payload).body
    this.#calls.answer(request, this.#tasks.start(queue, asked) ? Outcome.ok : Outcome.error)
  }

  #bill(queue: number, entries: number): void {
    const doubles = this.#queues.doubles.data
    const at = queue * QUEUE_DOUBLES + REQUESTS
    doubles[at] = doubles[at]! + (entries <= this.#batchEntries ? 1 : Math.ceil(entries / this.#batchEntries))
  }

  /** Whether a handle of a parcel still stands for the message it was given for. */
  #holds(items: readonly number[], at: number): boolean {
    const row = this.#messages.ints.data
    const message = items[at + HANDLE]! * MESSAGE_INTS
    return (
      row[message + QUEUE_OF]! >= 0 &&
      row[message + RECEIVES_OF] === items[at + RECEIVES] &&
      row[message + PAYLOAD_OF] === items[at + PAYLOAD] &&
      row[message + TRACE_OF] === items[at + TRACE]
    )
  }

  #resource(queue: number): number {
    return this.#queues.ints.data[queue * QUEUE_INTS + RESOURCE]!
  }
}

/** A receive waits no longer (SQS-1, seconds). */
const LONGEST_WAIT = 20
