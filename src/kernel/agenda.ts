import { Fifo } from './fifo'
import type { Stateful } from './stateful'

interface AgendaImage {
  readonly n: number
  readonly slots: number
  readonly sequence: number
  readonly heap: Int32Array
  readonly times: Float64Array
  readonly orders: Float64Array
  readonly place: Int32Array
  readonly free: Int32Array
  readonly order: Float64Array
  readonly time: Float64Array
  readonly kind: Int32Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly cause: Int32Array
  readonly trace: Int32Array
  readonly present: number
  readonly line: Int32Array
  readonly lane: Int32Array
}

/** In `place`: a position in the line or the lane is written as a negative number, even or odd. */
const inLine = (position: number): number => -1 - 2 * position
const inLane = (position: number): number => -2 - 2 * position

/** An entry with the delay of the lane is worth this many of others: delays that are drawn at random all differ. */
const WEIGHT = 8
/** Votes a delay needs to have the lane, and the most it can have. */
const ELECTED = 128
const MOST_VOTES = 512
const grown = <A extends Int32Array | Float64Array>(old: A, fresh: A): A => (fresh.set(old), fresh)

/**
 * The future events of a run: a 4-ary heap ordered by (time, sequence), with removal.
 *
 * Half of all entries are due at once (answers, next steps). They never enter the heap: they stand in a line, in the order they came, which is
 * that of their sequence numbers. The same holds for entries that all come due after the same delay: the delay most asked for has a lane.
 *
 * Equal times keep insertion order. Interventions take negative sequence numbers, so they come before everything else
 * of their instant whether they were there from the start or arrived later (design.md 2).
 *
 * Timers are rearmed far more often than they fire (an environment's idle timer at every invocation), so putting an entry
 * off does not move it: its place in the heap is a lower bound, and it sinks to its true place when it comes up. The first
 * entry is always at its true place, so `next` and `pop` see the exact order.
 */
export class Agenda implements Stateful {
  #n = 0
  #heap = new Int32Array(256)
  // keys in heap order beside the slots: sifting reads neighbours instead of chasing slots. Never later than the entry's own
  #times = new Float64Array(256)
  #orders = new Float64Array(256)
  #place = new Int32Array(256)
  #free = new Int32Array(256)
  #freed = 0
  #slots = 0
  #sequence = 0
  /** Time of all that stands in the line (µs): that of the entry popped last, as long as somebody stands there. */
  #present = 0
  readonly #line = new Fifo()
  /** Entries due `#delay` after they were added, and the time of the last one (µs). */
  readonly #lane = new Fifo()
  #delay = -1
  #votes = 0
  #laneEnd = 0
  #order = new Float64Array(256)
  /** Columns of the entries, by slot. `time` is Infinity while an entry is suspended. */
  time = new Float64Array(256)
  kind = new Int32Array(256)
  a = new Int32Array(256)
  b = new Int32Array(256)
  cause = new Int32Array(256)
  trace = new Int32Array(256)

  /** Entries held, suspended ones included. */
  get size(): number {
    return this.#n + this.#line.waiting + this.#lane.waiting
  }

