import { Outcome } from '../../../../model/recording'
import { Table } from '../../../../kernel/columns'
import type { Kernel } from '../../../../kernel/kernel'
import { HANDLE, ITEM, PAYLOAD, RECEIVES, TRACE } from '../../../parcel'
import type { ServiceContext } from '../../../service'
import { passing } from '../batch'
import type { StreamMapping } from './config'
import type { Lanes } from './lanes'
import type { StreamMeters } from './meters'
import {
  FIRST_LANE,
  MAPPING_OF,
  NEXT,
  OPENED_AT,
  OWN_SHARD,
  POLLED_AT,
  POLLING,
  READER_DOUBLES,
  READER_INTS,
  REQUEST,
  SHARD,
} from './row'

/** What readers tell the lanes they feed. */
export interface Fed {
  /** Whether it waits for records. */
  hungry(lane: number): boolean
  received(lane: number): void
  denied(lane: number): void
}

/** Records one call may ask for; the store has its own limit (KIN-1). */
const MOST = 10_000

/**
 * Reads shards for the lanes of mappings: a reader is one shard as one mapping sees it. It keeps the grid of polls, once a second from Kinesis and four
 * times from DynamoDB (STR-ESM-1), but sleeps while there is nothing to read; with enhanced fan-out it is told at once.
 */
export class Readers {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #mappings: readonly StreamMapping[]
  readonly #meters: StreamMeters
  readonly #lanes: Lanes
  /** Levels by reader. */
  readonly #shown: ((position: number) => void)[] = []
  readonly #fed: Fed
  readonly table: Table
  readonly #ints
  readonly #doubles
  /** Mappings that read now. */
  readonly #open: Table
  readonly #isOpen
  readonly #kinds: { readonly [name in 'polling' | 'received']: number }
  readonly #why: { readonly [name in 'filtered' | 'throttled']: number }

