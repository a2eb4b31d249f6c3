import { Outcome } from '../../model/recording'
import { ITEM } from '../parcel'
import type { ServiceContext } from '../service'
import { NONE, THROTTLED, type ReadLimits } from '../shards-reading'
import type { ConsumerMeters, StreamMeters } from './meters'
import { toMicros } from '../../model/units'
import { readersIn } from '../readers'
import { CONSUMER } from './settings'
import type { Stream, Streams } from './streams'

/** Records read from streams: GetRecords, which all readers of a shard share, and the pushes of enhanced fan-out (KIN-1, KIN-5). */
export class Reads {
  readonly #context: ServiceContext
  readonly #streams: Streams
  readonly #meters: readonly (StreamMeters | undefined)[]
  readonly #consumerMeters: readonly (ConsumerMeters | undefined)[]
  /** By resource of a reader: the consumer it reads through, or the reader itself. Nobody else has cursors. */
  readonly #readsAs: (number | undefined)[] = []
  readonly #shared: ReadLimits
  readonly #own: ReadLimits
  readonly #push: number
  readonly #pushing: number
  readonly #throttled: number

  constructor(
    context: ServiceContext,
    streams: Streams,
    meters: readonly (StreamMeters | undefined)[],
    consumers: readonly (ConsumerMeters | undefined)[],
  ) {
    this.#context = context
    this.#streams = streams
    this.#meters = meters
    this.#consumerMeters = consumers
    const { resources } = context.scenario()
    for (const id of readersIn(context.scenario())) {
      const { Properties } = resources[id]!
      const source = Properties?.['EventSourceArn'] ?? Properties?.['Source']
      const consumer = typeof source === 'string' && resources[source]?.Type === CONSUMER ? source : id
      this.#readsAs[context.index(id)] = context.index(consumer)
    }
    this.#shared = {
      calls: context.number('kinesis.readCalls'),
      records: context.number('kinesis.readRecords'),
      bytes: context.number('kinesis.readCallBytes'),
      bytesPerSecond: context.number('kinesis.readBytes'),
    }
    this.#own = { ...this.#shared, calls: Infinity }
    this.#push = toMicros(context.number('kinesis.push'))
    this.#throttled = context.reason('kinesis.readThrottled')
    this.#pushing = context.kernel.handler((request, parcel) => this.#answer(request, parcel))
  }

  handle(request: number, stream: Stream): void {
    const { calls, parcels, kernel } = this.#context
    const target = calls.target(request)
    const readsAs = this.#readsAs[calls.source(request)]
    const cursor = readsAs === undefined ? parcels.put([stream.first, 0]) : calls.payload(request)
    const consumer = readsAs !== undefined && this.#consumerMeters[readsAs] !== undefined ? readsAs : target
    const pushed = this.#consumerMeters[consumer]
    const shard = parcels.get(cursor)[0] ?? stream.first
    const { reading, allowances, log } = this.#streams
    const allowance = allowances[consumer]! + shard - stream.first
    const found = reading.take(cursor, calls.count(request), allowance, pushed === undefined ? this.#shared : this.#own)
    const { metrics } = kernel
    const meters = this.#meters[stream.resource]!
    if (found === THROTTLED) {
      metrics.count(meters.readExceeded)
      this.#context.explain(this.#throttled, stream.resource, stream.resource, shard - stream.first)
      return calls.answer(request, Outcome.throttled, NONE, 0)
    }
    const { records, age } = reading
    const { bytes } = log
    metrics.count(meters.outRecords, records)
    metrics.count(meters.outBytes, bytes)
    if (pushed === undefined) {
      metrics.count(meters.gets)
      metrics.count(meters.getRecords, records)
      metrics.count(meters.getBytes, bytes)
      metrics.observe(meters.age, age)
      return this.#answer(request, found)
    }
    metrics.count(pushed.events)
    metrics.count(pushed.records, records)
    metrics.count(pushed.bytes, bytes)
    metrics.observe(pushed.behind, age)
    kernel.after(this.#push, this.#pushing, request, found)
  }

  #answer(request: number, parcel: number): void {
    const { calls, parcels } = this.#context
    const count = parcel === NONE ? 0 : parcels.get(parcel).length / ITEM
    if (parcel !== NONE && this.#readsAs[calls.source(request)] === undefined) {
      // a function or a client that reads by hand sees how many there are, and nobody else would end the parcel
      parcels.drop(parcel)
      return calls.answer(request, Outcome.ok, NONE, count)
    }
    calls.answer(request, Outcome.ok, parcel, count)
  }
}
