import {
  ROWS_PER_CHUNK,
  type Counted,
  type Entity,
  type Level,
  type Rows,
  type RunHead,
  type Wire,
} from '../../model/recording'
import type { HopLog } from './hopLog'
import type { Steps } from './levelLog'
import type { Mark, MarkKind, Marks } from './marks'
import type { MachineLook, Names } from './names'
import type { Row } from './rowChunks'
import type { RowTest } from './rowFilter'
import type { EntityState, StateLog } from './stateLog'
import type { Stretch } from './stretch'

const LONGEST_CHAIN = 256
/** How far a step goes where nothing is known yet (µs). */
const BLIND_STEP = 1_000_000

/** What is known of a run at the moment. */
export interface Known {
  readonly names: Names
  /** The run from its beginning, as it was sent. */
  readonly main: Stretch
  /** Further detail around the playhead. */
  readonly window: Stretch | null
  /** The one of them the playhead is in. */
  readonly shown: Stretch
}

/**
 * Questions about a run. All that name a time `t` (µs) are answered from indexes in O(log n), for any `t` in any order: from the
 * beginning of the run as it was sent, or from one window further on that follows the playhead. Where neither reaches, the newest that
 * is known before `t` holds.
 */
export abstract class RunReader {
  protected abstract readonly has: Known
  /** µs computed of the run, whether detail of it is known or not. */
  protected abstract readonly until: number

  get head(): RunHead {
    return this.has.names.head
  }
  get wires(): readonly Wire[] {
    return this.has.names.wires
  }
  get entities(): readonly Entity[] {
    return this.has.names.entities
  }
  get levels(): readonly Level[] {
    return this.has.names.levels
  }
  /** What the playhead is in. A new object when another window took over. */
  get shown(): Stretch {
    return this.has.shown
  }
  /** All that is known in detail, in order of time: the beginning, then the window where it reaches further. */
  stretches(): readonly Stretch[] {
    const window = this.has.window
    return window !== null && window.to > this.has.main.to ? [this.has.main, window] : [this.has.main]
  }
  /** The stretch that answers for `t`: the one that holds it, else the newest that ends before. */
  at(t: number): Stretch {
    const window = this.has.window
    return t > this.has.main.to && window !== null && t >= window.from ? window : this.has.main
  }
  /** Whether everything at `t` is known in detail. */
  known(t: number): boolean {
    return t <= this.at(t).to
  }
  /**
   * Until where playback may run from `t` without leaving what is known; `t` itself where it must wait for detail. Infinity where
   * nothing holds it back but the end of the run.
   */
  knownUntil(t: number): number {
    const { until } = this
    const here = this.at(t)
    if (t > here.to) return t
    const last = here === this.has.main ? this.at(here.to + 1) : here
    const to = last.from <= here.to + 1 ? last.to : here.to
    return to >= until ? Infinity : to + 1
  }

  /** Read-only use: the columns at the playhead. */
  get states(): StateLog {
    return this.has.shown.states
  }
  get hops(): HopLog {
    return this.has.shown.hops
  }
  get marks(): Marks {
    return this.has.shown.marks
  }

  /** Index of a resource; -1 when the run does not know it. */
  resourceIndex(id: string): number {
    return this.has.names.resourceIndex.get(id) ?? -1
  }
  look(entity: number): MachineLook | undefined {
    return this.has.names.look(entity)
  }

  stateAt(entity: number, t: number): EntityState | null {
    const here = this.at(t)
    const state = here.stateAt(entity, t)
    const { main, window } = this.has
    if (state === null || state.until < Infinity || here !== main || window === null) return state
    // the state may end in the window that follows the beginning
    const until = window.from <= main.to + 1 ? window.states.nextAfter(entity, main.to) : Infinity
    return until === Infinity ? state : { ...state, until }
  }
  /** Path of the state an entity is in: `warm.busy`; null before birth. */
  stateName(entity: number, t: number): string | null {
    const state = this.stateAt(entity, t)
    return state === null ? null : (this.look(entity)?.states[state.code] ?? null)
  }

  /** Machines a resource has entities of, where the playhead is. */
  machinesOf(resource: string): string[] {
    return this.has.shown.machinesOf(resource)
  }
  /** Entities of a resource and machine in order of birth, where the playhead is. With `t`: those born by then and not gone yet. */
  entitiesOf(resource: string, machine: string, t?: number): readonly number[] {
    if (t === undefined) return this.has.shown.entitiesOf(resource, machine)
    const alive: number[] = []
    for (const id of this.at(t).entitiesOf(resource, machine)) {
      const state = this.stateAt(id, t)
      if (state !== null && !this.look(id)?.gone[state.code]) alive.push(id)
    }
    return alive
  }