  constructor(
    context: ServiceContext,
    mappings: readonly StreamMapping[],
    meters: StreamMeters,
    lanes: Lanes,
    fed: Fed,
  ) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#mappings = mappings
    this.#meters = meters
    this.#lanes = lanes
    this.#fed = fed
    this.table = kernel.part(new Table(16))
    this.#ints = this.table.kept(0, READER_INTS)
    this.#doubles = this.table.keptF64(0, READER_DOUBLES)
    this.#open = kernel.part(new Table(mappings.length))
    this.#isOpen = this.#open.keptU8()
    mappings.forEach(() => this.#open.add())
    this.#kinds = {
      polling: kernel.handler((r) => this.#poll(r)),
      received: kernel.handler((request, r) => this.#received(request, r)),
    }
    this.#why = {
      filtered: context.reason('lambda.recordsFiltered'),
      throttled: context.reason('lambda.readThrottled'),
    }
    for (const service of new Set(mappings.map((it) => it.service)))
      context.listen(`${service}.appended`, (resource, shard) => this.#appended(service, resource, shard))
  }

  isOpen(m: number): boolean {
    return this.#isOpen.data[m] === 1
  }
  mappingOf(r: number): number {
    return this.#int(r, MAPPING_OF)
  }
  /** Number of the shard over its service, and within its stream. */
  shard(r: number): number {
    return this.#int(r, SHARD)
  }
  ownShard(r: number): number {
    return this.#int(r, OWN_SHARD)
  }
  firstLane(r: number): number {
    return this.#int(r, FIRST_LANE)
  }
  /** Sequence number of the oldest record its shard still keeps. */
  oldest(r: number): number {
    return this.#context.read(`${this.#mappings[this.mappingOf(r)]!.service}.oldest`, this.shard(r))
  }

  /**
   * The mapping reads from now on, each shard from where it starts. `lane` makes the lanes of a reader that is new; returns the readers of
   * the mapping.
   */
  open(m: number, lane: (reader: number) => number): number[] {
    const { service, stream, factor, starts } = this.#mappings[m]!
    this.#isOpen.data[m] = 1
    const known = this.of(m)
    if (known.length > 0) return known
    const read = (topic: string, of: number): number => this.#context.read(`${service}.${topic}`, of)
    const first = read('firstShard', stream)
    const found: number[] = []
    for (let i = 0; i < read('shards', stream); i++) {
      const r = this.table.add()
      found.push(r)
      this.#set(r, MAPPING_OF, m)
      this.#set(r, SHARD, first + i)
      this.#set(r, OWN_SHARD, i)
      this.#set(r, REQUEST, -1)
      this.#set(r, POLLING, -1)
      const at = r * READER_DOUBLES
      this.#doubles.data[at + NEXT] = read(starts === 'latest' ? 'next' : 'oldest', first + i)
      this.#doubles.data[at + OPENED_AT] = this.#kernel.now
      const next = read('next', first + i)
      // a poll of an empty shard is not made, but counts
      this.#doubles.data[at + POLLED_AT] = next > this.#doubles.data[at + NEXT]! ? -1 : this.#kernel.now
      this.#set(r, FIRST_LANE, lane(r))
      for (let k = 1; k < factor; k++) lane(r)
      if (this.#doubles.data[at + NEXT]! > 0) this.show(r)
    }
    return found
  }

  /** It reads no more; what is under way still arrives. */
  close(m: number): void {
    this.#isOpen.data[m] = 0
    for (const r of this.of(m)) {
      if (this.#int(r, POLLING) < 0) continue
      this.#kernel.agenda.remove(this.#int(r, POLLING))
      this.#set(r, POLLING, -1)
    }
  }

  of(m: number): number[] {
    const found: number[] = []
    for (let r = 0; r < this.table.size; r++) if (this.mappingOf(r) === m) found.push(r)
    return found
  }

  /** Says how far its shard is done: the oldest record that still is with a lane, else the next one to be read. */
  show(r: number): void {
    let position = this.#doubles.data[r * READER_DOUBLES + NEXT]!
    for (const l of this.lanesOf(r))
      if (this.#lanes.held(l) > 0) position = Math.min(position, this.#lanes.read(l, 0, HANDLE))
    const { resource } = this.#mappings[this.mappingOf(r)]!
    this.#shown[r] ??= this.#context.level(resource, `shard ${this.ownShard(r)} read`)
    this.#shown[r](position)
  }

  lanesOf(r: number): number[] {
    const first = this.firstLane(r)
    const end = r + 1 < this.table.size ? this.firstLane(r + 1) : this.#lanes.table.size
    return Array.from({ length: end - first }, (_, k) => first + k)
  }

  /** A lane waits for records: polls at the next turn, if there are any. `refused`: what is pushed is not asked for at once again. */
  ask(r: number, refused = false): void {
    const m = this.mappingOf(r)
    if (!this.isOpen(m) || this.#int(r, REQUEST) >= 0 || this.#int(r, POLLING) >= 0) return
    const { service, pushed, period } = this.#mappings[m]!
    const row = this.#doubles.data
    const at = r * READER_DOUBLES
    if (this.#context.read(`${service}.next`, this.shard(r)) <= row[at + NEXT]!) return
    // one key that is stuck must not make the others hoard
    let held = 0
    for (const l of this.lanesOf(r)) held += this.#lanes.held(l)
    if (held >= MOST) return
    const { now } = this.#kernel.clock
    let turn = refused ? now + period : now
    if (!pushed) {
      turn = row[at + OPENED_AT]! + Math.ceil((now - row[at + OPENED_AT]!) / period) * period
      if (turn <= row[at + POLLED_AT]!) turn += period
    }
    this.#set(r, POLLING, this.#kernel.after(turn - now, this.#kinds.polling, r))
  }

  #appended(service: string, resource: number, shard: number): void {
    for (let r = 0; r < this.table.size; r++) {
      if (this.shard(r) !== shard || this.#int(r, REQUEST) >= 0 || this.#int(r, POLLING) >= 0) continue
      const mapping = this.#mappings[this.mappingOf(r)]!
      if (mapping.service !== service || mapping.source !== resource) continue
      if (this.lanesOf(r).some((l) => this.#fed.hungry(l))) this.ask(r)
    }
  }

  #poll(r: number): void {
    const { read } = this.#mappings[this.mappingOf(r)]!
    this.#set(r, POLLING, -1)
    this.#doubles.data[r * READER_DOUBLES + POLLED_AT] = this.#kernel.now
    const { recorder } = this.#kernel
    recorder.trace = -1
    const cursor = this.#context.parcels.put([this.shard(r), this.#doubles.data[r * READER_DOUBLES + NEXT]!])
    this.#set(r, REQUEST, this.#context.calls.send(read, cursor, MOST, this.#kinds.received, r))
  }

  #received(request: number, r: number): void {
    const { calls, parcels } = this.#context
    const m = this.mappingOf(r)
    const mapping = this.#mappings[m]!
    this.#set(r, REQUEST, -1)
    const outcome = calls.outcome(request)
    if (outcome !== Outcome.ok) {
      if (outcome === Outcome.throttled) this.#context.explain(this.#why.throttled, mapping.resource, mapping.stream)
      if (outcome === Outcome.denied)
        for (const l of this.lanesOf(r)) {
          if (this.#fed.hungry(l)) this.#fed.denied(l)
        }
      else this.ask(r, true)
      return
    }
    const parcel = calls.value(request)
    const at = r * READER_DOUBLES + NEXT
    if (parcel < 0) {
      // what was there is gone
      this.#doubles.data[at] = Math.max(this.#doubles.data[at]!, this.oldest(r))
      return this.ask(r)
    }
    const items = parcels.get(parcel)
    parcels.drop(parcel)
    const from = Math.max(this.#doubles.data[at]!, 0)
    this.#doubles.data[at] = Math.max(from, items[items.length - ITEM + HANDLE]! + 1)
    this.#share(r, m, mapping, items)
    if (this.lanesOf(r).every((l) => this.#lanes.held(l) === 0)) this.show(r)
    for (const l of this.lanesOf(r)) if (this.#lanes.held(l) > 0 && this.#fed.hungry(l)) this.#fed.received(l)
    if (this.lanesOf(r).some((l) => this.#fed.hungry(l))) this.ask(r)
  }

  /** Hands records to the lanes of their keys; what does not match the filter is passed over (ESM-4). */
  #share(r: number, m: number, mapping: StreamMapping, items: readonly number[]): void {
    const { payloads } = this.#context
    this.#meters.polled(m, items.length / ITEM)
    let taken = items
    if (mapping.startsAt > 0) {
      let skip = 0
      while (skip < taken.length && taken[skip + RECEIVES]! < mapping.startsAt) skip += ITEM
      taken = taken.slice(skip)
    }
    if (mapping.filter !== null) {
      const [matching, others] = passing(taken, mapping.filter, payloads)
      taken = matching
      if (others.length > 0) {
        const { recorder } = this.#kernel
        const { cause } = recorder
        recorder.trace = others[TRACE]!
        this.#meters.filtered(m, others.length / ITEM)
        this.#context.explain(this.#why.filtered, mapping.resource, -1, others.length / ITEM)
        recorder.cause = cause
      }
    }
    if (taken.length === 0) return
    const lanes = this.lanesOf(r)
    if (lanes.length === 1) return this.#lanes.give(lanes[0]!, taken, this.#kernel.now)
    const shares: number[][] = lanes.map(() => [])
    for (let at = 0; at < taken.length; at += ITEM) {
      const { group } = payloads.get(taken[at + PAYLOAD]!)
      // a record without a key is a key of its own
      const lane = group === undefined ? taken[at + HANDLE]! % lanes.length : hash(group) % lanes.length
      for (let i = 0; i < ITEM; i++) shares[lane]!.push(taken[at + i]!)
    }
    shares.forEach((share, k) => {
      if (share.length > 0) this.#lanes.give(lanes[k]!, share, this.#kernel.now)
    })
  }

  #int(r: number, place: number): number {
    return this.#ints.data[r * READER_INTS + place]!
  }
  #set(r: number, place: number, value: number): void {
    this.#ints.data[r * READER_INTS + place] = value
  }
}

/** A spread of keys that every machine has (FNV-1a). */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h ^ (h >>> 16)) >>> 0
}
