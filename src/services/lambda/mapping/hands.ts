import { Table } from '../../../kernel/columns'
import type { Kernel } from '../../../kernel/kernel'
import { ITEM, PAST, passesOf } from '../../parcel'
import type { Parcels, Payloads, ServiceContext } from '../../service'
import { bytesOf, splitAt } from './batch'
import type { Mapping } from './config'
import { BYTES, MAPPING_OF, PARCEL, POLLER_INTS, REST, SIZE } from './row'

/** What pollers hold in their hands: rows of mapping-row.ts, and the parcels of messages they name. */
export class Hands {
  readonly table: Table
  readonly ints
  /** When the first message of the batch was received (µs). */
  readonly since
  readonly #parcels: Parcels
  readonly #payloads: Payloads

  constructor(kernel: Kernel, { parcels, payloads }: Pick<ServiceContext, 'parcels' | 'payloads'>) {
    this.#parcels = parcels
    this.#payloads = payloads
    this.table = kernel.part(new Table(16))
    this.ints = this.table.kept(-1, POLLER_INTS)
    this.since = this.table.keptF64()
  }

  /** A new poller of a mapping, with nothing in hand. */
  add(m: number): number {
    const p = this.table.add()
    const row = this.ints.data
    const at = p * POLLER_INTS
    row.fill(-1, at, at + POLLER_INTS)
    row[at + MAPPING_OF] = m
    row[at + SIZE] = 0
    row[at + BYTES] = 0
    return p
  }

  /** Messages it works on; empty when there are none. */
  items(p: number): readonly number[] {
    return this.#parcels.get(this.ints.data[p * POLLER_INTS + PARCEL]!)
  }
  isEmpty(p: number): boolean {
    const at = p * POLLER_INTS
    return this.ints.data[at + PARCEL]! < 0 && this.ints.data[at + REST]! < 0
  }

  /** Adds messages to the batch. Returns whether they are its first. */
  take(p: number, parcel: number, now: number, mapping: Mapping): boolean {
    const row = this.ints.data
    const at = p * POLLER_INTS
    const first = row[at + PARCEL]! < 0
    if (first) this.since.data[p] = now
    row[at + PARCEL] = this.#join(row[at + PARCEL]!, parcel)
    this.#measure(p, mapping)
    return first
  }

  /** Adds messages to the batch after this one. */
  keepForLater(p: number, parcel: number): void {
    const at = p * POLLER_INTS
    this.ints.data[at + REST] = this.#join(this.ints.data[at + REST]!, parcel)
  }

  /** Takes up what was kept for later, if there is nothing else in hand. */
  takeUp(p: number, mapping: Mapping): void {
    const row = this.ints.data
    const at = p * POLLER_INTS
    if (row[at + PARCEL]! >= 0) return
    row[at + PARCEL] = row[at + REST]!
    row[at + REST] = -1
    this.#measure(p, mapping)
  }

  /** Keeps what fits one batch, and the rest for the next (ESM-2). Returns how many messages stay, or 0 when all do. */
  split(p: number, mapping: Mapping): number {
    const at = p * POLLER_INTS
    const before = this.ints.data
    if (before[at + BYTES]! <= mapping.mostBytes && before[at + SIZE]! <= mapping.batchSize) return 0
    const items = this.items(p)
    const cut = splitAt(items, mapping, this.#payloads)
    if (cut >= items.length) return 0
    const rest = this.#parcels.put(items.slice(cut))
    this.replace(p, items.slice(0, cut))
    this.ints.data[at + REST] = this.#join(rest, this.ints.data[at + REST]!)
    this.#measure(p, mapping)
    return cut / ITEM
  }

  /** Works on messages that go round in a loop alone, and keeps the others for the next batch: only the loop is stopped (LAM-68). */
  setLoopsApart(p: number, mapping: Mapping): void {
    const at = p * POLLER_INTS
    if (this.ints.data[at + SIZE]! < 2) return
    const items = this.items(p)
    const looping: number[] = []
    for (let i = 0; i < items.length; i += ITEM)
      if (passesOf(items[i + PAST]!) >= mapping.mostPasses) looping.push(...items.slice(i, i + ITEM))
    if (looping.length === 0 || looping.length === items.length) return
    const others: number[] = []
    for (let i = 0; i < items.length; i += ITEM)
      if (passesOf(items[i + PAST]!) < mapping.mostPasses) others.push(...items.slice(i, i + ITEM))
    const rest = this.#parcels.put(others)
    this.replace(p, looping)
    this.ints.data[at + REST] = this.#join(rest, this.ints.data[at + REST]!)
    this.#measure(p, mapping)
  }

  /** Works on these messages in place of what was in hand. */
  replace(p: number, items: readonly number[]): void {
    const row = this.ints.data
    const at = p * POLLER_INTS
    this.#parcels.drop(row[at + PARCEL]!)
    row[at + PARCEL] = this.#parcels.put(items)
    row[at + SIZE] = items.length / ITEM
  }

  /** The work on the batch is over. */
  empty(p: number): void {
    const row = this.ints.data
    const at = p * POLLER_INTS
    if (row[at + PARCEL]! >= 0) this.#parcels.drop(row[at + PARCEL]!)
    row[at + PARCEL] = -1
    row[at + SIZE] = 0
  }

  #join(first: number, second: number): number {
    if (first < 0) return second
    if (second < 0) return first
    const joined = this.#parcels.put([...this.#parcels.get(first), ...this.#parcels.get(second)])
    this.#parcels.drop(first)
    this.#parcels.drop(second)
    return joined
  }

  #measure(p: number, mapping: Mapping): void {
    const row = this.ints.data
    const at = p * POLLER_INTS
    const items = this.items(p)
    row[at + SIZE] = items.length / ITEM
    if (mapping.mostBytes < Infinity || mapping.provisioned !== null) row[at + BYTES] = bytesOf(items, this.#payloads)
  }
}
