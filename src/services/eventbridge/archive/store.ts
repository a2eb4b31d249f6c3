import { Table } from '../../../kernel/columns'
import type { Kernel } from '../../../kernel/kernel'

const NONE = -1
/** Integers of an archive side by side: oldest and newest event, the first that is on its way, timers. */
const INTS = 5
const HEAD = 0
const TAIL = 1
const COMING = 2
const ARRIVING = 3
const EXPIRING = 4
/** Numbers of an archive: events and bytes it holds, byte seconds until `SINCE` (µs). */
const DOUBLES = 4
const COUNT = 0
const BYTES = 1
const BYTE_SECONDS = 2
const SINCE = 3

/** Timers of archives are no finer than this (µs): what is due together is done together. */
const COARSE = 1_000_000

/** An event as it came to the bus: its content, root event, where it comes from (parcel.ts), when (µs). */
export interface Kept {
  readonly payload: number
  readonly trace: number
  readonly past: number
  readonly at: number
}

export interface StoreOptions {
  readonly archives: number
  /** µs from an event on the bus until it is in the archive. */
  readonly delay: number
  /** µs; what is due later does not happen: a timer alone must not keep a run from ending. */
  readonly until: number
  /** µs after which an archive forgets an event; Infinity: never. */
  retention(archive: number): number
  bytesOf(payload: number): number
  /** What it holds changed. */
  changed(archive: number): void
}

/** Events of archives, oldest first, in lists: what is on its way stands at the end of each. */
export class ArchiveStore {
  readonly #kernel: Kernel
  readonly #options: StoreOptions
  readonly #events = new Table(256)
  readonly #payload = this.#events.kept()
  readonly #trace = this.#events.kept()
  readonly #past = this.#events.kept()
  readonly #next = this.#events.kept(NONE)
  readonly #at = this.#events.keptF64()
  readonly #archives = new Table(4)
  readonly #ints = this.#archives.kept(NONE, INTS)
  readonly #doubles = this.#archives.keptF64(0, DOUBLES)
  readonly #arrive: number
  readonly #expire: number

  constructor(kernel: Kernel, options: StoreOptions) {
    this.#kernel = kernel
    this.#options = options
    kernel.part(this.#events)
    kernel.part(this.#archives)
    for (let a = 0; a < options.archives; a++) this.#archives.add()
    this.#arrive = kernel.handler((a) => {
      this.#set(a, ARRIVING, NONE)
      this.#arrived(a)
    })
    this.#expire = kernel.handler((a) => {
      this.#set(a, EXPIRING, NONE)
      this.#expired(a)
    })
  }

  /** An event came to the bus; its trace is the recorder's. */
  put(a: number, payload: number, past: number): void {
    const event = this.#events.add()
    this.#payload.data[event] = payload
    this.#trace.data[event] = this.#kernel.recorder.trace
    this.#past.data[event] = past
    this.#next.data[event] = NONE
    this.#at.data[event] = this.#kernel.now
    const tail = this.#int(a, TAIL)
    if (tail === NONE) this.#set(a, HEAD, event)
    else this.#next.data[tail] = event
    this.#set(a, TAIL, event)
    if (this.#options.delay === 0) {
      this.#hold(a, 1, this.#options.bytesOf(payload))
      return this.#awaitExpiry(a)
    }
    if (this.#int(a, COMING) === NONE) this.#set(a, COMING, event)
    this.#awaitArrival(a)
  }

  count(a: number): number {
    return this.#doubles.data[a * DOUBLES + COUNT]!
  }
  bytes(a: number): number {
    return this.#doubles.data[a * DOUBLES + BYTES]!
  }
  /** Bytes times seconds up to now. */
  byteSeconds(a: number): number {
    const row = this.#doubles.data
    const at = a * DOUBLES
    return row[at + BYTE_SECONDS]! + (row[at + BYTES]! * (this.#kernel.now - row[at + SINCE]!)) / 1e6
  }

  /** Events it holds from `from` on (µs) and before `until`, oldest first. */
  *between(a: number, from: number, until: number): Generator<Kept> {
    const coming = this.#int(a, COMING)
    for (let event = this.#int(a, HEAD); event !== NONE && event !== coming; event = this.#next.data[event]!) {
      const at = this.#at.data[event]!
      if (at >= until) return
      if (at < from) continue
      yield { payload: this.#payload.data[event]!, trace: this.#trace.data[event]!, past: this.#past.data[event]!, at }
    }
  }

  /** Retention changed. */
  replan(a: number): void {
    const slot = this.#int(a, EXPIRING)
    if (slot !== NONE) this.#kernel.agenda.remove(slot)
    this.#set(a, EXPIRING, NONE)
    this.#expired(a)
  }

  #awaitArrival(a: number, least = 0): void {
    const event = this.#int(a, COMING)
    if (event === NONE || this.#int(a, ARRIVING) !== NONE) return
    const wait = this.#at.data[event]! + this.#options.delay - this.#kernel.now
    if (this.#isDue(wait)) this.#set(a, ARRIVING, this.#kernel.after(Math.max(least, wait), this.#arrive, a))
  }
  #arrived(a: number): void {
    let event = this.#int(a, COMING)
    const due = this.#kernel.now - this.#options.delay
    let count = 0
    let bytes = 0
    for (; event !== NONE && this.#at.data[event]! <= due; event = this.#next.data[event]!) {
      count++
      bytes += this.#options.bytesOf(this.#payload.data[event]!)
    }
    this.#set(a, COMING, event)
    this.#hold(a, count, bytes)
    this.#awaitExpiry(a)
    this.#awaitArrival(a, COARSE)
  }

  #awaitExpiry(a: number, least = 0): void {
    const event = this.#int(a, HEAD)
    if (event === NONE || event === this.#int(a, COMING) || this.#int(a, EXPIRING) !== NONE) return
    const wait = this.#at.data[event]! + this.#options.retention(a) - this.#kernel.now
    if (this.#isDue(wait)) this.#set(a, EXPIRING, this.#kernel.after(Math.max(least, wait), this.#expire, a))
  }
  #isDue(wait: number): boolean {
    return this.#kernel.now + wait <= this.#options.until
  }
  #expired(a: number): void {
    let event = this.#int(a, HEAD)
    const coming = this.#int(a, COMING)
    const due = this.#kernel.now - this.#options.retention(a)
    let count = 0
    let bytes = 0
    while (event !== NONE && event !== coming && this.#at.data[event]! <= due) {
      const next = this.#next.data[event]!
      count--
      bytes -= this.#options.bytesOf(this.#payload.data[event]!)
      this.#events.remove(event)
      event = next
    }
    this.#set(a, HEAD, event)
    if (event === NONE) this.#set(a, TAIL, NONE)
    if (count < 0) this.#hold(a, count, bytes)
    this.#awaitExpiry(a, COARSE)
  }

  #hold(a: number, count: number, bytes: number): void {
    const at = a * DOUBLES
    const sum = this.byteSeconds(a)
    const row = this.#doubles.data
    row[at + BYTE_SECONDS] = sum
    row[at + SINCE] = this.#kernel.now
    row[at + COUNT] = row[at + COUNT]! + count
    row[at + BYTES] = row[at + BYTES]! + bytes
    this.#options.changed(a)
  }

  #int(a: number, column: number): number {
    return this.#ints.data[a * INTS + column]!
  }
  #set(a: number, column: number, value: number): void {
    this.#ints.data[a * INTS + column] = value
  }
}
