import { Outcome, Token } from '../../model/recording'
import { MICROS, toMicros } from '../../model/units'
import { Table } from '../../kernel/columns'
import type { Clock } from '../../kernel/clock'
import type { Kernel } from '../../kernel/kernel'
import type { Lifecycle } from '../../kernel/lifecycle'
import type { Recorder } from '../../kernel/recorder'
import { ITEM, TRACE } from '../parcel'
import type { Calls, Parcels, ServiceContext } from '../service'
import { bytesOf, keptOf, passing, splitAt } from './mapping-batch'
import type { Mapping } from './mapping-config'
import type { MappingMeters } from './mapping-meters'
import { BYTES, MAPPING_OF, NUMBER, PARCEL, POLLER_INTS, RECEIVING, REST, SIZE } from './mapping-row'
import { Scaling } from './mapping-scaling'
import { pollerMachine } from './poller.machine'

type PollerEvent =
  | 'received'
  | 'filtered'
  | 'succeeded'
  | 'partlyFailed'
  | 'failed'
  | 'throttled'
  | 'dropped'
  | 'deleted'
  | 'denied'
  | 'retire'

/** The pollers of all mappings: they run through `pollerMachine` and call the function synchronously (ESM-1). */
export class Pollers {
  readonly scaling: Scaling
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #calls: Calls
  readonly #parcels: Parcels
  readonly #mappings: readonly Mapping[]
  readonly #meters: MappingMeters
  readonly #table: Table
  readonly #ints
  readonly #doubles
  readonly #life: Lifecycle
  readonly #event: { readonly [name in PollerEvent]: number }
  readonly #state: { readonly [name in 'receiving' | 'collecting']: number }
  /** States in which a poller has nothing in hand and may go. */
  readonly #mayGo: readonly boolean[]
  readonly #throttledWait: number
  readonly #errorWait: number
  readonly #kinds: {
    readonly [name in 'received' | 'invoked' | 'deleted' | 'filtered' | 'goingOn' | 'removing']: number
  }
  readonly #why: {
    readonly [
      name in 'batch' | 'held' | 'released' | 'partlyFailed' | 'invalid' | 'dropped' | 'split' | 'filtered' | 'backsOff'
    ]: number
  }
  /** Set by the guard that asks for it, for the delay that follows (µs). */
  #pace = 0

  constructor(context: ServiceContext, mappings: readonly Mapping[], meters: MappingMeters) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#clock = kernel.clock
    this.#recorder = kernel.recorder
    this.#calls = context.calls
    this.#parcels = context.parcels
    this.#mappings = mappings
    this.#meters = meters
    this.#throttledWait = toMicros(context.number('lambda.throttledBatch'))
    this.#errorWait = toMicros(context.number('lambda.errorBackoff'))
    const deniedWait = toMicros(context.number('lambda.deniedPoll'))
    this.#why = {
      batch: context.reason('lambda.batch'),
      held: context.reason('lambda.batchHeld'),
      released: context.reason('lambda.batchReleased'),
      partlyFailed: context.reason('lambda.batchPartlyFailed'),
      invalid: context.reason('lambda.batchResponseInvalid'),
      dropped: context.reason('lambda.batchDropped'),
      split: context.reason('lambda.batchSplit'),
      filtered: context.reason('lambda.filteredOut'),
      backsOff: context.reason('lambda.pollerBacksOff'),
    }
    this.scaling = new Scaling(context, mappings, meters, this)
    this.#table = kernel.part(new Table(16))
    this.#ints = this.#table.kept(-1, POLLER_INTS)
    /** When the first message of the batch was received (µs). */
    this.#doubles = this.#table.keptF64()
    this.#kinds = {
      received: kernel.handler((request, p) => this.#received(request, p)),
      invoked: kernel.handler((request, p) => this.#invoked(request, p)),
      deleted: kernel.handler((request, p) => this.#deleted(request, p)),
      filtered: kernel.handler((_, parcel) => this.#parcels.drop(parcel)),
      goingOn: kernel.handler((p) => this.#life.send(p, this.#event.deleted)),
      removing: kernel.handler((p) => this.#table.remove(p)),
    }
    const life = context.lifecycle({
      entities: this.#table,
      machine: pollerMachine,
      drawn: { owner: (p) => this.#mapping(p).resource, label: (p) => `p${this.#int(p, NUMBER)}` },
      value: (p) => this.#int(p, SIZE),
      implementation: {
        guards: {
          'batch ready': (p) => this.#batchReady(p),
          'still hidden': (p) => this.#stillHidden(p),
          'more held': (p) => this.#int(p, REST) >= 0,
          surplus: (p) => this.scaling.surplus(this.#int(p, MAPPING_OF)),
          'polls too fast': (p) => {
            this.#pace = this.scaling.pace(this.#int(p, MAPPING_OF), this.#int(p, BYTES))
            return this.#pace > 0
          },
        },
        actions: {
          receive: (p) => this.#receive(p),
          invoke: (p) => this.#invoke(p),
          delete: (p) => this.#delete(p),
          'keep what failed': () => {},
          'let go': (p) => this.#letGo(p),
          'go on': (p) => void kernel.after(0, this.#kinds.goingOn, p),
          discard: (p) => this.#discard(p),
          'note throttle': (p) => this.#noteThrottle(p),
          'note error': (p) => this.#noteError(p),
          leave: (p) => this.#leave(p),
        },
        delays: {
          WINDOW: (p) => Math.max(0, this.#doubles.data[p]! + this.#mapping(p).window - this.#clock.now),
          THROTTLED: () => this.#throttledWait,
          DENIED: () => deniedWait,
          BACKOFF: () => this.#errorWait,
          PACE: () => this.#pace,
        },
      },
    })
    this.#life = life
    this.#event = {
      received: life.event('received'),
      filtered: life.event('filtered'),
      succeeded: life.event('succeeded'),
      partlyFailed: life.event('partlyFailed'),
      failed: life.event('failed'),
      throttled: life.event('throttled'),
      dropped: life.event('dropped'),
      deleted: life.event('deleted'),
      denied: life.event('denied'),
      retire: life.event('retire'),
    }
    this.#state = { receiving: life.code('receiving'), collecting: life.code('collecting') }
    this.#mayGo = life.table.states.map((state) => ['receiving', 'denied', 'pacing', 'backingOff'].includes(state))
  }

  /** One more poller for a mapping. */
  add(m: number): void {
    const p = this.#table.add()
    const row = this.#ints.data
    row.fill(-1, p * POLLER_INTS, (p + 1) * POLLER_INTS)
    row[p * POLLER_INTS + MAPPING_OF] = m
    row[p * POLLER_INTS + SIZE] = 0
    row[p * POLLER_INTS + BYTES] = 0
    row[p * POLLER_INTS + NUMBER] = this.scaling.joined(m)
    this.#life.drawn.born(p)
    this.#life.start(p)
  }

  /** The newest first. Those that are busy go when they have finished. */
  dismiss(m: number, surplus: number): void {
    let left = surplus
    for (let p = this.#table.size - 1; p >= 0 && left > 0; p--) {
      const at = p * POLLER_INTS
      const row = this.#ints.data
      if (row[at + MAPPING_OF] !== m || !this.#mayGo[this.#life.state.data[p]!]!) continue
      if (row[at + PARCEL]! >= 0 || row[at + REST]! >= 0) continue
      if (row[at + RECEIVING]! >= 0 && !this.#stopReceiving(p)) continue
      this.#life.send(p, this.#event.retire)
      left--
    }
  }

  #receive(p: number): void {
    const at = p * POLLER_INTS
    // what was on its way when the window ended may still come
    if (this.#ints.data[at + RECEIVING]! >= 0) return
    const mapping = this.#mapping(p)
    const most = mapping.batchSize - this.#ints.data[at + SIZE]!
    const request = this.#calls.send(mapping.receive, -1, most, this.#kinds.received, p)
    this.#ints.data[at + RECEIVING] = request
  }

  #received(request: number, p: number): void {
    const at = p * POLLER_INTS
    const m = this.#ints.data[at + MAPPING_OF]!
    const mapping = this.#mappings[m]!
    this.#ints.data[at + RECEIVING] = -1
    if (this.#calls.outcome(request) !== Outcome.ok) {
      this.#life.send(p, this.#event.denied)
      return
    }
    let parcel = this.#calls.value(request)
    const polled = this.#parcels.get(parcel).length / ITEM
    this.#meters.polled(m, polled)
    if (mapping.filter !== null) parcel = this.#filter(m, mapping, parcel)
    const items = this.#parcels.get(parcel)
    const state = this.#life.state.data[p]!
    if (items.length === 0) {
      this.#parcels.drop(parcel)
      this.scaling.received(m)
      this.#life.send(p, this.#event.filtered)
      return
    }
    if (state !== this.#state.receiving && state !== this.#state.collecting) {
      // it came too late for the batch that is worked on
      this.#ints.data[at + REST] = this.#join(this.#ints.data[at + REST]!, parcel)
      return
    }
    const row = this.#ints.data
    if (row[at + PARCEL]! < 0) {
      row[at + PARCEL] = parcel
      this.#doubles.data[p] = this.#clock.now
      this.#recorder.trace = items[TRACE]!
    } else row[at + PARCEL] = this.#join(row[at + PARCEL]!, parcel)
    this.#measure(p, mapping)
    this.scaling.received(m)
    this.#life.send(p, this.#event.received)
  }

  /** Deletes what does not match. Returns the parcel of what does. */
  #filter(m: number, mapping: Mapping, parcel: number): number {
    const items = this.#parcels.get(parcel)
    const [matching, others] = passing(items, mapping.filter!, this.#context.payloads)
    if (others.length === 0) return parcel
    const count = others.length / ITEM
    this.#parcels.drop(parcel)
    this.#meters.filtered(m, count)
    const { cause } = this.#recorder
    this.#recorder.trace = others[TRACE]!
    this.#context.explain(this.#why.filtered, mapping.resource, -1, count)
    const removed = this.#parcels.put(others)
    this.#calls.send(mapping.remove, removed, count, this.#kinds.filtered, removed)
    this.#recorder.cause = cause
    return this.#parcels.put(matching)
  }

  #join(first: number, second: number): number {
    if (first < 0) return second
    const joined = this.#parcels.put([...this.#parcels.get(first), ...this.#parcels.get(second)])
    this.#parcels.drop(first)
    this.#parcels.drop(second)
    return joined
  }

  #measure(p: number, mapping: Mapping): void {
    const at = p * POLLER_INTS
    const items = this.#parcels.get(this.#ints.data[at + PARCEL]!)
    this.#ints.data[at + SIZE] = items.length / ITEM
    if (mapping.mostBytes < Infinity || mapping.provisioned !== null) {
      this.#ints.data[at + BYTES] = bytesOf(items, this.#context.payloads)
    }
  }

  #batchReady(p: number): boolean {
    const { window, batchSize, mostBytes } = this.#mapping(p)
    const at = p * POLLER_INTS
    return window === 0 || this.#ints.data[at + SIZE]! >= batchSize || this.#ints.data[at + BYTES]! >= mostBytes
  }

  #stillHidden(p: number): boolean {
    return (
      this.#clock.now - this.#doubles.data[p]! < this.#context.read('sqs.visibilityTimeout', this.#mapping(p).queue)
    )
  }

  #invoke(p: number): void {
    const at = p * POLLER_INTS
    const m = this.#ints.data[at + MAPPING_OF]!
    const mapping = this.#mappings[m]!
    if (this.#ints.data[at + RECEIVING]! >= 0) this.#stopReceiving(p)
    if (this.#ints.data[at + PARCEL]! < 0) {
      this.#ints.data[at + PARCEL] = this.#ints.data[at + REST]!
      this.#ints.data[at + REST] = -1
      this.#measure(p, mapping)
    }
    if (this.#ints.data[at + BYTES]! > mapping.mostBytes || this.#ints.data[at + SIZE]! > mapping.batchSize) {
      this.#split(p, mapping)
    }
    const parcel = this.#ints.data[at + PARCEL]!
    const size = this.#ints.data[at + SIZE]!
    this.#recorder.trace = this.#parcels.get(parcel)[TRACE] ?? -1
    this.#context.explain(this.#why.batch, mapping.resource, this.#life.drawn.of(p), size)
    this.#meters.invoked(m, size)
    this.#calls.send(mapping.invoke, parcel, size, this.#kinds.invoked, p, size > 1 ? Token.batch : Token.message)
  }

  /** Keeps what fits one batch, and the rest for the next (ESM-2). */
  #split(p: number, mapping: Mapping): void {
    const at = p * POLLER_INTS
    const whole = this.#ints.data[at + PARCEL]!
    const items = this.#parcels.get(whole)
    const cut = splitAt(items, mapping, this.#context.payloads)
    if (cut >= items.length) return
    const rest = this.#parcels.put(items.slice(cut))
    this.#parcels.drop(whole)
    this.#ints.data[at + PARCEL] = this.#parcels.put(items.slice(0, cut))
    this.#ints.data[at + REST] = this.#join(rest, this.#ints.data[at + REST]!)
    this.#measure(p, mapping)
    this.#context.explain(this.#why.split, mapping.resource, this.#life.drawn.of(p), cut / ITEM)
  }

  #invoked(request: number, p: number): void {
    const outcome = this.#calls.outcome(request)
    const m = this.#int(p, MAPPING_OF)
    if (outcome === Outcome.ok) {
      const value = this.#calls.value(request)
      if (value === 0) this.#life.send(p, this.#event.succeeded)
      else this.#reported(p, m, value)
      return
    }
    const event = this.#event
    this.#meters.failed(m, this.#int(p, SIZE))
    if (outcome === Outcome.throttled || outcome === Outcome.unavailable) this.#life.send(p, event.throttled)
    else this.#life.send(p, outcome === Outcome.dropped ? event.dropped : event.failed)
  }

  /** The handler returned something (SQS-ESM-7): a parcel of failed messages as id + 1, or -1. */
  #reported(p: number, m: number, value: number): void {
    const mapping = this.#mappings[m]!
    const failed = value > 0 ? this.#parcels.get(value - 1) : []
    if (value > 0) this.#parcels.drop(value - 1)
    const at = p * POLLER_INTS
    const invalid = value < 0
    if (!mapping.reports || (!invalid && failed.length === 0)) {
      this.#life.send(p, this.#event.succeeded)
      return
    }
    const parcel = this.#ints.data[at + PARCEL]!
    const items = this.#parcels.get(parcel)
    const done = invalid ? [] : keptOf(items, failed, mapping.fifo, this.#context.payloads)
    const count = (items.length - done.length) / ITEM
    this.#meters.failed(m, count)
    if (invalid) this.#context.explain(this.#why.invalid, mapping.resource, this.#life.drawn.of(p))
    else this.#context.explain(this.#why.partlyFailed, mapping.resource, this.#life.drawn.of(p), count)
    if (done.length === 0) {
      this.#life.send(p, this.#event.failed)
      return
    }
    this.#parcels.drop(parcel)
    this.#ints.data[at + PARCEL] = this.#parcels.put(done)
    this.#ints.data[at + SIZE] = done.length / ITEM
    this.#life.send(p, this.#event.partlyFailed)
  }

  #delete(p: number): void {
    const at = p * POLLER_INTS
    const row = this.#ints.data
    this.#calls.send(this.#mapping(p).remove, row[at + PARCEL]!, row[at + SIZE]!, this.#kinds.deleted, p)
  }

  #deleted(request: number, p: number): void {
    if (this.#calls.outcome(request) === Outcome.ok) {
      this.#meters.deleted(this.#int(p, MAPPING_OF), this.#calls.value(request))
    }
    this.#empty(p)
    this.#life.send(p, this.#event.deleted)
  }

  /** The messages come back by themselves. */
  #letGo(p: number): void {
    this.#context.explain(this.#why.released, this.#mapping(p).resource, this.#life.drawn.of(p))
    this.#empty(p)
  }

  #noteThrottle(p: number): void {
    const m = this.#int(p, MAPPING_OF)
    this.scaling.throttled(m)
    const { resource } = this.#mappings[m]!
    this.#context.explain(this.#why.held, resource, this.#life.drawn.of(p), this.#throttledWait / MICROS)
  }

  #noteError(p: number): void {
    this.#letGo(p)
    const { resource } = this.#mapping(p)
    this.#context.explain(this.#why.backsOff, resource, this.#life.drawn.of(p), this.#errorWait / MICROS)
  }

  #discard(p: number): void {
    const at = p * POLLER_INTS
    const m = this.#ints.data[at + MAPPING_OF]!
    const { resource, queue } = this.#mappings[m]!
    this.#meters.dropped(m, this.#ints.data[at + SIZE]!)
    this.#context.explain(this.#why.dropped, resource, this.#life.drawn.of(p), this.#ints.data[at + SIZE])
    this.#context.signal('sqs.discard', queue, this.#ints.data[at + PARCEL]!)
    this.#empty(p)
  }

  #leave(p: number): void {
    this.scaling.left(this.#int(p, MAPPING_OF))
    this.#ints.data[p * POLLER_INTS + MAPPING_OF] = -1
    this.#kernel.after(0, this.#kinds.removing, p)
  }

  #empty(p: number): void {
    const row = this.#ints.data
    const at = p * POLLER_INTS
    if (row[at + PARCEL]! >= 0) this.#parcels.drop(row[at + PARCEL]!)
    row[at + PARCEL] = -1
    row[at + SIZE] = 0
  }

  /** Ends a receive that still waits. Returns false when its answer is on its way. */
  #stopReceiving(p: number): boolean {
    const at = p * POLLER_INTS
    const request = this.#ints.data[at + RECEIVING]!
    if (this.#context.read('sqs.waits', request) === 0) return false
    this.#ints.data[at + RECEIVING] = -1
    // abandoned first: the queue answers it at the signal, and nobody waits for that answer
    this.#calls.abandon(request)
    this.#context.signal('sqs.receiveAbandoned', this.#mapping(p).queue, request)
    return true
  }

  #mapping(p: number): Mapping {
    return this.#mappings[this.#ints.data[p * POLLER_INTS + MAPPING_OF]!]!
  }
  #int(p: number, place: number): number {
    return this.#ints.data[p * POLLER_INTS + place]!
  }
}
