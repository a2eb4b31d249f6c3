import { Outcome, ROWS_PER_CHUNK, RowKind, type Rows } from '../../../model/recording'
import type { Names } from '../names'
import { bytes, floats, ints } from '../numberList'
import { asyncEventOf } from './asyncEvent'
import type { Documents } from './documents'
import type { FunctionCode } from './functionCode'
import { Invocations } from './invocations'
import { LineKind } from './lineKind'

/** Rows of a run, known in detail: `Stretch` is one. */
export interface RowSource {
  readonly names: Names
  readonly from: number
  readonly firstRow: number
  readonly endRow: number
  columns(row: number): Rows | undefined
  stateAt(entity: number, t: number): { readonly code: number; readonly since: number } | null
}

/** What is remembered of an environment from row to row. */
interface Life {
  state: string
  since: number
  /** The invocation it works on, -1 for none. */
  invocation: number
  /** MB that earlier invocations left behind. */
  kept: number
}

/**
 * The log lines of a stretch of a run, derived from its rows in slices, so that a long run never blocks the page. Only what lines are
 * about is kept, in columns; `lines.ts` writes their texts when they are looked at.
 */
export class LogIndex {
  readonly source: RowSource
  readonly documents: Documents
  readonly invocations = new Invocations()
  readonly at = floats(1_024)
  readonly kind = bytes(1_024)
  readonly row = ints(1_024)
  readonly entity = ints(1_024)
  /** Invocation a line belongs to; -1 for lines of the init phase. */
  readonly invocation = ints(1_024)
  /** Index of the function or version that wrote the line. */
  readonly resource = ints(1_024)
  /** Number of a `log` step, or of an error type; -1 where there is none. */
  readonly detail = ints(1_024)
  /** Invocations that wrote nothing because the role may not, by function. */
  readonly silent = new Map<string, number>()
  /** Rows judged so far, and rows whose detail is not kept. */
  scanned: number
  missing = 0
  readonly #lives: (Life | undefined)[] = []
  readonly #codes: { readonly log: number; readonly failedWith: number }
  /** Environment whose invocation has just failed: the next row tells its error type; -1 for none. */
  #failing = -1
  /** Row of the last span. */
  #endedAt = -1

  constructor(source: RowSource, documents: Documents) {
    this.source = source
    this.documents = documents
    this.scanned = source.firstRow
    const { reasons } = source.names.head
    this.#codes = { log: reasons.indexOf('lambda.log'), failedWith: reasons.indexOf('lambda.failedWith') }
  }

  get length(): number {
    return this.at.length
  }
  get complete(): boolean {
    return this.scanned >= this.source.endRow
  }

  /** Judges up to `most` further rows. Returns whether it found lines. */
  scan(most: number): boolean {
    const { source } = this
    const before = this.length
    const end = Math.min(source.endRow, this.scanned + most)
    while (this.scanned < end) {
      const rows = source.columns(this.scanned)
      if (rows === undefined) {
        const next = Math.min(end, (Math.floor(this.scanned / ROWS_PER_CHUNK) + 1) * ROWS_PER_CHUNK)
        this.missing += next - this.scanned
        this.scanned = next
        continue
      }
      const stop = Math.min(end, (Math.floor(this.scanned / ROWS_PER_CHUNK) + 1) * ROWS_PER_CHUNK)
      for (let row = this.scanned; row < stop; row++) this.#row(rows, row - rows.first, row)
      this.scanned = stop
    }
    return this.length > before
  }

  #row(rows: Rows, i: number, row: number): void {
    const kind = rows.kind[i]!
    if (this.#failing >= 0) {
      const code = kind === RowKind.reason && rows.subject[i] === this.#failing ? rows.code[i] : -1
      const typed = code === this.#codes.failedWith
      this.#close(this.#failing, typed ? rows.value[i]! : -1)
      if (typed) return
    }
    if (kind === RowKind.state) {
      if (this.source.names.look(rows.subject[i]!)?.environment === true) this.#state(rows, i, row)
    } else if (kind === RowKind.span) {
      if (this.source.names.look(rows.subject[i]!)?.environment === true) this.#span(rows, i, row)
    } else if (kind === RowKind.reason) {
      if (rows.code[i] === this.#codes.log) this.#said(rows, i, row)
    }
  }

