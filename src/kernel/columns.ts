import type { Stateful } from './stateful'

type Numbers = Int32Array | Float64Array | Uint8Array | Uint16Array
type Make<A extends Numbers> = new (length: number) => A

/** One column of a table. Read `data` afresh after every `add()`: growing replaces it. */
export class Column<A extends Numbers = Numbers> {
  data: A
  readonly fill: number
  /** Numbers per entity. */
  readonly stride: number
  readonly #make: Make<A>
  constructor(make: Make<A>, capacity: number, fill: number, stride: number) {
    this.#make = make
    this.fill = fill
    this.stride = stride
    this.data = new make(capacity * stride).fill(fill) as A
  }
  resize(capacity: number): void {
    const grown = new this.#make(capacity * this.stride)
    grown.set(this.data)
    if (this.fill !== 0) grown.fill(this.fill, this.data.length)
    this.data = grown
  }
}

interface TableImage {
  size: number
  capacity: number
  free: Int32Array
  columns: Numbers[]
}

/** Struct of arrays with reusable ids. Ids are handed out lowest-freed-last-in, so a run's ids are reproducible. */
export class Table implements Stateful {
  /** One more than the highest id ever handed out. */
  size = 0
  #capacity: number
  #free: Int32Array
  #freed = 0
  readonly #columns: Column[] = []
  /** Some columns are reset when an id is given back. */
  #resets = false
  // by element type, so that resetting a row stays monomorphic (it is the hottest loop of a run)
  private readonly ints: Column<Int32Array>[] = []
  private readonly floats: Column<Float64Array>[] = []
  private readonly bytes: Column<Uint8Array>[] = []

  constructor(capacity = 64) {
    this.#capacity = capacity
    this.#free = new Int32Array(capacity)
  }

  i32(fill = 0): Column<Int32Array> {
    const column = this.#column(Int32Array, fill, 1)
    this.#resets = true
    this.ints.push(column)
    return column
  }
  /** Integers that `remove` leaves alone, because they belong to the id rather than to who has it, or are written at every birth. */
  kept(fill = 0, stride = 1): Column<Int32Array> {
    return this.#column(Int32Array, fill, stride)
  }
  /** The same for numbers with a fraction or beyond 2^31. */
  keptF64(fill = 0, stride = 1): Column<Float64Array> {
    return this.#column(Float64Array, fill, stride)
  }
  /** The same for states. */
  keptU8(fill = 0): Column<Uint8Array> {
    return this.#column(Uint8Array, fill, 1)
  }
  f64(fill = 0): Column<Float64Array> {
    const column = this.#column(Float64Array, fill, 1)
    this.#resets = true
    this.floats.push(column)
    return column
  }
  u8(fill = 0): Column<Uint8Array> {
    const column = this.#column(Uint8Array, fill, 1)
    this.#resets = true
    this.bytes.push(column)
    return column
  }

  /** A free id; its columns hold their fill values. */
  add(): number {
    if (this.#freed > 0) return this.#free[--this.#freed]!
    if (this.size === this.#capacity) this.#grow(this.#capacity * 2)
    return this.size++
  }

  /** Gives an id back and resets its columns. */
  remove(id: number): void {
    if (this.#resets) this.#reset(id)
    if (this.#freed === this.#free.length) {
      const grown = new Int32Array(this.#free.length * 2)
      grown.set(this.#free)
      this.#free = grown
    }
    this.#free[this.#freed++] = id
  }

  #reset(id: number): void {
    const { ints, floats, bytes } = this
    for (let c = 0; c < ints.length; c++) ints[c]!.data[id] = ints[c]!.fill
    for (let c = 0; c < floats.length; c++) floats[c]!.data[id] = floats[c]!.fill
    for (let c = 0; c < bytes.length; c++) bytes[c]!.data[id] = bytes[c]!.fill
  }

  get live(): number {
    return this.size - this.#freed
  }

  save(): TableImage {
    return {
      size: this.size,
      capacity: this.#capacity,
      free: this.#free.slice(0, this.#freed),
      columns: this.#columns.map((column) => column.data.slice(0, this.size * column.stride)),
    }
  }

  load(image: unknown): void {
    const saved = image as TableImage
    if (saved.capacity > this.#capacity) this.#grow(saved.capacity)
    this.size = saved.size
    this.#freed = saved.free.length
    if (this.#free.length < this.#freed) this.#free = new Int32Array(this.#capacity)
    this.#free.set(saved.free)
    this.#columns.forEach((column, index) => {
      column.data.fill(column.fill)
      column.data.set(saved.columns[index]!)
    })
  }

  #column<A extends Numbers>(make: Make<A>, fill: number, stride: number): Column<A> {
    const column = new Column(make, this.#capacity, fill, stride)
    this.#columns.push(column)
    return column
  }

  #grow(capacity: number): void {
    this.#capacity = capacity
    for (const column of this.#columns) column.resize(capacity)
  }
}
