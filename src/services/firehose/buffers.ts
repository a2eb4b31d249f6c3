import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import type { Buffering } from './settings'

const NONE = -1
/** Integers of a buffer side by side: first and last record, how many, the event that empties it. */
const STRIDE = 4
const HEAD = 0
const TAIL = 1
const COUNT = 2
const TIMER = 3

/** What left a buffer together. */
export interface Batch {
  /** First of its records; `next` leads on, -1 ends. */
  readonly head: number
  readonly count: number
  readonly bytes: number
  /** When the first of them came to the delivery stream (µs). */
  readonly oldest: number
  readonly bySize: boolean
}

/** Records held back, in lists: a buffer is emptied when it holds enough, or when its first record has waited long enough (KIN-9). */
export class Buffers {
  readonly #kernel: Kernel
  readonly #records = new Table(256)
  readonly #payload = this.#records.kept()
  readonly #trace = this.#records.kept()
  readonly #next = this.#records.kept(NONE)
  readonly #bytes = this.#records.kept()
  readonly #at = this.#records.keptF64()
  readonly #rows = new Table(8)
  readonly #ints = this.#rows.kept(NONE, STRIDE)
  readonly #held = this.#rows.keptF64()
  readonly #ripe: number
  readonly #emptied: (buffer: number, batch: Batch) => void
  readonly #hints: (buffer: number) => Buffering

  /** `emptied` takes the batch over: its records stay until `drop`. */
  constructor(kernel: Kernel, hints: (buffer: number) => Buffering, emptied: (buffer: number, batch: Batch) => void) {
    this.#kernel = kernel
    this.#hints = hints
    this.#emptied = emptied
    kernel.part(this.#records)
    kernel.part(this.#rows)
    this.#ripe = kernel.handler((buffer) => {
      this.#ints.data[buffer * STRIDE + TIMER] = NONE
      this.#empty(buffer, false)
    })
  }

  add(): number {
    const buffer = this.#rows.add()
    this.#ints.data[buffer * STRIDE + COUNT] = 0
    return buffer
  }
  count(buffer: number): number {
    return this.#ints.data[buffer * STRIDE + COUNT]!
  }
  /** Its first record, -1 when it is empty. */
  head(buffer: number): number {
    return this.#ints.data[buffer * STRIDE + HEAD]!
  }
  payload(record: number): number {
    return this.#payload.data[record]!
  }
  trace(record: number): number {
    return this.#trace.data[record]!
  }
  /** When it came to the delivery stream (µs). */
  at(record: number): number {
    return this.#at.data[record]!
  }
  bytes(record: number): number {
    return this.#bytes.data[record]!
  }
  next(record: number): number {
    return this.#next.data[record]!
  }

  /** A record that came at an instant (µs); its trace is the recorder's. */
  put(buffer: number, payload: number, bytes: number, came: number): void {
    const record = this.#records.add()
    this.#payload.data[record] = payload
    this.#trace.data[record] = this.#kernel.recorder.trace
    this.#bytes.data[record] = bytes
    this.#at.data[record] = came
    this.#next.data[record] = NONE
    const ints = this.#ints.data
    const held = this.#held.data
    const at = buffer * STRIDE
    const { interval, bytes: most } = this.#hints(buffer)
    if (ints[at + COUNT] === 0) {
      ints[at + HEAD] = record
      ints[at + TIMER] = this.#kernel.after(Math.round(interval * 1e6), this.#ripe, buffer)
    } else this.#next.data[ints[at + TAIL]!] = record
    ints[at + TAIL] = record
    ints[at + COUNT] = ints[at + COUNT]! + 1
    const total = held[buffer]! + bytes
    held[buffer] = total
    if (total >= most) this.#empty(buffer, true)
  }

  /** Gives the records of a batch back. */
  drop(head: number): void {
    for (let record = head; record !== NONE;) {
      const next = this.next(record)
      this.#records.remove(record)
      record = next
    }
  }

  #empty(buffer: number, bySize: boolean): void {
    const ints = this.#ints.data
    const at = buffer * STRIDE
    const batch: Batch = {
      head: ints[at + HEAD]!,
      count: ints[at + COUNT]!,
      bytes: this.#held.data[buffer]!,
      oldest: this.at(ints[at + HEAD]!),
      bySize,
    }
    if (ints[at + TIMER]! !== NONE) this.#kernel.agenda.remove(ints[at + TIMER]!)
    ints[at + TIMER] = NONE
    ints[at + COUNT] = 0
    ints[at + HEAD] = NONE
    this.#held.data[buffer] = 0
    this.#emptied(buffer, batch)
  }
}