  /** Time of the next entry (µs), Infinity when none is due. */
  get next(): number {
    let first = this.#n === 0 ? Infinity : this.#times[0]!
    if (this.#line.waiting > 0 && this.#present < first) first = this.#present
    if (this.#lane.waiting > 0) first = Math.min(first, this.time[this.#lane.first()]!)
    return first
  }

  /** Adds an entry and returns its slot, which identifies it until it is popped or removed. */
  push(time: number, kind: number, a: number, b: number, cause: number, trace: number): number {
    const order = this.#sequence++
    const slot = this.#take(time, order, kind, a, b, cause, trace)
    if (time === this.#present) this.#place[slot] = inLine(this.#line.push(slot))
    else if (this.#hasLane(time)) {
      this.#place[slot] = inLane(this.#lane.push(slot))
      this.#laneEnd = time
    } else this.#up(this.#n++, slot, time, order)
    return slot
  }

  /** Whether an entry due then goes to the lane. Every entry votes for its delay; the lane changes hands while it is empty. */
  #hasLane(time: number): boolean {
    const delay = time - this.#present
    if (delay === this.#delay) {
      if (this.#votes < MOST_VOTES) this.#votes += WEIGHT
      return this.#votes >= ELECTED && (this.#lane.waiting === 0 || time >= this.#laneEnd)
    }
    if (this.#votes > 0) this.#votes--
    else if (this.#lane.waiting === 0) this.#delay = delay
    return false
  }

  /** The same with a sequence number of its own: below 0, first of its instant. */
  insert(time: number, kind: number, a: number, order: number): number {
    const slot = this.#take(time, order, kind, a, 0, -1, -1)
    this.#up(this.#n++, slot, time, order)
    return slot
  }

  /** Takes the first entry if it is due before `until`; its columns stay readable until the next push. Returns -1 when there is none. */
  pop(until = Infinity): number {
    const line = this.#line
    const lane = this.#lane
    let time = this.#n > 0 ? this.#times[0]! : Infinity
    let order = this.#n > 0 ? this.#orders[0]! : Infinity
    let slot = -1
    let from: Fifo | null = null
    if (line.waiting > 0) {
      const first = line.first()
      if (this.#present < time || (this.#present === time && this.#order[first]! < order)) {
        time = this.#present
        order = this.#order[first]!
        slot = first
        from = line
      }
    }
    if (lane.waiting > 0) {
      const first = lane.first()
      const due = this.time[first]!
      if (due < time || (due === time && this.#order[first]! < order)) {
        time = due
        slot = first
        from = lane
      }
    }
    if (time >= until || time === Infinity) return -1
    if (from !== null) from.shift()
    else slot = this.#popHeap()
    if (line.waiting === 0) this.#present = time
    this.#free[this.#freed++] = slot
    return slot
  }

  #popHeap(): number {
    const slot = this.#heap[0]!
    const end = --this.#n
    if (end > 0) {
      this.#down(0, this.#heap[end]!, this.#times[end]!, this.#orders[end]!)
      this.#settle()
    }
    return slot
  }

  /** Takes a slot out of the line or the lane. */
  #leave(place: number): void {
    const position = -1 - place
    if (position % 2 === 0) this.#line.drop(position / 2)
    else this.#lane.drop((position - 1) / 2)
  }

  /** Gives an entry a new time, as if it were removed and pushed again; `kind`, `a` and `b` stay. */
  reschedule(slot: number, time: number, cause: number, trace: number): void {
    const order = this.#sequence++
    this.time[slot] = time
    this.#order[slot] = order
    this.cause[slot] = cause
    this.trace[slot] = trace
    const place = this.#place[slot]!
    if (place < 0) {
      this.#leave(place)
      this.#up(this.#n++, slot, time, order)
    } else if (time < this.#times[place]!) this.#up(place, slot, time, order)
    else if (place === 0) this.#settle()
  }

  /** Keeps an entry from coming due until it is rescheduled. Cheaper than `remove` and `push` for what is armed again and again. */
  suspend(slot: number): void {
    this.time[slot] = Infinity
    const place = this.#place[slot]!
    if (place < 0) {
      this.#leave(place)
      this.#up(this.#n++, slot, Infinity, this.#order[slot]!)
    } else if (place === 0) this.#settle()
  }

  /** Removes an entry that has not been popped. */
  remove(slot: number): void {
    const place = this.#place[slot]!
    if (place < 0) {
      this.#leave(place)
      this.#free[this.#freed++] = slot
      return
    }
    const end = --this.#n
    const last = this.#heap[end]!
    if (last !== slot) {
      const time = this.#times[end]!
      const order = this.#orders[end]!
      this.#down(place, last, time, order)
      if (this.#heap[place] === last) this.#up(place, last, time, order)
      this.#settle()
    }
    this.#free[this.#freed++] = slot
  }

  /** Removes every entry whose order passes the test. */
  removeWhere(test: (order: number) => boolean): void {
    const all = [...this.#heap.subarray(0, this.#n), ...this.#line.all(), ...this.#lane.all()]
    const slots = all.filter((slot) => test(this.#order[slot]!))
    for (const slot of slots) this.remove(slot)
  }

  save(): AgendaImage {
    const s = this.#slots
    return {
      n: this.#n,
      slots: s,
      sequence: this.#sequence,
      heap: this.#heap.slice(0, this.#n),
      times: this.#times.slice(0, this.#n),
      orders: this.#orders.slice(0, this.#n),
      place: this.#place.slice(0, s),
      free: this.#free.slice(0, this.#freed),
      order: this.#order.slice(0, s),
      time: this.time.slice(0, s),
      kind: this.kind.slice(0, s),
      a: this.a.slice(0, s),
      b: this.b.slice(0, s),
      cause: this.cause.slice(0, s),
      trace: this.trace.slice(0, s),
      present: this.#present,
      line: this.#line.all(),
      lane: this.#lane.all(),
    }
  }

  load(image: unknown): void {
    const saved = image as AgendaImage
    while (this.time.length < saved.slots) this.#grow()
    this.#n = saved.n
    this.#slots = saved.slots
    this.#sequence = saved.sequence
    this.#freed = saved.free.length
    this.#present = saved.present
    this.#heap.set(saved.heap)
    this.#times.set(saved.times)
    this.#orders.set(saved.orders)
    this.#place.set(saved.place)
    this.#free.set(saved.free)
    this.#order.set(saved.order)
    for (const column of ['time', 'kind', 'a', 'b', 'cause', 'trace'] as const) this[column].set(saved[column])
    this.#line.clear()
    this.#lane.clear()
    for (const slot of saved.line) this.#place[slot] = inLine(this.#line.push(slot))
    for (const slot of saved.lane) {
      this.#place[slot] = inLane(this.#lane.push(slot))
      this.#laneEnd = this.time[slot]!
    }
  }

  #take(time: number, order: number, kind: number, a: number, b: number, cause: number, trace: number): number {
    const slot = this.#freed > 0 ? this.#free[--this.#freed]! : this.#newSlot()
    this.time[slot] = time
    this.#order[slot] = order
    this.kind[slot] = kind
    this.a[slot] = a
    this.b[slot] = b
    this.cause[slot] = cause
    this.trace[slot] = trace
    return slot
  }

  #newSlot(): number {
    if (this.#slots === this.time.length) this.#grow()
    return this.#slots++
  }

  /** Lets entries that were put off sink, until the first one is at its true place. */
  #settle(): void {
    for (;;) {
      const slot = this.#heap[0]!
      const time = this.time[slot]!
      if (time === this.#times[0] && (time === Infinity || this.#order[slot] === this.#orders[0])) return
      this.#down(0, slot, time, this.#order[slot]!)
    }
  }

  #up(start: number, slot: number, time: number, order: number): void {
    const heap = this.#heap
    const times = this.#times
    const orders = this.#orders
    const places = this.#place
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 2
      const above = times[parent]!
      if (above < time || (above === time && orders[parent]! < order)) break
      const moved = heap[parent]!
      heap[at] = moved
      times[at] = above
      orders[at] = orders[parent]!
      places[moved] = at
      at = parent
    }
    heap[at] = slot
    times[at] = time
    orders[at] = order
    places[slot] = at
  }

  #down(start: number, slot: number, time: number, order: number): void {
    const heap = this.#heap
    const times = this.#times
    const orders = this.#orders
    const places = this.#place
    const n = this.#n
    let at = start
    for (;;) {
      const first = at * 4 + 1
      if (first >= n) break
      let best = first
      let least = times[first]!
      const end = first + 4 < n ? first + 4 : n
      for (let child = first + 1; child < end; child++) {
        const t = times[child]!
        if (t < least || (t === least && orders[child]! < orders[best]!)) {
          best = child
          least = t
        }
      }
      if (time < least || (time === least && order < orders[best]!)) break
      const moved = heap[best]!
      heap[at] = moved
      times[at] = least
      orders[at] = orders[best]!
      places[moved] = at
      at = best
    }
    heap[at] = slot
    times[at] = time
    orders[at] = order
    places[slot] = at
  }

  #grow(): void {
    const length = this.time.length * 2
    this.#heap = grown(this.#heap, new Int32Array(length))
    this.#times = grown(this.#times, new Float64Array(length))
    this.#orders = grown(this.#orders, new Float64Array(length))
    this.#place = grown(this.#place, new Int32Array(length))
    this.#free = grown(this.#free, new Int32Array(length))
    this.#order = grown(this.#order, new Float64Array(length))
    this.time = grown(this.time, new Float64Array(length))
    this.kind = grown(this.kind, new Int32Array(length))
    this.a = grown(this.a, new Int32Array(length))
    this.b = grown(this.b, new Int32Array(length))
    this.cause = grown(this.cause, new Int32Array(length))
    this.trace = grown(this.trace, new Int32Array(length))
  }
}