  #state(rows: Rows, i: number, row: number): void {
    const entity = rows.subject[i]!
    const at = rows.at[i]!
    const resource = rows.resource[i]!
    const state = this.source.names.look(entity)!.states[rows.code[i]!] ?? ''
    const life = this.#life(entity)
    const { state: before, since } = life
    life.state = state
    life.since = at
    switch (state) {
      case 'init':
        this.#line(LineKind.init, at, row, entity, -1, resource)
        break
      case 'restoring':
        this.#line(LineKind.restore, at, row, entity, -1, resource)
        break
      case 'warm.reset':
        life.kept = 0
        break
      case 'warm.busy': {
        const invocation = this.#begin(life, entity, resource, rows.trace[i]!, at, row)
        if (before === 'init') this.invocations.init.data[invocation] = at - since
        if (before === 'restoring') this.invocations.restore.data[invocation] = at - since
        break
      }
    }
  }

  #begin(life: Life, entity: number, resource: number, trace: number, at: number, row: number): number {
    const { source, invocations } = this
    const invocation = invocations.add(entity, resource, trace, at, row)
    invocations.event.data[invocation] = asyncEventOf(source.names, (index) => source.columns(index), row)
    const code = this.#code(resource, at)
    if (code !== undefined) {
      life.kept += code.keeps
      invocations.used.data[invocation] = Math.min(code.memory, code.needs + life.kept + code.takes)
    }
    life.invocation = invocation
    this.#line(LineKind.start, at, row, entity, invocation, resource)
    return invocation
  }

  #said(rows: Rows, i: number, row: number): void {
    const entity = rows.subject[i]!
    const { invocation } = this.#life(entity)
    this.#line(LineKind.text, rows.at[i]!, row, entity, invocation, rows.resource[i]!, rows.value[i])
  }

  #span(rows: Rows, i: number, row: number): void {
    const entity = rows.subject[i]!
    const resource = rows.resource[i]!
    const life = this.#life(entity)
    const { invocations } = this
    // what began before this stretch does begins here, with less known about it
    if (life.invocation < 0) {
      life.invocation = invocations.add(entity, resource, rows.trace[i]!, rows.value[i]!, row)
      invocations.used.data[life.invocation] = this.#code(resource, rows.at[i]!)?.needs ?? 0
    }
    const { invocation } = life
    invocations.end.data[invocation] = rows.at[i]!
    invocations.outcome.data[invocation] = rows.code[i]!
    this.#endedAt = row
    if (rows.code[i] === Outcome.ok) this.#close(entity, -1)
    else this.#failing = entity
  }

  /** The lines an invocation ends with: its error, END and REPORT (LAM-28, LAM-53). */
  #close(entity: number, error: number): void {
    const row = this.#endedAt
    const { invocations } = this
    const life = this.#life(entity)
    const { invocation } = life
    const at = invocations.end.at(invocation)
    const resource = invocations.resource.at(invocation)
    const code = this.#code(resource, at)
    this.#failing = -1
    life.invocation = -1
    invocations.error.data[invocation] = error
    if (invocations.outcome.at(invocation) !== Outcome.ok) {
      if (error >= 0 && code?.error(error).type === 'Runtime.OutOfMemory')
        invocations.used.data[invocation] = code.memory
      this.#line(LineKind.error, at, row, entity, invocation, resource, error)
    }
    this.#line(LineKind.end, at, row, entity, invocation, resource)
    this.#line(LineKind.report, at, row, entity, invocation, resource)
    if (code !== undefined && !code.access.allowed) this.silent.set(code.id, (this.silent.get(code.id) ?? 0) + 1)
  }

  #line(
    kind: LineKind,
    at: number,
    row: number,
    entity: number,
    invocation: number,
    resource: number,
    detail = -1,
  ): void {
    if (this.#code(resource, at)?.access.allowed === false) return
    this.at.push(at)
    this.kind.push(kind)
    this.row.push(row)
    this.entity.push(entity)
    this.invocation.push(invocation)
    this.resource.push(resource)
    this.detail.push(detail)
  }

  #code(resource: number, at: number): FunctionCode | undefined {
    return this.documents.code(this.source.names.head.resources[resource] ?? '', at)
  }

  /** An environment met for the first time may have lived before this stretch. */
  #life(entity: number): Life {
    let life = this.#lives[entity]
    if (life === undefined) {
      const { from, names } = this.source
      const standing = from > -Infinity ? this.source.stateAt(entity, from - 1) : null
      const state = standing === null ? '' : (names.look(entity)?.states[standing.code] ?? '')
      life = { state, since: standing?.since ?? 0, invocation: -1, kept: 0 }
      this.#lives[entity] = life
    }
    return life
  }
}
