import type { Entity } from '../model/recording'

/** What was new at a keyframe, after an earlier past. */
interface Past {
  readonly before: Past | null
  readonly length: number
  /** Texts with those of the past before. */
  readonly texted: number
  readonly numbers: Int32Array
  readonly texts: readonly string[]
}

/** Integers of an entity side by side: owner and machine by number, and what its label says. */
const STRIDE = 3
const OWNER = 0
const MACHINE = 1
const LABEL = 2

/**
 * Names of everything drawn, in the order of birth. A run has an entity for every asynchronous event, a million of them and more, so what
 * is kept are numbers, and the names are written when somebody reads them. Keyframes share their past.
 */
export class EntityList {
  length = 0
  #numbers = new Int32Array(256 * STRIDE)
  readonly #texts: string[] = []
  readonly #machines: string[] = []
  readonly #written: Entity[] = []
  #last: Past | null = null
  readonly #owners: readonly string[]

  /** `owners`: resource ids by index. */
  constructor(owners: readonly string[]) {
    this.#owners = owners
  }

  /** Number of a machine, for `add`. */
  machine(name: string): number {
    const known = this.#machines.indexOf(name)
    return known >= 0 ? known : this.#machines.push(name) - 1
  }

  /** `label`: its name, or the number after the name of its machine. Returns the number of the entity. */
  add(owner: number, machine: number, label: string | number): number {
    const at = this.length * STRIDE
    if (at === this.#numbers.length) {
      const grown = new Int32Array(at * 2)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    const numbers = this.#numbers
    numbers[at + OWNER] = owner
    numbers[at + MACHINE] = machine
    const counted = typeof label === 'number' && label >= 0
    numbers[at + LABEL] = counted ? label : -this.#texts.push(this.#text(machine, label))
    return this.length++
  }

  /** All of them, written out. */
  get all(): readonly Entity[] {
    for (let id = this.#written.length; id < this.length; id++) this.#written.push(this.#write(id))
    return this.#written
  }

  past(): Past {
    const known = this.#last?.length ?? 0
    if (this.#last === null || known < this.length)
      this.#last = {
        before: this.#last,
        length: this.length,
        texted: this.#texts.length,
        numbers: this.#numbers.slice(known * STRIDE, this.length * STRIDE),
        texts: this.#texts.slice(this.#last?.texted ?? 0),
      }
    return this.#last
  }

  restore(image: Past): void {
    const parts: Past[] = []
    for (let past: Past | null = image; past !== null; past = past.before) parts.push(past)
    this.length = image.length
    if (this.#numbers.length < image.length * STRIDE) this.#numbers = new Int32Array(image.length * 2 * STRIDE)
    this.#texts.length = 0
    this.#written.length = 0
    for (const { before, numbers, texts } of parts.reverse()) {
      this.#numbers.set(numbers, (before?.length ?? 0) * STRIDE)
      for (const text of texts) this.#texts.push(text)
    }
    this.#last = image
  }

  #text(machine: number, label: string | number): string {
    return typeof label === 'string' ? label : `${this.#machines[machine]} ${label}`
  }

  #write(id: number): Entity {
    const at = id * STRIDE
    const label = this.#numbers[at + LABEL]!
    const machine = this.#machines[this.#numbers[at + MACHINE]!]!
    return {
      owner: this.#owners[this.#numbers[at + OWNER]!]!,
      machine,
      label: label < 0 ? this.#texts[-label - 1]! : `${machine} ${label}`,
    }
  }
}
