/** How far from its end a message is looked for. */
const FARTHEST = 2_000

/** Messages of a standard queue by their traces, in the order they became visible. */
export class WaitingLine {
  #items: number[] = []
  /** When each is seen (µs). */
  #from: number[] = []
  #head = 0

  /** `count` messages are seen from time `at` (µs) on. */
  push(trace: number, count: number, at: number): void {
    // those on their way are few, and come in their turn
    let place = this.#from.length
    while (place > this.#head && this.#from[place - 1]! > at) place--
    for (let n = 0; n < count; n++) {
      this.#items.splice(place, 0, trace)
      this.#from.splice(place, 0, at)
    }
  }

  /** Hands out `count` of what is seen at time `t` (µs), the first of `trace`. Returns their traces, as far as they are known. */
  take(trace: number, count: number, t: number): number[] {
    const at = this.#find(trace)
    if (at < 0) return [trace]
    let end = at + 1
    while (end < this.#items.length && end - at < count && this.#from[end]! <= t) end++
    const taken = this.#items.slice(at, end)
    this.#drop(at, end - at)
    return taken
  }

  remove(trace: number): void {
    const at = this.#find(trace)
    if (at >= 0) this.#drop(at, 1)
  }

  /** What came last from `trace` goes before the one that came before it. */
  overtake(trace: number): void {
    const least = Math.max(this.#head, this.#items.length - FARTHEST)
    let at = this.#items.length - 1
    while (at >= least && this.#items[at] !== trace) at--
    if (at <= least) return
    this.#items[at] = this.#items[at - 1]!
    this.#items[at - 1] = trace
  }

  /** Forgets what came last from `trace`: it did not arrive after all. */
  takeBack(trace: number): void {
    const least = Math.max(this.#head, this.#items.length - FARTHEST)
    let at = this.#items.length - 1
    while (at >= least && this.#items[at] !== trace) at--
    if (at >= least) this.#drop(at, 1)
  }

  #find(trace: number): number {
    const end = Math.min(this.#items.length, this.#head + FARTHEST)
    for (let at = this.#head; at < end; at++) if (this.#items[at] === trace) return at
    return -1
  }

  #drop(at: number, count: number): void {
    if (at !== this.#head) {
      this.#items.splice(at, count)
      this.#from.splice(at, count)
      return
    }
    this.#head += count
    if (this.#head < 4_096 || this.#head * 2 < this.#items.length) return
    this.#items = this.#items.slice(this.#head)
    this.#from = this.#from.slice(this.#head)
    this.#head = 0
  }
}
