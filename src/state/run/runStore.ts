import type { CostLine, Entity, Legend, Level, Progress, Rows, RunHead, Series, Wire } from '../../model/recording'
import type { FromWorker } from '../../worker/protocol'
import type { Counted } from './counts'
import type { HopLog } from './hopLog'
import type { Mark, MarkKind, Marks } from './marks'
import { upperBoundBy } from './numberList'
import { RowChunks, type Row } from './rowChunks'
import { type MachineLook, RowIndex } from './rowIndex'
import type { RowTest } from './rowFilter'
import type { EntityState, StateLog } from './stateLog'
import type { Steps } from './levelLog'

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
}

export interface RunStoreOptions {
  /** Rows kept in full detail. */
  keepRows?: number
  /** Asked when a row outside what is kept is read; answer with a `detail` message. Times in µs. */
  onMissing?: (from: number, to: number) => void
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
}
const EMPTY_HEAD: RunHead = { resources: [], machines: [], reasons: [], duration: 0 }
const LONGEST_CHAIN = 256

/**
 * The recording of the run on screen. Append-only between runs; all questions about a time `t` (µs) are answered from
 * indexes in O(log n), for any `t` in any order. Nothing here knows the wall clock or React.
 */
export class RunStore {
  series: readonly Series[] = []
  costs: readonly CostLine[] = []
  #index = new RowIndex(EMPTY_HEAD)
  #rows: RowChunks
  #status = EMPTY
  #pending: { run: number; head: RunHead } | null = null
  #listeners = new Set<() => void>()
  #version = 0
  #focus = 0
  #asked = ''
  readonly #keepRows: number
  readonly #onMissing: (from: number, to: number) => void

