import { Keyframes } from '../engine/keyframes'
import { createRun, resumeRun, type Run } from '../engine/create-run'
import { emptyStanding, type Legend, type Rows, type Standing } from '../model/recording'
import type { Scenario } from '../model/scenario'
import type { Detail, DetailRequest } from './protocol'
import { trimmed } from './rows'

/** What ended this long ago may still be on screen: a reclaimed environment keeps its place for ten seconds (µs). */
const LINGER = 10_500_000
/** Events between two looks at how many rows there are. */
const STRIDE = 4_096

/** Computes a window of rows again, from the keyframe before it. The run under way is only read. */
export class DetailJob {
  readonly request: DetailRequest
  readonly #run: Run
  readonly #to: number
  /** Where the window starts; it moves on when rows turn out to be many. */
  #from: number
  #standing: Standing | null = null
  #rows: Rows[] = []
  #kept = 0

  /** `of`: the run asked about; nothing beyond what it has computed is answered. */
  constructor(scenario: Scenario, of: Run, request: DetailRequest) {
    this.request = request
    this.#to = Math.min(request.to, of.kernel.now)
    this.#from = Math.max(0, Math.min(request.from, request.at, this.#to) - LINGER)
    const frame = of.keyframes.before(this.#from)
    const options = { keyframeEvery: Infinity }
    this.#run = frame === null ? createRun(scenario, options) : resumeRun(scenario, frame, new Keyframes(), options)
  }

  /** Computes up to `events` more events. Returns whether the window is complete. */
  step(events: number): boolean {
    const { kernel } = this.#run
    const last = kernel.events + events
    if (this.#standing === null) {
      const over = this.#run.advance(events, this.#from)
      if (!over && kernel.agenda.next < this.#from) return false
      this.#begin(this.#from)
    }
    while (kernel.events < last) {
      const over = this.#run.advance(STRIDE, this.#to + 1)
      kernel.recorder.flush()
      if (over || kernel.agenda.next > this.#to) return true
      const before = kernel.now < this.request.at
      if (this.#kept < (before ? this.request.most / 2 : this.request.most)) continue
      // the instant that was cut through is finished, so that a window ends and begins between two instants
      this.#run.advance(Infinity, kernel.now + 1)
      kernel.recorder.flush()
      if (!before) return true
      this.#begin(kernel.now + 1)
    }
    return false
  }

  /** The window, once `step` said it is complete, and the names it may refer to. */
  answer(): { detail: Detail; legend: Legend } {
    const { kernel, legend } = this.#run
    // nothing happens before the next event, so the window holds until there
    const to = Math.max(this.#from, Math.min(this.#to, kernel.agenda.next - 1))
    const exact = this.#from === 0 ? 0 : Math.max(this.#from, Math.min(this.request.at, this.#from + LINGER))
    return { detail: { from: this.#from, to, exact, standing: this.#standing!, rows: this.#rows }, legend }
  }

  #begin(from: number): void {
    const { recorder } = this.#run.kernel
    const keep = (rows: Rows): void => {
      this.#rows.push(trimmed(rows))
      this.#kept += rows.length
    }
    this.#from = from
    this.#rows = []
    this.#kept = 0
    // at the start of a run nothing holds yet, and the rows of its installation are part of the window
    recorder.sink = from === 0 ? keep : () => {}
    const standing = this.#run.restate()
    this.#standing = from === 0 ? emptyStanding(0) : standing
    recorder.sink = keep
  }
}
