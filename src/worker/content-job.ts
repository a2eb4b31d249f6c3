import { createRun, resumeRun, type Inside, type Run, type RunOptions } from '../engine/create-run'
import { Keyframes } from '../engine/keyframes'
import type { EventContent } from '../model/recording'
import type { Scenario } from '../model/scenario'
import { HopContents } from '../services/content'

/** Events between two looks at how far the replay is. */
const STRIDE = 256

/** Computes parts of a run again and notes what the hops of some rows carry. The run under way is only read. */
export class ContentJob {
  readonly rows: readonly number[]
  readonly #scenario: Scenario
  readonly #of: Run
  /** Rows still to come, the last one first. */
  readonly #left: number[]
  readonly #found = new Map<number, EventContent>()
  #run: Run | null = null

  /** `of`: the run asked about; nothing beyond what it has computed is answered. */
  constructor(scenario: Scenario, of: Run, rows: readonly number[]) {
    this.rows = rows
    this.#scenario = scenario
    this.#of = of
    const known = of.kernel.recorder.count
    this.#left = [...new Set(rows)].filter((row) => row >= 0 && row < known).sort((x, y) => y - x)
  }

  /** Computes up to `events` more events. Returns whether all is found that there is. */
  step(events: number): boolean {
    for (let left = events; left > 0; left -= STRIDE) {
      const row = this.#left.at(-1)
      if (row === undefined) return true
      const run = this.#at(row)
      const over = run.advance(STRIDE)
      while (this.#left.length > 0 && this.#left.at(-1)! < run.kernel.recorder.count) this.#left.pop()
      if (over) this.#left.length = 0
    }
    return this.#left.length === 0
  }

  /** In the order asked: null for rows that are no hops or not there yet. */
  answer(): (EventContent | null)[] {
    return this.rows.map((row) => this.#found.get(row) ?? null)
  }

  /** The replay, moved on to the last keyframe before the row where that saves computing. */
  #at(row: number): Run {
    const frame = this.#of.keyframes.all.findLast(({ rows }) => rows <= row)
    if (this.#run !== null && (frame === undefined || frame.rows <= this.#run.kernel.recorder.count)) return this.#run
    const options: RunOptions = { record: false, seekable: false, tap: (inside) => this.#tap(inside) }
    this.#run =
      frame === undefined
        ? createRun(this.#scenario, options)
        : resumeRun(this.#scenario, frame, new Keyframes(), options)
    return this.#run
  }

  #tap({ context, legend, contents }: Inside): ReturnType<NonNullable<RunOptions['tap']>> {
    const wanted = new Set(this.#left)
    const read = new HopContents(context, legend.wires, contents)
    return {
      call: (row, request, token) => {
        if (wanted.has(row)) this.#found.set(row, read.of(request, token))
      },
      moved: (row, moved) => {
        if (wanted.has(row)) this.#found.set(row, read.moved(moved))
      },
    }
  }
}