  constructor({ keepRows = 1 << 20, onMissing = () => {} }: RunStoreOptions = {}) {
    this.#keepRows = keepRows
    this.#onMissing = onMissing
    this.#rows = new RowChunks(keepRows)
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
        return this.detail(message.rows)
      case 'progress':
        return this.progress(message.progress, message.series, message.costs)
      case 'failed':
        return this.failed(message.message)
    }
  }

  /** Tells that a newer run was ordered: what is shown goes stale until its first rows arrive. */
  expect(): void {
    if (this.#status.run >= 0) this.#set({ stale: true })
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
    this.#index.addLegend(legend)
    this.#index.add(rows)
    this.#rows.add(rows, this.#focus)
    const last = rows.length > 0 ? rows.at[rows.length - 1]! : 0
    this.#set({ rows: this.#rows.count, until: Math.max(this.#status.until, last) })
  }

  /** The run goes on from an earlier point with other interventions: what is listed here stays, the rest is forgotten. */
  resumed(run: number, keepRows: number, keepEntities: number, keepLevels: number, keepWires: number): void {
    // A run that was announced but had sent nothing yet is the one that is resumed.
    this.#adopt()
    this.#index.truncate(keepRows, keepEntities, keepLevels, keepWires)
    this.#rows.truncate(keepRows)
    this.#set({ run, phase: 'computing', stale: false, rows: keepRows, failure: null, stopped: null })
  }

  /** Rows that were dropped and are wanted again. */
  detail(rows: readonly Rows[]): void {
    for (const chunk of rows) this.#rows.add(chunk, this.#focus)
    this.#asked = ''
    this.#set({})
  }

  progress(progress: Progress, series: readonly Series[], costs: readonly CostLine[]): void {
    this.#adopt()
    this.series = series
    this.costs = costs
    this.#set({
      phase: progress.done ? 'done' : 'computing',
      stale: false,
      until: progress.until,
      events: progress.events,
      stopped: progress.stopped ?? null,
      failure: null,
    })
  }

  failed(message: string): void {
    this.#pending = null
    this.#set({ phase: 'failed', stale: false, failure: message })
  }

  /** Forgets everything. */
  clear(): void {
    this.#pending = null
    this.#index = new RowIndex(EMPTY_HEAD)
    this.#rows = new RowChunks(this.#keepRows)
    this.series = []
    this.costs = []
    this.#set(EMPTY)
  }

  #adopt(): void {
    if (this.#pending === null) return
    const { run, head } = this.#pending
    this.#pending = null
    this.#index = new RowIndex(head)
    this.#rows = new RowChunks(this.#keepRows)
    this.series = []
    this.costs = []
    this.#set({ ...EMPTY, run, phase: 'computing', duration: head.duration })
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

  get head(): RunHead {
    return this.#index.head
  }
  get wires(): readonly Wire[] {
    return this.#index.wires
  }
  get entities(): readonly Entity[] {
    return this.#index.entities
  }
  get levels(): readonly Level[] {
    return this.#index.levels
  }
  /** Read-only use: the columns the timeline and the tokens walk. */
  get states(): StateLog {
    return this.#index.states
  }
  get hops(): HopLog {
    return this.#index.hops
  }
  get marks(): Marks {
    return this.#index.marks
  }

  /** Index of a resource; -1 when the run does not know it. */
  resourceIndex(id: string): number {
    return this.#index.resourceIndex.get(id) ?? -1
  }
  look(entity: number): MachineLook | undefined {
    return this.#index.look(entity)
  }

  stateAt(entity: number, t: number): EntityState | null {
    return this.#index.states.stateAt(entity, t)
  }
  /** Path of the state an entity is in: `warm.busy`; null before birth. */
  stateName(entity: number, t: number): string | null {
    const state = this.stateAt(entity, t)
    return state === null ? null : (this.look(entity)?.states[state.code] ?? null)
  }

  /** Machines a resource has entities of. */
  machinesOf(resource: string): string[] {
    return [...(this.#index.groups.get(resource)?.keys() ?? [])]
  }
  /** Entities of a resource and machine in order of birth. With `t`: those born by then and not gone yet. */
  entitiesOf(resource: string, machine: string, t?: number): readonly number[] {
    const ids = this.#index.groups.get(resource)?.get(machine) ?? []
    if (t === undefined) return ids
    const alive: number[] = []
    for (const id of ids) {
      const state = this.stateAt(id, t)
      if (state !== null && !this.look(id)?.gone[state.code]) alive.push(id)
    }
    return alive
  }

  /** Index of a level in `levels`; -1 when there is none. */
  levelIndex(resource: string, name: string): number {
    return this.#index.levels.findIndex((level) => level.resource === resource && level.name === name)
  }
  levelAt(resource: string, name: string, t: number): number {
    return this.#index.levelLog.valueAt(this.levelIndex(resource, name), t)
  }
  levelValue(level: number, t: number): number {
    return this.#index.levelLog.valueAt(level, t)
  }
  levelPeak(level: number, t: number): number {
    return this.#index.levelLog.peakUntil(level, t)
  }
  levelSteps(level: number): Steps | undefined {
    return this.#index.levelLog.of[level]
  }

  /** Visits positions in `hops` of what departed in (t - window, t], oldest first. */
  hopsAt(t: number, window: number, visit: (position: number) => void): void {
    const { at } = this.#index.hops
    const end = at.upperBound(t)
    for (let i = at.upperBound(t - window); i < end; i++) visit(i)
  }
  /** First index in `hops.of[wire]` that departed after `t`. */
  departuresUntil(wire: number, t: number): number {
    const own = this.#index.hops.of[wire]
    return own === undefined ? 0 : upperBoundBy(own, this.#index.hops.at, t)
  }

  /** First instant strictly after `t` at which something visible happens (hop, state, reason); null at the end. */
  nextEvent(t: number): number | null {
    return this.#index.instants.after(t)
  }
  previousEvent(t: number): number | null {
    return this.#index.instants.before(t)
  }
  /** Visible instants in (from, to]. */
  eventsBetween(from: number, to: number): number {
    return this.#index.instants.between(from, to)
  }
  nextMark(kind: MarkKind, t: number, direction: 1 | -1): Mark | null {
    return this.#index.marks.next(kind, t, direction)
  }

  countUntil(resource: string, what: Counted, code: number, t: number): number {
    return this.#index.counts.until(this.resourceIndex(resource), what, code, t)
  }
  /** Newest row counted by `countUntil`; -1 for none. */
  lastCounted(resource: string, what: Counted, code: number, t: number): number {
    return this.#index.counts.lastRow(this.resourceIndex(resource), what, code, t)
  }

  /** The newest reasons of a resource at `t`, newest first. */
  lastReasons(resource: string, t: number, limit = 5): { at: number; row: number; code: number }[] {
    const reasons = this.#index.reasons[this.resourceIndex(resource)]
    const found: { at: number; row: number; code: number }[] = []
    if (reasons === undefined) return found
    for (let i = reasons.at.upperBound(t) - 1; i >= 0 && found.length < limit; i--) {
      found.push({ at: reasons.at.at(i), row: reasons.row.at(i), code: reasons.code.at(i) })
    }
    return found
  }

  /* ---- rows ------------------------------------------------------------------------------------------------ */

  /** Says which time is looked at, so that detail near it is kept (µs). */
  focus(t: number): void {
    this.#focus = this.firstRowAt(t)
  }
  /** Index of the first row at or after `t`. */
  firstRowAt(t: number): number {
    return this.#index.instants.firstRowAt(t, this.#rows.count)
  }
  /** When a row was emitted (µs), whether its detail is kept or not. */
  timeOfRow(index: number): number {
    return this.#index.instants.timeOfRow(index)
  }
  /** A row; undefined when its detail is not kept (it is then asked for) or there is none. */
  rowAt(index: number): Row | undefined {
    return this.#rows.row(index)
  }
  /** Columns that hold a row, at offset `index % ROWS_PER_CHUNK`. */
  columns(index: number): Rows | undefined {
    return this.#rows.columns(index)
  }
  /** Asks for the detail of a window, once until it arrives (µs). */
  want(from: number, to: number): void {
    const key = `${from}:${to}`
    if (this.#asked === key) return
    this.#asked = key
    this.#onMissing(from, to)
  }

  /** Why a row happened: the chain that led to it, oldest first, the row itself last. Ends early where detail is not kept. */
  causes(index: number): Row[] {
    const chain: Row[] = []
    for (let row = this.rowAt(index); row && chain.length < LONGEST_CHAIN; row = this.rowAt(row.cause)) {
      chain.push(row)
      // A cause is always older; anything else would be a loop.
      if (row.cause >= row.index) break
    }
    return chain.reverse()
  }

  /** Indices of rows in [from, to) µs that pass `test`, at most `limit`, from row `after` on. `next` continues; null at the end. */
  rowsBetween(
    from: number,
    to: number,
    test: RowTest,
    limit = 200,
    after = 0,
  ): { rows: number[]; next: number | null } {
    const end = this.firstRowAt(to)
    const rows: number[] = []
    for (let index = Math.max(after, this.firstRowAt(from)); index < end; index++) {
      const columns = this.#rows.columns(index)
      if (columns === undefined || !test(columns, index - columns.first)) continue
      if (rows.length === limit) return { rows, next: index }
      rows.push(index)
    }
    return { rows, next: null }
  }
}

export const createRunStore = (options?: RunStoreOptions): RunStore => new RunStore(options)
