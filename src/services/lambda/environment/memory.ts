import type { Json } from '../../../model/scenario'
import type { Stateful } from '../../../kernel/stateful'

/** What one environment keeps between invocations (LAM-21). */
export interface Kept {
  readonly label: string
  /** Variables of the runtime process and its connections, gone after a reset. */
  readonly global: { readonly [name: string]: Json }
  /** Variables in files, and MB by file: they outlive a reset (LAM-23). */
  readonly tmp: { readonly [name: string]: Json }
  readonly files: { readonly [name: string]: number }
  /** Variables of the handler, gone when the call is over. */
  readonly handler: { readonly [name: string]: Json }
  /** MB the process keeps beyond its code, and those the present call took besides. */
  readonly taken: number
  readonly borrowed: number
  /** µs of the last change. */
  readonly at: number
}

const nothing = (label: string): Kept => ({
  label,
  global: {},
  tmp: {},
  files: {},
  handler: {},
  taken: 0,
  borrowed: 0,
  at: 0,
})

/** What environments remember, for functions that remember anything. Entries are replaced, never changed, so that an image may share them. */
export class Memory implements Stateful {
  #kept = new Map<number, Kept>()

  of(environment: number, label: string): Kept {
    return this.#kept.get(environment) ?? nothing(label)
  }

  put(environment: number, kept: Kept): void {
    this.#kept.set(environment, kept)
  }

  has(environment: number): boolean {
    return this.#kept.has(environment)
  }

  /** A call is over. */
  end(environment: number): void {
    const kept = this.#kept.get(environment)
    if (kept !== undefined) this.#kept.set(environment, { ...kept, handler: {}, borrowed: 0 })
  }

  /** The runtime process ended: its variables are gone, /tmp stays. */
  reset(environment: number): void {
    const kept = this.#kept.get(environment)
    if (kept !== undefined) this.#kept.set(environment, { ...kept, global: {}, taken: 0 })
  }

  forget(environment: number): void {
    this.#kept.delete(environment)
  }

  entries(): IterableIterator<[number, Kept]> {
    return this.#kept.entries()
  }

  save(): Map<number, Kept> {
    return new Map(this.#kept)
  }

  load(image: unknown): void {
    this.#kept = new Map(image as Map<number, Kept>)
  }
}
