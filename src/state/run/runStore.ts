import type { CostLine, Legend, Progress, Rows, RunHead, Series } from '../../model/recording'
import type { Detail, DetailRequest, FromWorker, Holdings } from '../../worker/protocol'
import { Names } from './names'
import { RunReader } from './runReader'
import { Stretch } from './stretch'
import { NARROW, wanted } from './wanted'

export type RunPhase = 'empty' | 'computing' | 'done' | 'failed'

/** What is known about the run as a whole. A new object whenever it changes. */
export interface RunStatus {
  /** Number of the run whose rows are shown; -1 before the first. */
  readonly run: number
  readonly phase: RunPhase
  /** A newer run is ordered and nothing of it has arrived: show what is there at reduced strength. */
  readonly stale: boolean
  /** Length of the run (µs). */
  readonly duration: number
  /** µs computed. */
  readonly until: number
  readonly rows: number
  readonly events: number
  /** Why it ended before `duration`. */
  readonly stopped: string | null
  /** Why it failed; what was shown before stays. */
  readonly failure: string | null
  /** The detail at the playhead is being computed again; what is known of it is shown meanwhile. */
  readonly awaiting: boolean
}

export interface RunStoreOptions {
  /** Rows of the beginning kept in full detail. */
  keepRows?: number
  /** Asked for detail the store lacks; answer with a `detail` message. Without it nothing is awaited. */
  onMissing?: (request: DetailRequest) => void
}

const EMPTY: RunStatus = {
  run: -1,
  phase: 'empty',
  stale: false,
  duration: 0,
  until: 0,
  rows: 0,
  events: 0,
  stopped: null,
  failure: null,
  awaiting: false,
}
const EMPTY_HEAD: RunHead = { resources: [], machines: [], reasons: [], duration: 0 }
/** The recording of the run on screen: takes what the worker says, and asks it for detail where the playhead is. Knows no wall clock and no React. */
export class RunStore extends RunReader {
  series: readonly Series[] = []
  costs: readonly CostLine[] = []
  /** Rows the window was asked with. */
  #windowMost = 0
  #status = EMPTY
  #pending: { run: number; head: RunHead } | null = null
  #listeners = new Set<() => void>()
  #version = 0
  /** The time looked at. */
  #t = 0
  #asked: DetailRequest | null = null
  /** Answered without holding what was asked: not asked again before the playhead or the run has moved. */
  #barren = ''
  /** Rows of the run, sent or not. */
  #total = 0
  readonly #keepRows: number
  protected readonly has: { names: Names; main: Stretch; window: Stretch | null; shown: Stretch }
  readonly #onMissing: ((request: DetailRequest) => void) | null

  constructor({ keepRows = 1 << 20, onMissing }: RunStoreOptions = {}) {
    super()
    this.#keepRows = keepRows
    this.#onMissing = onMissing ?? null
    this.has = this.#nothing(EMPTY_HEAD)
  }

  /* ---- what the worker says -------------------------------------------------------------------------------- */

  /** Applies one message. Answers to runs older than the newest ordered one are ignored. */
  apply(message: FromWorker): void {
    const expected = this.#pending?.run ?? this.#status.run
    if (message.type === 'head') return message.run >= expected ? this.begin(message.run, message.head) : undefined
    if (message.run < expected) return
    switch (message.type) {
      case 'rows':
        return this.append(message.rows, message.legend)
      case 'resumed':
        return this.resumed(message.run, message.keepRows, message.keepEntities, message.keepLevels, message.keepWires)
      case 'detail':
        return this.#pending === null ? this.detail(message.request, message.detail, message.legend) : undefined
      case 'progress':
        return this.progress(message.progress, message.series, message.costs)
      case 'failed':
        return this.failed(message.message)
      case 'content':
        // the cache of content.ts hears it
        return
    }
  }