  /** Index of a level in `levels`; -1 when there is none. */
  levelIndex(resource: string, name: string): number {
    return this.has.names.levelIndex(resource, name)
  }
  /** Indices in `levels` of what a resource shows. */
  levelsOf(resource: string): readonly number[] {
    return this.has.names.levelsOf(resource)
  }
  levelAt(resource: string, name: string, t: number): number {
    return this.levelValue(this.levelIndex(resource, name), t)
  }
  levelValue(level: number, t: number): number {
    return this.at(t).levelValue(level, t)
  }
  levelPeak(level: number, t: number): number {
    return this.has.shown.levelPeak(level, t)
  }
  levelSteps(level: number): Steps | undefined {
    return this.has.shown.levelSteps(level)
  }

  /** Visits positions in `at(t).hops` of what departed in (t - window, t], oldest first. */
  hopsAt(t: number, window: number, visit: (position: number) => void): void {
    const { at } = this.at(t).hops
    const end = at.upperBound(t)
    for (let i = at.upperBound(t - window); i < end; i++) visit(i)
  }

  /**
   * First instant strictly after `t` at which something visible happens (hop, state, reason); null at the end. Where detail ends, the
   * end itself, because something may follow.
   */
  nextEvent(t: number): number | null {
    const { until } = this
    const here = this.at(t)
    if (t > here.to) return t < until ? Math.min(until, t + BLIND_STEP) : null
    const found = here.nextEvent(t)
    if (found !== null && found <= here.to) return found
    const next = this.at(here.to + 1)
    if (next !== here && next.from <= here.to + 1) return next.nextEvent(here.to)
    return here.to < until ? here.to + 1 : null
  }
  previousEvent(t: number): number | null {
    const here = this.at(t)
    const found = here.previousEvent(t)
    if (t > here.to) return Math.max(found ?? 0, t - BLIND_STEP)
    if (found !== null || here === this.has.main) return found
    return here.from <= this.has.main.to + 1 ? this.has.main.previousEvent(t) : here.from - 1
  }
  /** Visible instants in (from, to], as far as they are known. */
  eventsBetween(from: number, to: number): number {
    return this.at(to).eventsBetween(from, to)
  }
  /** Nearest mark strictly after (+1) or before (-1) `t` among those known in detail. */
  nextMark(kind: MarkKind, t: number, direction: 1 | -1): Mark | null {
    const here = this.at(t)
    const found = here.nextMark(kind, t, direction)
    if (found !== null || this.has.window === null) return found
    const other = here === this.has.main ? this.has.window : this.has.main
    return direction > 0 === (other === this.has.window) ? other.nextMark(kind, t, direction) : null
  }

  countUntil(resource: string, what: Counted, code: number, t: number): number {
    return this.at(t).countUntil(this.resourceIndex(resource), what, code, t)
  }
  /** Newest row counted by `countUntil`; -1 for none. */
  lastCounted(resource: string, what: Counted, code: number, t: number): number {
    return this.at(t).lastCounted(this.resourceIndex(resource), what, code, t)
  }

  /** Row that is counted next after `t` at a resource; -1 where none is known. */
  nextCounted(resource: string, what: Counted, code: number, t: number): number {
    return this.at(t).nextCounted(this.resourceIndex(resource), what, code, t)
  }

  /** The newest known reasons of a resource at `t`, newest first. */
  lastReasons(resource: string, t: number, limit = 5): { at: number; row: number; code: number }[] {
    const index = this.resourceIndex(resource)
    const here = this.at(t)
    const found = here.lastReasons(index, t, limit)
    if (here === this.has.main || found.length === limit) return found
    return [...found, ...this.has.main.lastReasons(index, here.from - 1, limit - found.length)]
  }

  /** Index of the first row at or after `t`. */
  firstRowAt(t: number): number {
    return this.at(t).firstRowAt(t)
  }
  /** When a row was emitted (µs), whether its detail is kept or not. */
  timeOfRow(index: number): number {
    return this.#stretchOf(index).timeOfRow(index)
  }
  /** A row; undefined when its detail is not kept or there is none. */
  rowAt(index: number): Row | undefined {
    return this.has.main.row(index) ?? this.has.window?.row(index)
  }
  /** Columns that hold a row, at offset `index % ROWS_PER_CHUNK`. */
  columns(index: number): Rows | undefined {
    return this.has.main.columns(index) ?? this.has.window?.columns(index)
  }
  /** Where rows may be kept again after a missing one: in the next chunk, or where the window starts. */
  #nextKept(index: number): number {
    const chunk = (Math.floor(index / ROWS_PER_CHUNK) + 1) * ROWS_PER_CHUNK
    const first = this.has.window?.firstRow ?? -1
    return first > index ? Math.min(chunk, first) : chunk
  }
  #stretchOf(index: number): Stretch {
    const window = this.has.window
    return index >= this.has.main.endRow && window !== null && index >= window.firstRow ? window : this.has.main
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
      const columns = this.columns(index)
      if (columns === undefined) {
        index = this.#nextKept(index) - 1
        continue
      }
      if (!test(columns, index - columns.first)) continue
      if (rows.length === limit) return { rows, next: index }
      rows.push(index)
    }
    return { rows, next: null }
  }
}
