import type { Counted, Rows } from '../../model/recording'
import type { Detail } from '../../worker/protocol'
import type { HopLog } from './hopLog'
import type { Steps } from './levelLog'
import type { Mark, MarkKind, Marks } from './marks'
import type { MachineLook, Names } from './names'
import { upperBoundBy } from './numberList'
import { RowChunks, type Row } from './rowChunks'
import { RowIndex } from './rowIndex'
import type { EntityState, StateLog } from './stateLog'

/** Consecutive rows of a run in full detail, with their indexes: the beginning of it, or a window. Times in µs. */
export class Stretch {
  /** The stretch tells everything that happens in [from, to]. */
  readonly from: number
  to: number
  /** From here on it shows what the whole run would show. */
  readonly exact: number
  /** Index of its first row. */
  readonly firstRow: number
  readonly names: Names
  readonly #index: RowIndex
  readonly #rows: RowChunks

  constructor(names: Names, keepRows: number, window?: Detail) {
    this.names = names
    this.from = window?.from ?? -Infinity
    this.exact = window === undefined || window.exact === 0 ? -Infinity : window.exact
    this.to = window?.to ?? Infinity
    this.firstRow = window?.standing.row ?? 0
    this.#index = new RowIndex(names, window?.standing)
    this.#rows = new RowChunks(keepRows)
    this.#rows.count = this.firstRow
    for (const rows of window?.rows ?? []) this.add(rows, this.firstRow)
  }

  /** `focus`: row that must stay readable when not all are kept. */
  add(rows: Rows, focus: number): void {
    this.#index.add(rows)
    this.#rows.add(rows, focus)
  }

  truncate(keepRows: number, keepEntities: number, keepLevels: number, keepWires: number): void {
    this.#index.truncate(keepRows, keepEntities, keepLevels, keepWires)
    this.#rows.truncate(keepRows)
  }

  /** One more than the index of its last row. */
  get endRow(): number {
    return this.#rows.count
  }
  /** Times its first and last row were emitted at. */
  get lastAt(): number {
    return this.#index.instants.timeOfRow(this.endRow - 1)
  }
  holds(t: number): boolean {
    return t >= this.from && t <= this.to
  }

  get states(): StateLog {
    return this.#index.states
  }
  get hops(): HopLog {
    return this.#index.hops
  }
  get marks(): Marks {
    return this.#index.marks
  }
  look(entity: number): MachineLook | undefined {
    return this.names.look(entity)
  }
  stateAt(entity: number, t: number): EntityState | null {
    return this.#index.states.stateAt(entity, t)
  }
  machinesOf(resource: string): string[] {
    return [...(this.#index.groups.get(resource)?.keys() ?? [])]
  }
  /** Entities of a resource and machine that have a state in this stretch, in order of birth. */
  entitiesOf(resource: string, machine: string): readonly number[] {
    return this.#index.groups.get(resource)?.get(machine) ?? []
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
  /** First index in `hops.of[wire]` that departed after `t`. */
  departuresUntil(wire: number, t: number): number {
    const own = this.#index.hops.of[wire]
    return own === undefined ? 0 : upperBoundBy(own, this.#index.hops.at, t)
  }
  /** Nearest visible instant after or before `t`; null when this stretch has none. */
  nextEvent(t: number): number | null {
    return this.#index.instants.after(t)
  }
  previousEvent(t: number): number | null {
    return this.#index.instants.before(t)
  }
  eventsBetween(from: number, to: number): number {
    return this.#index.instants.between(from, to)
  }
  nextMark(kind: MarkKind, t: number, direction: 1 | -1): Mark | null {
    return this.#index.marks.next(kind, t, direction)
  }
  countUntil(resource: number, what: Counted, code: number, t: number): number {
    return this.#index.counts.until(resource, what, code, t)
  }
  lastCounted(resource: number, what: Counted, code: number, t: number): number {
    return this.#index.counts.lastRow(resource, what, code, t)
  }
  nextCounted(resource: number, what: Counted, code: number, t: number): number {
    return this.#index.counts.nextRow(resource, what, code, t)
  }
  /** The newest reasons of a resource at `t`, newest first. */
  lastReasons(resource: number, t: number, limit: number): { at: number; row: number; code: number }[] {
    const reasons = this.#index.reasons[resource]
    const found: { at: number; row: number; code: number }[] = []
    if (reasons === undefined) return found
    for (let i = reasons.at.upperBound(t) - 1; i >= 0 && found.length < limit; i--) {
      found.push({ at: reasons.at.at(i), row: reasons.row.at(i), code: reasons.code.at(i) })
    }
    return found
  }

  firstRowAt(t: number): number {
    return this.#index.instants.firstRowAt(t, this.endRow)
  }
  timeOfRow(row: number): number {
    return this.#index.instants.timeOfRow(row)
  }
  row(index: number): Row | undefined {
    return this.#rows.row(index)
  }
  columns(index: number): Rows | undefined {
    return this.#rows.columns(index)
  }
}
