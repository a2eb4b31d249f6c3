type Numbers = Float64Array | Int32Array | Uint16Array | Uint8Array

/** A typed array that grows at its end. Read `data` afresh after every `push`: growing replaces it. */
export class NumberList<A extends Numbers> {
  data: A
  length = 0
  readonly #make: new (length: number) => A

  constructor(make: new (length: number) => A, capacity = 16) {
    this.#make = make
    this.data = new make(capacity)
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const grown = new this.#make(Math.max(8, this.length + (this.length >> 1)))
      grown.set(this.data)
      this.data = grown
    }
    this.data[this.length++] = value
  }

  /** Value at `index`, which must be below `length`. */
  at(index: number): number {
    return this.data[index]!
  }

  /** Forgets everything from `length` on. */
  truncate(length: number): void {
    if (length < this.length) this.length = length
  }

  /** First index whose value is at least `value`; `length` when there is none. Needs ascending values. */
  lowerBound(value: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.data[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }

  /** First index whose value is above `value`; `length` when there is none. Needs ascending values. */
  upperBound(value: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.data[middle]! <= value) low = middle + 1
      else high = middle
    }
    return low
  }
}

export const floats = (capacity?: number): NumberList<Float64Array> => new NumberList(Float64Array, capacity)
export const ints = (capacity?: number): NumberList<Int32Array> => new NumberList(Int32Array, capacity)
export const bytes = (capacity?: number): NumberList<Uint8Array> => new NumberList(Uint8Array, capacity)

/** First position in `positions` whose `times` value is above `t`. Positions are ascending, and so are the times they lead to. */
export function upperBoundBy(positions: NumberList<Int32Array>, times: NumberList<Float64Array>, t: number): number {
  let low = 0
  let high = positions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times.data[positions.data[middle]!]! <= t) low = middle + 1
    else high = middle
  }
  return low
}
