import { Table } from '../../../../kernel/columns'
import type { Kernel } from '../../../../kernel/kernel'
import { bytesOf } from '../../../message-size'
import { HANDLE, ITEM, PAYLOAD, RECEIVES } from '../../../parcel'
import type { Parcels, Payloads, ServiceContext } from '../../../service'
import type { StreamMapping } from './config'
import {
  FLAGS,
  FROM,
  HELD,
  INVOKES,
  LANE_DOUBLES,
  LANE_INTS,
  PIECES,
  READER_OF,
  RETRIES,
  SENT,
  SINCE,
  SIZE,
  WAIT,
  WINDOW_FROM,
} from './row'

/** What lanes hold: the records that were read and are not done, and which of them are the batch that is worked on. */
export class Lanes {
  readonly table: Table
  readonly ints
  readonly doubles
  readonly #parcels: Parcels
  readonly #payloads: Payloads

  constructor(kernel: Kernel, { parcels, payloads }: Pick<ServiceContext, 'parcels' | 'payloads'>) {
    this.#parcels = parcels
    this.#payloads = payloads
    this.table = kernel.part(new Table(16))
    this.ints = this.table.kept(0, LANE_INTS)
    this.doubles = this.table.keptF64(0, LANE_DOUBLES)
  }

  add(reader: number): number {
    const l = this.table.add()
    this.set(l, READER_OF, reader)
    this.set(l, HELD, -1)
    this.set(l, PIECES, -1)
    this.set(l, SENT, -1)
    this.doubles.data[l * LANE_DOUBLES + WINDOW_FROM] = -1
    return l
  }

  get(l: number, place: number): number {
    return this.ints.data[l * LANE_INTS + place]!
  }
  set(l: number, place: number, value: number): void {
    this.ints.data[l * LANE_INTS + place] = value
  }
  has(l: number, flag: number): boolean {
    return (this.get(l, FLAGS) & flag) !== 0
  }
  flag(l: number, flag: number, on: boolean): void {
    const flags = this.get(l, FLAGS)
    this.set(l, FLAGS, on ? flags | flag : flags & ~flag)
  }

  /** Records held that are not done. */
  held(l: number): number {
    const parcel = this.get(l, HELD)
    return parcel < 0 ? 0 : this.#parcels.get(parcel).length / ITEM - this.get(l, FROM)
  }

  /** A number of the i-th record held: `HANDLE` is its sequence number, `RECEIVES` when it arrived (µs). */
  read(l: number, i: number, place: number): number {
    return this.#parcels.get(this.get(l, HELD))[(this.get(l, FROM) + i) * ITEM + place]!
  }

  /** Items of the first records held. */
  first(l: number, count: number): number[] {
    const from = this.get(l, FROM) * ITEM
    return this.#parcels.get(this.get(l, HELD)).slice(from, from + count * ITEM)
  }

  /** More records behind those held, at `now` (µs). */
  give(l: number, items: readonly number[], now: number): void {
    const before = this.held(l)
    if (before === 0) this.doubles.data[l * LANE_DOUBLES + SINCE] = now
    const all = before === 0 ? items : [...this.first(l, before), ...items]
    if (this.get(l, HELD) >= 0) this.#parcels.drop(this.get(l, HELD))
    this.set(l, HELD, this.#parcels.put(all))
    this.set(l, FROM, 0)
  }

  /** The first records are done, or given up. */
  pass(l: number, count: number): void {
    if (count >= this.held(l)) {
      if (this.get(l, HELD) >= 0) this.#parcels.drop(this.get(l, HELD))
      this.set(l, HELD, -1)
      this.set(l, FROM, 0)
    } else this.set(l, FROM, this.get(l, FROM) + count)
  }

  /** How many of the first records make a batch now: up to the batch size, 6 MB, and the end of their tumbling window. */
  fitting(l: number, { batchSize, mostBytes, tumbling, service }: StreamMapping): number {
    const most = Math.min(this.held(l), batchSize)
    const window = tumbling > 0 && most > 0 ? Math.floor(this.read(l, 0, RECEIVES) / tumbling) : 0
    let bytes = 0
    for (let i = 0; i < most; i++) {
      const size = bytesOf(this.#payloads.get(this.read(l, i, PAYLOAD)))
      // the event holds Kinesis data as Base64
      bytes += service === 'kinesis' ? Math.ceil(size / 3) * 4 : size
      if (i > 0 && bytes > mostBytes) return i
      if (tumbling > 0 && Math.floor(this.read(l, i, RECEIVES) / tumbling) !== window) return i
    }
    return most
  }

  /** Of the first records, how many arrived before `time` (µs) or are older than sequence number `sequence`. */
  before(l: number, most: number, time: number, sequence: number): number {
    let i = 0
    while (i < most && (this.read(l, i, RECEIVES) < time || this.read(l, i, HANDLE) < sequence)) i++
    return i
  }

  /** The batch is over: the next piece of a split one is taken up, if there is any. */
  takePiece(l: number): void {
    const pieces = this.get(l, PIECES)
    this.doubles.data[l * LANE_DOUBLES + WAIT] = 0
    this.set(l, RETRIES, 0)
    this.set(l, INVOKES, 0)
    this.set(l, SIZE, 0)
    if (pieces < 0) return
    const left = this.#parcels.get(pieces)
    this.#parcels.drop(pieces)
    this.set(l, SIZE, left.at(-2)!)
    this.set(l, INVOKES, left.at(-1)!)
    this.set(l, PIECES, left.length > 2 ? this.#parcels.put(left.slice(0, -2)) : -1)
  }

  /** The second half of the batch waits until the first is over. */
  halve(l: number): void {
    const size = this.get(l, SIZE)
    const first = Math.ceil(size / 2)
    const pieces = this.get(l, PIECES)
    const before = pieces < 0 ? [] : this.#parcels.get(pieces)
    if (pieces >= 0) this.#parcels.drop(pieces)
    this.set(l, PIECES, this.#parcels.put([...before, size - first, this.get(l, INVOKES)]))
    this.set(l, SIZE, first)
  }
}
