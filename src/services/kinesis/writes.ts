import { Outcome } from '../../model/recording'
import { MICROS } from '../../model/units'
import type { Kernel } from '../../kernel/kernel'
import { bytesOf } from '../message-size'
import type { ServiceContext } from '../service'
import { shardOfKey, utf8 } from '../shards-hash'
import type { StreamMeters } from './meters'
import {
  BYTES,
  RECORDS,
  REFUSED,
  SECOND,
  SHARD_STRIDE,
  SHOWN_REFUSED,
  SHOWN_WRITTEN,
  UNITS,
  type Stream,
  type Streams,
} from './streams'

const FITS = -1

/** Records put to streams: into the shard of their partition key, as long as it takes more in this second (KIN-1, KIN-3). */
export class Writes {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #streams: Streams
  readonly #meters: readonly (StreamMeters | undefined)[]
  /** Bytes of a record with its key, by payload id. */
  readonly #bytes: (number | undefined)[] = []
  /** Shard within the stream by payload id, -1 for a payload without a key; by first shard of the stream. */
  readonly #shards: (number | undefined)[][] = []
  readonly #mostBytes: number
  readonly #mostRecords: number
  readonly #unit: number
  readonly #why: { readonly [name in 'records' | 'bytes' | 'failed']: number }

  /** `meters` by resource. */
  constructor(context: ServiceContext, streams: Streams, meters: readonly (StreamMeters | undefined)[]) {
    this.#context = context
    this.#kernel = context.kernel
    this.#streams = streams
    this.#meters = meters
    this.#mostBytes = context.number('kinesis.writeBytes')
    this.#mostRecords = context.number('kinesis.writeRecords')
    this.#unit = context.number('kinesis.payloadUnit')
    this.#why = {
      records: context.reason('kinesis.tooManyRecords'),
      bytes: context.reason('kinesis.tooManyBytes'),
      failed: context.reason('kinesis.failedRecords'),
    }
  }

  /** One record is PutRecord, several are PutRecords, which answers ok with the number of records it refused as its value (KIN-7). */
  handle(request: number, stream: Stream): void {
    const { calls } = this.#context
    const { metrics } = this.#kernel
    const count = calls.count(request)
    const payload = calls.payload(request)
    const bytes = this.#size(payload)
    const meters = this.#meters[stream.resource]!
    let refused = 0
    let why = FITS
    for (let i = 0; i < count; i++) {
      const refusal = this.#put(stream, payload, bytes)
      if (refusal === FITS) continue
      refused++
      why = refusal
    }
    this.#show(stream)
    metrics.count(meters.inRecords, count - refused)
    metrics.count(meters.inBytes, (count - refused) * bytes)
    if (refused > 0) {
      const most = why === this.#why.bytes ? this.#mostBytes : this.#mostRecords
      this.#context.explain(why, stream.resource, stream.resource, most)
      metrics.count(meters.writeExceeded, refused)
    }
    if (count === 1) {
      if (refused === 1) return calls.answer(request, Outcome.throttled)
      metrics.count(meters.puts)
      metrics.count(meters.putBytes, bytes)
      return calls.answer(request, Outcome.ok)
    }
    metrics.count(meters.batches)
    metrics.count(meters.batchRecords, count - refused)
    metrics.count(meters.throttledRecords, refused)
    if (refused > 0) this.#context.explain(this.#why.failed, stream.resource, stream.resource, refused)
    calls.answer(request, Outcome.ok, refused)
  }

  /** Number of the reason why a record is refused, or FITS. */
  #put(stream: Stream, payload: number, bytes: number): number {
    const { log, written } = this.#streams
    const shard = stream.first + this.#shardOf(stream, payload)
    const row = written.data
    const at = shard * SHARD_STRIDE
    const second = Math.floor(this.#kernel.clock.now / MICROS)
    if (row[at + SECOND] !== second) {
      row[at + SECOND] = second
      row[at + RECORDS] = 0
      row[at + BYTES] = 0
    }
    const full = row[at + RECORDS]! >= this.#mostRecords
    if (full || row[at + BYTES]! + bytes > this.#mostBytes) {
      row[at + REFUSED] = row[at + REFUSED]! + 1
      return full ? this.#why.records : this.#why.bytes
    }
    row[at + RECORDS] = row[at + RECORDS]! + 1
    row[at + BYTES] = row[at + BYTES]! + bytes
    row[at + UNITS] = row[at + UNITS]! + Math.ceil(bytes / this.#unit)
    log.append(shard, payload, this.#kernel.recorder.trace, this.#context.lineage.past, bytes)
    for (let i = 0; i < stream.readers.length; i++) this.#context.signal('kinesis.appended', stream.readers[i]!, shard)
    return FITS
  }

  /** Writes the levels that changed. */
  #show({ first, show }: Stream): void {
    const { log, written } = this.#streams
    const row = written.data
    for (let i = 0; i < show.length; i++) {
      const at = (first + i) * SHARD_STRIDE
      const records = log.next(first + i)
      if (row[at + SHOWN_WRITTEN] !== records) show[i]!.written((row[at + SHOWN_WRITTEN] = records))
      if (row[at + SHOWN_REFUSED] !== row[at + REFUSED])
        show[i]!.refused((row[at + SHOWN_REFUSED] = row[at + REFUSED]!))
    }
  }

  #shardOf(stream: Stream, payload: number): number {
    const known = (this.#shards[stream.first] ??= [])
    let shard = known[payload]
    if (shard === undefined) {
      const { group } = this.#context.payloads.get(payload)
      shard = group === undefined ? -1 : shardOfKey(group, stream.shards)
      known[payload] = shard
    }
    return shard >= 0 ? shard : Math.floor(this.#kernel.random.uniform(stream.keys) * stream.shards)
  }

  #size(payload: number): number {
    let bytes = this.#bytes[payload]
    if (bytes === undefined) {
      const content = this.#context.payloads.get(payload)
      bytes = bytesOf(content) + utf8(content.group ?? '').length
      this.#bytes[payload] = bytes
    }
    return bytes
  }
}