  /** Tells that a newer run was ordered: what is shown goes stale until its first rows arrive. */
  expect(): void {
    if (this.#status.run >= 0) this.#set({ stale: true })
  }

  /** How much there is of the run on screen, for a run that goes on from it. */
  holdings(): Holdings {
    const { names, main } = this.has
    return {
      rows: main.endRow,
      wires: names.wires.length,
      entities: names.entities.length,
      levels: names.levels.length,
    }
  }

  /** A new run starts. The old one stays readable until the new one's first rows or progress. */
  begin(run: number, head: RunHead): void {
    this.#pending = { run, head }
    if (this.#status.run < 0) this.#adopt()
    else this.#set({ stale: true })
  }

  /** Rows in order, with what they are the first to refer to. */
  append(rows: Rows, legend: Legend): void {
    this.#adopt()
    this.has.names.add(legend)
    this.has.main.add(rows, this.has.main.firstRowAt(this.#t))
    const last = rows.length > 0 ? rows.at[rows.length - 1]! : 0
    this.#reach(this.has.main.endRow)
    this.#set({ rows: this.has.main.endRow, until: Math.max(this.#status.until, last) })
  }

  /** The run goes on from an earlier point with other interventions: what is listed here stays, the rest is forgotten. */
  resumed(run: number, keepRows: number, keepEntities: number, keepLevels: number, keepWires: number): void {
    // A run that was announced but had sent nothing yet is the one that is resumed.
    this.#adopt()
    this.#forgetWindow()
    this.has.names.truncate(keepEntities, keepLevels, keepWires)
    this.has.main.truncate(keepRows, keepEntities, keepLevels, keepWires)
    this.#total = keepRows
    this.#reach(keepRows)
    this.#set({
      run,
      phase: 'computing',
      stale: false,
      rows: this.has.main.endRow,
      failure: null,
      stopped: null,
      awaiting: false,
    })
  }

  /** A window of rows that were not sent or are not kept. */
  detail(request: DetailRequest, detail: Detail, legend: Legend): void {
    this.has.names.add(legend)
    this.has.window = new Stretch(this.has.names, Infinity, detail)
    this.#windowMost = request.most
    this.#asked = null
    if (!this.has.window.holds(request.at)) this.#barren = this.#moment()
    this.#look()
    this.#set({ awaiting: this.#asked !== null && !this.known(this.#t) })
  }

  progress(progress: Progress, series: readonly Series[], costs: readonly CostLine[]): void {
    this.#adopt()
    this.series = series
    this.costs = costs
    this.#reach(progress.rows)
    this.#set({
      phase: progress.done ? 'done' : 'computing',
      stale: false,
      until: progress.until,
      events: progress.events,
      stopped: progress.stopped ?? null,
      failure: null,
    })
    this.focus(this.#t)
  }

  failed(message: string): void {
    this.#pending = null
    this.#asked = null
    this.#set({ phase: 'failed', stale: false, failure: message, awaiting: false })
  }

  /** Forgets everything. */
  clear(): void {
    this.#pending = null
    this.#renew(EMPTY_HEAD)
    this.#set(EMPTY)
  }

  #adopt(): void {
    if (this.#pending === null) return
    const { run, head } = this.#pending
    this.#pending = null
    this.#renew(head)
    this.#set({ ...EMPTY, run, phase: 'computing', duration: head.duration })
  }

  #renew(head: RunHead): void {
    Object.assign(this.has, this.#nothing(head))
    this.#forgetWindow()
    this.#total = 0
    this.series = []
    this.costs = []
  }

  #nothing(head: RunHead): { names: Names; main: Stretch; window: Stretch | null; shown: Stretch } {
    const names = new Names(head)
    const main = new Stretch(names, this.#keepRows)
    return { names, main, window: null, shown: main }
  }

  #forgetWindow(): void {
    this.has.window = null
    this.has.shown = this.has.main
    this.#asked = null
    this.#barren = ''
  }

  /** How far the beginning reaches when the run has at least `rows` rows. The instant it ends in may have been cut through. */
  #reach(rows: number): void {
    this.#total = Math.max(this.#total, rows)
    this.has.main.to = this.#total > this.has.main.endRow ? this.has.main.lastAt - 1 : Infinity
  }

  #set(changes: Partial<RunStatus>): void {
    this.#status = { ...this.#status, ...changes }
    this.#version++
    for (const listener of this.#listeners) listener()
  }

  /* ---- reading --------------------------------------------------------------------------------------------- */

  /** Calls `listener` after every change. Bound, for `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  /** Grows with every change. */
  readonly version = (): number => this.#version
  readonly status = (): RunStatus => this.#status
  protected get until(): number {
    return this.#status.until
  }
  /** As in the reader; Infinity too where nobody answers requests, so that playback never waits in vain. */
  override knownUntil(t: number): number {
    return this.#onMissing === null || this.#status.phase === 'failed' ? Infinity : super.knownUntil(t)
  }

  /** Says which time is looked at (µs): detail near it is kept, or asked for, one request at a time. Call it whenever the playhead moves. */
  focus(t: number): void {
    this.#t = t
    const { awaiting } = this.#status
    const { shown } = this
    this.#look()
    const waits = this.#asked !== null && !this.known(t)
    if (this.has.shown !== shown || waits !== awaiting) this.#set({ awaiting: waits })
  }

  #look(): void {
    this.has.shown = this.at(this.#t)
    const { until, phase } = this.#status
    if (this.#pending !== null || phase === 'failed' || this.#barren === this.#moment()) return
    // what was fetched ahead gives way to a playhead that waits; a narrow window is nearly there
    if (this.#asked !== null && (this.#asked.most <= NARROW || this.known(this.#t))) return
    const request = wanted(this.#t, until, this.has.main, this.has.window, this.#windowMost)
    if (request !== null) this.#ask(request)
  }
  #moment(): string {
    return `${this.#t}/${this.#status.until}`
  }
  #ask(request: DetailRequest): void {
    if (this.#onMissing === null) return
    this.#asked = request
    this.#onMissing(request)
  }

  /** Asks for the detail of a window, unless an answer is under way (µs). */
  want(from: number, to: number): void {
    if (this.#asked === null) this.#ask({ at: from, from, to, most: NARROW })
  }
}

export const createRunStore = (options?: RunStoreOptions): RunStore => new RunStore(options)
