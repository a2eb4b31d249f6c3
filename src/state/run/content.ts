/** What travels on hops, asked of the worker when somebody looks. */
import type { EventContent } from '../../model/recording'
import type { FromWorker } from '../../worker/protocol'
import type { RunStore } from './runStore'

export type { EventContent }
type Contents = readonly (EventContent | null)[]

/** Contents kept; the one looked at longest ago goes first. */
const MOST_KEPT = 512

interface Waiting {
  readonly rows: readonly number[]
  tell(contents: Contents): void
}

/** Contents of rows of the run on screen. Hears every message of the worker, because a new run makes the old ones worthless. */
export class ContentCache {
  readonly #status: RunStore['status']
  readonly #ask: (rows: readonly number[]) => void
  readonly #kept = new Map<number, EventContent | null>()
  #waiting: Waiting[] = []

  constructor(store: Pick<RunStore, 'status'>, ask: (rows: readonly number[]) => void) {
    this.#status = store.status
    this.#ask = ask
  }

  /** Contents in the order of `rows`: null for rows that are no hops, and for what a newer run replaced before it was known. */
  async of(rows: readonly number[]): Promise<Contents> {
    const missing = rows.filter((row) => !this.#kept.has(row))
    const found = new Map(rows.flatMap((row) => (this.#kept.has(row) ? [[row, this.#take(row)] as const] : [])))
    const { stale, phase } = this.#status()
    if (missing.length > 0 && !stale && phase !== 'empty' && phase !== 'failed') {
      const answer = new Promise<Contents>((tell) => this.#waiting.push({ rows: missing, tell }))
      this.#ask(missing)
      const contents = await answer
      missing.forEach((row, i) => found.set(row, contents[i] ?? null))
    }
    return rows.map((row) => found.get(row) ?? null)
  }

  hear(message: FromWorker): void {
    if (message.type === 'head' || message.type === 'failed') this.#forget(0)
    else if (message.type === 'resumed') this.#forget(message.keepRows)
    else if (message.type === 'content') {
      const { rows, contents } = message
      const at = this.#waiting.findIndex((it) => it.rows.join() === rows.join())
      if (at < 0) return
      rows.forEach((row, i) => this.#keep(row, contents[i] ?? null))
      this.#waiting.splice(at, 1)[0]!.tell(contents)
    }
  }

  #take(row: number): EventContent | null {
    const content = this.#kept.get(row) ?? null
    this.#keep(row, content)
    return content
  }

  #keep(row: number, content: EventContent | null): void {
    this.#kept.delete(row)
    this.#kept.set(row, content)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return
      this.#kept.delete(oldest)
    }
  }

  #forget(from: number): void {
    for (const row of this.#kept.keys()) if (row >= from) this.#kept.delete(row)
    const waiting = this.#waiting
    this.#waiting = []
    for (const { rows, tell } of waiting) tell(rows.map(() => null))
  }
}

let cache: ContentCache | null = null

/** Says who answers for the run on screen. */
export const provideContents = (given: ContentCache): void => {
  cache = given
}

/** See `ContentCache.of`; of the run on screen. */
export const contentOf = async (rows: readonly number[]): Promise<Contents> =>
  (await cache?.of(rows)) ?? rows.map(() => null)
