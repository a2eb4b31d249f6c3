import { Table } from '../kernel/columns'
import type { Clock } from '../kernel/clock'
import type { Recorder } from '../kernel/recorder'
import { MICROS } from '../model/units'
import { ITEM, RECEIVES, TRACE } from './parcel'
import type { Parcels, ServiceContext } from './service'
import type { ShardLog } from './shards'

/** What one call that reads may return, and what all calls for one shard may in a second. */
export interface ReadLimits {
  readonly calls: number
  readonly records: number
  readonly bytes: number
  readonly bytesPerSecond: number
}

/** Instead of a parcel. */
export const NONE = -1
export const THROTTLED = -2

/** Numbers of an allowance side by side: the second that is being counted, calls and bytes in it, and until when everything is refused (µs). */
const STRIDE = 4
const SECOND = 0
const CALLS = 1
const BYTES = 2
const PAUSED = 3

/** Reads shards through the calls of a service. An allowance is what all readers of a shard share; one with enhanced fan-out has its own (KIN-5). */
export class ShardReading {
  readonly #log: ShardLog
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #parcels: Parcels
  readonly #table: Table
  readonly #allowances
  /** Of what `take` returned last: age of its last record (µs, 0 when there is none), and how many records. */
  age = 0
  records = 0

  constructor({ kernel, parcels }: ServiceContext, log: ShardLog) {
    this.#log = log
    this.#clock = kernel.clock
    this.#recorder = kernel.recorder
    this.#parcels = parcels
    this.#table = kernel.part(new Table(16))
    this.#allowances = this.#table.keptF64(0, STRIDE)
  }

  /** A new allowance, untouched. */
  add(): number {
    return this.#table.add()
  }

  /**
   * Reads on from a cursor, a parcel of [shard, sequence number] that is dropped here: up to `most` records as a parcel, NONE or THROTTLED.
   * What is found speaks for the root event of its first record.
   */
  take(cursor: number, most: number, allowance: number, limits: ReadLimits): number {
    const [shard, from] = this.#parcels.get(cursor)
    this.#parcels.drop(cursor)
    this.age = 0
    this.records = 0
    if (shard === undefined || from === undefined) return NONE
    const { now } = this.#clock
    const row = this.#allowances.data
    const at = allowance * STRIDE
    const second = Math.floor(now / MICROS)
    if (row[at + SECOND] !== second) {
      row[at + SECOND] = second
      row[at + CALLS] = 0
      row[at + BYTES] = 0
    }
    if (now < row[at + PAUSED]! || row[at + CALLS]! >= limits.calls || row[at + BYTES]! >= limits.bytesPerSecond)
      return THROTTLED
    row[at + CALLS] = row[at + CALLS]! + 1
    const items = this.#log.read(shard, from, Math.min(most, limits.records), limits.bytes)
    const { bytes } = this.#log
    row[at + BYTES] = row[at + BYTES]! + bytes
    // more than a second's worth at once is paid back in time: 10 MB, and nothing for 5 s (KIN-1)
    if (bytes > limits.bytesPerSecond) row[at + PAUSED] = now + Math.ceil((bytes / limits.bytesPerSecond) * MICROS)
    if (items.length === 0) return NONE
    this.records = items.length / ITEM
    this.age = now - items[items.length - ITEM + RECEIVES]!
    this.#recorder.trace = items[TRACE]!
    return this.#parcels.put(items)
  }
}

const MOST_SHARDS = 65_536
/** A record as one number, for the topic `arrived`. */
export const placeOf = (shard: number, sequence: number): number => sequence * MOST_SHARDS + shard

/** Tells others where the shards of a resource are, numbered over the whole service, and how far each is written and kept. */
export function publishShards(
  context: ServiceContext,
  service: 'kinesis' | 'dynamodb',
  log: ShardLog,
  /** First shard and number of shards by resource. */
  streams: readonly ({ readonly first: number; readonly shards: number } | undefined)[],
): void {
  context.publish(`${service}.firstShard`, (resource) => streams[resource]?.first ?? 0)
  context.publish(`${service}.shards`, (resource) => streams[resource]?.shards ?? 0)
  context.publish(`${service}.next`, (shard) => log.next(shard))
  context.publish(`${service}.oldest`, (shard) => log.oldest(shard))
  context.publish(`${service}.arrived`, (place) => {
    const shard = place % MOST_SHARDS
    const sequence = Math.floor(place / MOST_SHARDS)
    const known = sequence >= log.oldest(shard) && sequence < log.next(shard)
    return known ? log.arrivedAt(shard, sequence) : context.kernel.now
  })
}
