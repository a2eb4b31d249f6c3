import { Outcome } from '../../../model/recording'
import { MICROS } from '../../../model/units'
import type { Lifecycle } from '../../../kernel/lifecycle'
import { ITEM } from '../../parcel'
import type { Calls, Parcels, ServiceContext } from '../../service'
import { keptOf } from './batch'
import type { Mapping } from './config'
import type { Hands } from './hands'
import type { MappingMeters } from './meters'
import { MAPPING_OF, PARCEL, POLLER_INTS, SIZE } from './row'
import type { Scaling } from './scaling'

/** What becomes of a batch when the function has answered (SQS-ESM-6 to SQS-ESM-8, LAM-68). */
export class BatchOutcomes {
  readonly #context: ServiceContext
  readonly #calls: Calls
  readonly #parcels: Parcels
  readonly #mappings: readonly Mapping[]
  readonly #meters: MappingMeters
  readonly #scaling: Scaling
  readonly #hands: Hands
  readonly #life: Lifecycle
  readonly #event: {
    readonly [name in 'succeeded' | 'partlyFailed' | 'failed' | 'throttled' | 'dropped']: number
  }
  readonly #why: {
    readonly [name in 'held' | 'released' | 'partlyFailed' | 'invalid' | 'dropped' | 'backsOff']: number
  }

  /** `life`: of the pollers, which are told. */
  constructor(
    context: ServiceContext,
    mappings: readonly Mapping[],
    meters: MappingMeters,
    scaling: Scaling,
    hands: Hands,
    life: Lifecycle,
  ) {
    this.#context = context
    this.#calls = context.calls
    this.#parcels = context.parcels
    this.#mappings = mappings
    this.#meters = meters
    this.#scaling = scaling
    this.#hands = hands
    this.#life = life
    this.#event = {
      succeeded: life.event('succeeded'),
      partlyFailed: life.event('partlyFailed'),
      failed: life.event('failed'),
      throttled: life.event('throttled'),
      dropped: life.event('dropped'),
    }
    this.#why = {
      held: context.reason('lambda.batchHeld'),
      released: context.reason('lambda.batchReleased'),
      partlyFailed: context.reason('lambda.batchPartlyFailed'),
      invalid: context.reason('lambda.batchResponseInvalid'),
      dropped: context.reason('lambda.batchDropped'),
      backsOff: context.reason('lambda.pollerBacksOff'),
    }
  }

  /** The function answered. */
  invoked(request: number, p: number): void {
    const outcome = this.#calls.outcome(request)
    const event = this.#event
    if (outcome === Outcome.ok) {
      const value = this.#calls.value(request)
      if (value === 0) this.#life.send(p, event.succeeded)
      else this.#reported(p, value)
      return
    }
    this.#meters.failed(this.#int(p, MAPPING_OF), this.#int(p, SIZE))
    if (outcome === Outcome.throttled || outcome === Outcome.unavailable) this.#life.send(p, event.throttled)
    else this.#life.send(p, outcome === Outcome.dropped ? event.dropped : event.failed)
  }

  /** The handler returned something (SQS-ESM-7): a parcel of failed messages as id + 1, or -1. */
  #reported(p: number, value: number): void {
    const m = this.#int(p, MAPPING_OF)
    const mapping = this.#mappings[m]!
    const failed = value > 0 ? this.#parcels.get(value - 1) : []
    const invalid = value < 0
    if (!mapping.reports || (!invalid && failed.length === 0)) {
      if (value > 0) this.#parcels.drop(value - 1)
      this.#life.send(p, this.#event.succeeded)
      return
    }
    const items = this.#hands.items(p)
    const done = invalid ? [] : keptOf(items, failed)
    const count = (items.length - done.length) / ITEM
    this.#meters.failed(m, count)
    if (invalid) this.#context.explain(this.#why.invalid, mapping.resource, this.#life.drawn.of(p))
    else this.#context.explain(this.#why.partlyFailed, mapping.resource, this.#life.drawn.of(p), count)
    if (value > 0) {
      this.#context.signal('sqs.letGo', mapping.queue, value - 1)
      this.#parcels.drop(value - 1)
    }
    if (done.length === 0) {
      this.#life.send(p, this.#event.failed)
      return
    }
    this.#hands.replace(p, done)
    this.#life.send(p, this.#event.partlyFailed)
  }

  /** The messages come back by themselves. */
  letGo(p: number): void {
    this.#explain(p, this.#why.released)
    this.#context.signal('sqs.letGo', this.#mappings[this.#int(p, MAPPING_OF)]!.queue, this.#int(p, PARCEL))
    this.#hands.empty(p)
  }

  /** The function was refused: the poller asks again in `wait` µs. */
  noteThrottle(p: number, wait: number): void {
    this.#scaling.throttled(this.#int(p, MAPPING_OF))
    this.#explain(p, this.#why.held, wait / MICROS)
  }

  /** The function failed: the poller pauses for `wait` µs. */
  noteError(p: number, wait: number): void {
    this.letGo(p)
    this.#explain(p, this.#why.backsOff, wait / MICROS)
  }

  /** The batch goes round in a loop: to the dead-letter queue, or gone (LAM-68). */
  discard(p: number): void {
    const m = this.#int(p, MAPPING_OF)
    const size = this.#int(p, SIZE)
    this.#meters.dropped(m, size)
    this.#explain(p, this.#why.dropped, size)
    this.#context.signal('sqs.discard', this.#mappings[m]!.queue, this.#int(p, PARCEL))
    this.#hands.empty(p)
  }

  #explain(p: number, reason: number, value = 0): void {
    const { resource } = this.#mappings[this.#int(p, MAPPING_OF)]!
    this.#context.explain(reason, resource, this.#life.drawn.of(p), value)
  }
  #int(p: number, place: number): number {
    return this.#hands.ints.data[p * POLLER_INTS + place]!
  }
}
