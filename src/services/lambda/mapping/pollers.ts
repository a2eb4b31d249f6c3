import { Outcome, Token } from '../../../model/recording'
import { toMicros } from '../../../model/units'
import type { Clock } from '../../../kernel/clock'
import type { Kernel } from '../../../kernel/kernel'
import type { Lifecycle } from '../../../kernel/lifecycle'
import type { Recorder } from '../../../kernel/recorder'
import { COMPLETES, ITEM, TRACE } from '../../parcel'
import type { Calls, Parcels, ServiceContext } from '../../service'
import { passing } from './batch'
import type { Mapping } from './config'
import { Hands } from './hands'
import type { MappingMeters } from './meters'
import { BatchOutcomes } from './outcomes'
import { BYTES, MAPPING_OF, NUMBER, PARCEL, POLLER_INTS, RECEIVING, REST, SIZE } from './row'
import { Scaling } from './scaling'
import { pollerMachine } from './poller.machine'

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
  readonly #hands: Hands
  readonly #outcomes: BatchOutcomes
  readonly #life: Lifecycle
  readonly #event: { readonly [name in 'received' | 'filtered' | 'deleted' | 'denied' | 'retire']: number }
  readonly #state: { readonly [name in 'receiving' | 'collecting']: number }
  /** States in which a poller has nothing in hand and may go. */
  readonly #mayGo: readonly boolean[]
  readonly #kinds: {
    readonly [name in 'received' | 'invoked' | 'deleted' | 'filtered' | 'goingOn' | 'removing']: number
  }
  readonly #why: { readonly [name in 'batch' | 'split' | 'filtered']: number }
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
    const throttledWait = toMicros(context.number('lambda.throttledBatch'))
    const errorWait = toMicros(context.number('lambda.errorBackoff'))
    const deniedWait = toMicros(context.number('lambda.deniedPoll'))
    this.#why = {
      batch: context.reason('lambda.batch'),
      split: context.reason('lambda.batchSplit'),
      filtered: context.reason('lambda.filteredOut'),
    }
    this.scaling = new Scaling(context, mappings, meters, this)
    const hands = new Hands(kernel, context)
    this.#hands = hands
    this.#kinds = {
      received: kernel.handler((request, p) => this.#received(request, p)),
      invoked: kernel.handler((request, p) => this.#outcomes.invoked(request, p)),
      deleted: kernel.handler((request, p) => this.#deleted(request, p)),
      filtered: kernel.handler((_, parcel) => this.#parcels.drop(parcel)),
      goingOn: kernel.handler((p) => this.#life.send(p, this.#event.deleted)),
      removing: kernel.handler((p) => hands.table.remove(p)),
    }
    const life = context.lifecycle({
      entities: hands.table,
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
          'let go': (p) => this.#outcomes.letGo(p),
          'go on': (p) => void kernel.after(0, this.#kinds.goingOn, p),
          discard: (p) => this.#outcomes.discard(p),
          'note throttle': (p) => this.#outcomes.noteThrottle(p, throttledWait),
          'note error': (p) => this.#outcomes.noteError(p, errorWait),
          leave: (p) => this.#leave(p),
        },
        delays: {
          WINDOW: (p) => Math.max(0, hands.since.data[p]! + this.#mapping(p).window - this.#clock.now),
          THROTTLED: () => throttledWait,
          DENIED: () => deniedWait,
          BACKOFF: () => errorWait,
          PACE: () => this.#pace,
        },
      },
    })
    this.#life = life
    this.#outcomes = new BatchOutcomes(context, mappings, meters, this.scaling, hands, life)
    this.#event = {
      received: life.event('received'),
      filtered: life.event('filtered'),
      deleted: life.event('deleted'),
      denied: life.event('denied'),
      retire: life.event('retire'),
    }
    this.#state = { receiving: life.code('receiving'), collecting: life.code('collecting') }
    this.#mayGo = life.table.states.map((state) => ['receiving', 'denied', 'pacing', 'backingOff'].includes(state))
  }

  /** One more poller for a mapping. */
  add(m: number): void {
    const p = this.#hands.add(m)
    this.#hands.ints.data[p * POLLER_INTS + NUMBER] = this.scaling.joined(m)
    this.#life.drawn.born(p)
    this.#life.start(p)
  }

  /** The newest first. Those that are busy go when they have finished. */
  dismiss(m: number, surplus: number): void {
    let left = surplus
    for (let p = this.#hands.table.size - 1; p >= 0 && left > 0; p--) {
      const at = p * POLLER_INTS
      const row = this.#hands.ints.data
      if (row[at + MAPPING_OF] !== m || !this.#mayGo[this.#life.state.data[p]!]! || !this.#hands.isEmpty(p)) continue
      if (row[at + RECEIVING]! >= 0 && !this.#stopReceiving(p)) continue
      this.#life.send(p, this.#event.retire)
      left--
    }
  }

  #receive(p: number): void {
    const at = p * POLLER_INTS
    const { data } = this.#hands.ints
    // what was on its way when the window ended may still come
    if (data[at + RECEIVING]! >= 0) return
    const mapping = this.#mappings[data[at + MAPPING_OF]!]!
    const most = mapping.batchSize - data[at + SIZE]!
    const payload = data[at + SIZE]! > 0 ? COMPLETES : -1
    const request = this.#calls.send(mapping.receive, payload, most, this.#kinds.received, p)
    this.#hands.ints.data[at + RECEIVING] = request
  }

  #received(request: number, p: number): void {
    const { data } = this.#hands.ints
    const at = p * POLLER_INTS
    const m = data[at + MAPPING_OF]!
    const mapping = this.#mappings[m]!
    data[at + RECEIVING] = -1
    if (this.#calls.outcome(request) !== Outcome.ok) {
      this.#life.send(p, this.#event.denied)
      return
    }
    let parcel = this.#calls.value(request)
    let items = this.#parcels.get(parcel)
    this.#meters.polled(m, items.length / ITEM)
    if (mapping.filter !== null) {
      parcel = this.#filter(m, mapping, parcel)
      items = this.#parcels.get(parcel)
    }
    if (items.length === 0) {
      if (parcel >= 0) this.#parcels.drop(parcel)
      this.scaling.received(m)
      this.#life.send(p, this.#event.filtered)
      return
    }
    const state = this.#life.state.data[p]!
    if (state !== this.#state.receiving && state !== this.#state.collecting) {
      // it came too late for the batch that is worked on
      this.#hands.keepForLater(p, parcel)
      return
    }
    if (this.#hands.take(p, parcel, this.#clock.now, mapping)) this.#recorder.trace = items[TRACE]!
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

  #batchReady(p: number): boolean {
    const { window, batchSize, mostBytes } = this.#mapping(p)
    return window === 0 || this.#int(p, SIZE) >= batchSize || this.#int(p, BYTES) >= mostBytes
  }

  #stillHidden(p: number): boolean {
    const hiddenFor = this.#context.read('sqs.visibilityTimeout', this.#mapping(p).queue)
    return this.#clock.now - this.#hands.since.data[p]! < hiddenFor
  }

  #invoke(p: number): void {
    const hands = this.#hands
    const at = p * POLLER_INTS
    const m = this.#int(p, MAPPING_OF)
    const mapping = this.#mappings[m]!
    if (this.#int(p, RECEIVING) >= 0) this.#stopReceiving(p)
    hands.takeUp(p, mapping)
    hands.setLoopsApart(p, mapping)
    const cut = hands.split(p, mapping)
    if (cut > 0) this.#context.explain(this.#why.split, mapping.resource, this.#life.drawn.of(p), cut)
    const parcel = hands.ints.data[at + PARCEL]!
    const size = hands.ints.data[at + SIZE]!
    this.#recorder.trace = this.#parcels.get(parcel)[TRACE] ?? -1
    this.#context.explain(this.#why.batch, mapping.resource, this.#life.drawn.of(p), size)
    this.#meters.invoked(m, size)
    this.#calls.send(mapping.invoke, parcel, size, this.#kinds.invoked, p, size > 1 ? Token.batch : Token.message)
  }

  #delete(p: number): void {
    const at = p * POLLER_INTS
    const row = this.#hands.ints.data
    this.#calls.send(this.#mapping(p).remove, row[at + PARCEL]!, row[at + SIZE]!, this.#kinds.deleted, p)
  }

  #deleted(request: number, p: number): void {
    if (this.#calls.outcome(request) === Outcome.ok) {
      this.#meters.deleted(this.#int(p, MAPPING_OF), this.#calls.value(request))
    }
    this.#hands.empty(p)
    this.#life.send(p, this.#event.deleted)
  }

  #leave(p: number): void {
    this.scaling.left(this.#int(p, MAPPING_OF))
    this.#hands.ints.data[p * POLLER_INTS + MAPPING_OF] = -1
    this.#kernel.after(0, this.#kinds.removing, p)
  }

  /** Ends a receive that still waits. Returns false when its answer is on its way. */
  #stopReceiving(p: number): boolean {
    const at = p * POLLER_INTS
    const request = this.#hands.ints.data[at + RECEIVING]!
    if (this.#context.read('sqs.waits', request) === 0) return false
    this.#hands.ints.data[at + RECEIVING] = -1
    // abandoned first: the queue answers it at the signal, and nobody waits for that answer
    this.#calls.abandon(request)
    this.#context.signal('sqs.receiveAbandoned', this.#mapping(p).queue, request)
    return true
  }

  #mapping(p: number): Mapping {
    return this.#mappings[this.#hands.ints.data[p * POLLER_INTS + MAPPING_OF]!]!
  }
  #int(p: number, place: number): number {
    return this.#hands.ints.data[p * POLLER_INTS + place]!
  }
}
