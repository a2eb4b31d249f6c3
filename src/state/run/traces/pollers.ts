interface Asking {
  readonly poller: number
  readonly most: number
}

/**
 * Which poller of a mapping has gathered which messages. Rows name a poller when it changes state alone; in between, a queue answers those
 * that wait in the order they asked, but who has begun a batch before all others (sqs/store.ts).
 */
export class Pollers {
  /** Polls that are not answered, the next to be served first, by mapping. */
  readonly #asking = new Map<string, Asking[]>()
  /** Traces gathered so far, by poller. */
  readonly #gathered = new Map<number, number[]>()
  /** Last row that told of a poller, and that poller: what follows from it is its doing. */
  #row = -1
  #poller = -1
  /** The poller that is about to call the function; -1 for none. */
  #handing = -1

  /** A poller entered a state. */
  entered(poller: number, state: string, row: number): void {
    this.#row = row
    this.#poller = poller
    if (state === 'invoking') {
      this.#handing = poller
      // its window is over, and with it its poll
      for (const asking of this.#asking.values()) withdraw(asking, poller)
    } else if (state === 'receiving') this.#gathered.delete(poller)
  }

  /** A poll for at most `most` messages, caused by row `cause`. */
  asked(mapping: string, most: number, cause: number): void {
    if (cause !== this.#row) return
    const asking = this.#asking.get(mapping) ?? []
    const poller = this.#poller
    withdraw(asking, poller)
    // who has begun a batch is served first
    if (this.#gathered.has(poller)) asking.unshift({ poller, most })
    else asking.push({ poller, most })
    this.#asking.set(mapping, asking)
  }

  /** The oldest poll for so many was answered with `count` messages of these traces. */
  received(mapping: string, count: number, traces: readonly number[], row: number): void {
    const asking = this.#asking.get(mapping)
    const at = asking?.findIndex((one) => one.most >= count) ?? -1
    if (asking === undefined || at < 0) {
      this.#row = -1
      return
    }
    const { poller } = asking.splice(at, 1)[0]!
    this.#row = row
    this.#poller = poller
    const gathered = this.#gathered.get(poller)
    if (gathered === undefined) this.#gathered.set(poller, [...traces])
    else gathered.push(...traces)
  }

  /** The traces of the batch a poller calls the function with, the first of which is `trace`; undefined when they are not known. */
  handsOver(trace: number): readonly number[] | undefined {
    const gathered = this.#gathered.get(this.#handing)
    if (gathered?.[0] !== trace) return undefined
    this.#gathered.delete(this.#handing)
    this.#handing = -1
    return gathered
  }
}

function withdraw(asking: Asking[], poller: number): void {
  const at = asking.findIndex((one) => one.poller === poller)
  if (at >= 0) asking.splice(at, 1)
}
