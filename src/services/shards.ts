import type { Clock } from '../kernel/clock'
import type { Stateful } from '../kernel/stateful'

/** Numbers of a record side by side, in the log's chunks. */
const STRIDE = 5
const PAYLOAD_OF = 0
const TRACE_OF = 1
const ARRIVED = 2
const PAST_OF = 3
const BYTES_OF = 4
/** Records of a chunk. */
const CHUNK = 256

interface Image {
  readonly bounds: Float64Array
  readonly chunks: readonly (readonly Float64Array[])[]
}

/** Numbers of a shard side by side: retention (µs), what the next record gets, the oldest one kept, its chunk. */
const BOUNDS = 4
const RETENTION = 0
const NEXT = 1
const OLDEST = 2
const FIRST_CHUNK = 3

/**
 * The shards of a streaming service, each a log in order of arrival: a record is found by its sequence number (0, 1, 2, ... within its shard), is
 * never changed, and is gone when it is older than the retention of its shard. Reading takes nothing away (KIN-4). Chunks are shared with images,
 * so a keyframe copies references: what an image holds of a chunk is not written again, and after a load a chunk is copied before it is.
 */
export class ShardLog implements Stateful {
  readonly #clock: Clock
  #bounds = new Float64Array(16 * BOUNDS)
  #chunks: Float64Array[][] = []
  /** Chunks of a loaded image, where others may go on too. */
  #shared = new Set<Float64Array>()
  /** Bytes of what `read` returned last. */
  bytes = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A new shard that keeps its records `retention` µs. Shards are numbered from 0. */
  add(retention: number): number {
    const shard = this.#chunks.push([]) - 1
    if ((shard + 1) * BOUNDS > this.#bounds.length) {
      const grown = new Float64Array(this.#bounds.length * 2)
      grown.set(this.#bounds)
      this.#bounds = grown
    }
    this.#bounds[shard * BOUNDS + RETENTION] = retention
    return shard
  }

  /** Another retention (µs) from now on. What is gone already stays gone. */
  keep(shard: number, retention: number): void {
    this.#trim(shard)
    this.#bounds[shard * BOUNDS + RETENTION] = retention
  }

  /** Writes a record that arrives now and returns its sequence number. `past`: `pastOf` of parcel.ts; `bytes`: what reading it counts. */
  append(shard: number, payload: number, trace: number, past: number, bytes: number): number {
    this.#trim(shard)
    const at = shard * BOUNDS
    const sequence = this.#bounds[at + NEXT]!
    const row = (sequence % CHUNK) * STRIDE
    const chunk = this.#writable(shard, Math.floor(sequence / CHUNK) - this.#bounds[at + FIRST_CHUNK]!)
    chunk[row + PAYLOAD_OF] = payload
    chunk[row + TRACE_OF] = trace
    chunk[row + ARRIVED] = this.#clock.now
    chunk[row + PAST_OF] = past
    chunk[row + BYTES_OF] = bytes
    this.#bounds[at + NEXT] = sequence + 1
    return sequence
  }

  /** Sequence number the next record will get: LATEST. */
  next(shard: number): number {
    return this.#bounds[shard * BOUNDS + NEXT] ?? 0
  }

  /** Sequence number of the oldest record that is kept, `next` when there is none: TRIM_HORIZON. */
  oldest(shard: number): number {
    if (shard < 0 || shard >= this.#chunks.length) return 0
    this.#trim(shard)
    return this.#bounds[shard * BOUNDS + OLDEST]!
  }

  /** When a record arrived (µs); it must be kept. */
  arrivedAt(shard: number, sequence: number): number {
    return this.#chunkOf(shard, sequence)[(sequence % CHUNK) * STRIDE + ARRIVED]!
  }

  /** Payload id of a record; it must be kept. */
  payload(shard: number, sequence: number): number {
    return this.#chunkOf(shard, sequence)[(sequence % CHUNK) * STRIDE]!
  }

  /**
   * Records from a sequence number on, oldest first, as items of a parcel (HANDLE sequence number, PAYLOAD, TRACE, RECEIVES arrival in µs, PAST).
   * At most `most`, and no more bytes than `mostBytes`, but one record always. What is gone is passed over.
   */
  read(shard: number, from: number, most: number, mostBytes: number): number[] {
    const items: number[] = []
    this.bytes = 0
    const end = Math.min(this.next(shard), Math.max(from, this.oldest(shard)) + most)
    for (let sequence = Math.max(from, this.oldest(shard)); sequence < end; sequence++) {
      const chunk = this.#chunkOf(shard, sequence)
      const row = (sequence % CHUNK) * STRIDE
      const bytes = chunk[row + BYTES_OF]!
      if (items.length > 0 && this.bytes + bytes > mostBytes) break
      this.bytes += bytes
      items.push(sequence, chunk[row]!, chunk[row + TRACE_OF]!, chunk[row + ARRIVED]!, chunk[row + PAST_OF]!)
    }
    return items
  }

  save(): Image {
    return {
      bounds: this.#bounds.slice(0, this.#chunks.length * BOUNDS),
      chunks: this.#chunks.map((chunks) => chunks.slice()),
    }
  }

  load(image: unknown): void {
    const { bounds, chunks } = image as Image
    if (bounds.length > this.#bounds.length) this.#bounds = new Float64Array(bounds.length)
    this.#bounds.set(bounds)
    this.#chunks = chunks.map((own) => own.slice())
    this.#shared = new Set(chunks.flat())
  }

  #chunkOf(shard: number, sequence: number): Float64Array {
    return this.#chunks[shard]![Math.floor(sequence / CHUNK) - this.#bounds[shard * BOUNDS + FIRST_CHUNK]!]!
  }

  #writable(shard: number, index: number): Float64Array {
    const chunks = this.#chunks[shard]!
    const chunk = chunks[index]
    if (chunk !== undefined && !this.#shared.has(chunk)) return chunk
    const own = chunk === undefined ? new Float64Array(CHUNK * STRIDE) : chunk.slice()
    if (chunk !== undefined) this.#shared.delete(chunk)
    return (chunks[index] = own)
  }

  #trim(shard: number): void {
    const bounds = this.#bounds
    const at = shard * BOUNDS
    const next = bounds[at + NEXT]!
    const until = this.#clock.now - bounds[at + RETENTION]!
    let oldest = bounds[at + OLDEST]!
    if (oldest === next || until < 0) return
    while (oldest < next && this.arrivedAt(shard, oldest) <= until) oldest++
    bounds[at + OLDEST] = oldest
    const gone = Math.floor(oldest / CHUNK) - bounds[at + FIRST_CHUNK]!
    if (gone === 0) return
    for (const chunk of this.#chunks[shard]!.splice(0, gone)) this.#shared.delete(chunk)
    bounds[at + FIRST_CHUNK] = bounds[at + FIRST_CHUNK]! + gone
  }
}
