import { Accumulator } from './aggregate'
import type { Command, Expression, Named, Query } from './ast'
import { evaluate, orderOf, truth, type Fields, type Value } from './evaluate'
import { MOST_ROWS } from './parse'

/** Lines a query keeps for sorting and groups it tells apart. What is beyond is counted as matched and left out. */
const MOST_KEPT = 100_000
export const MOST_GROUPS = 10_000

export interface ResultRow {
  readonly cells: readonly Value[]
  /** Line it shows; -1 for a row of stats. */
  readonly line: number
}
export interface QueryResult {
  readonly columns: readonly string[]
  /** Whether a column holds times (µs of the run). */
  readonly times: readonly boolean[]
  readonly rows: readonly ResultRow[]
  readonly scanned: number
  readonly matched: number
  /** More matched than a query keeps, or more groups than it tells apart. */
  readonly cut: boolean
}

interface Kept {
  readonly fields: Fields
  readonly line: number
}

/** A query under way: lines are fed one by one, in any number of slices. */
export class QueryRun {
  scanned = 0
  #matched = 0
  #cut = false
  readonly #query: Query
  readonly #before: readonly Command[]
  readonly #stats: (Command & { kind: 'stats' }) | null
  readonly #after: readonly Command[]
  #kept: Kept[] = []
  /** Lines that can still be among the result, once sorted: see `#settle`; Infinity when all can. */
  readonly #most: number
  readonly #groups = new Map<string, { keys: Value[]; totals: Accumulator[] }>()

  constructor(query: Query) {
    this.#query = query
    const at = query.findIndex(({ kind }) => kind === 'stats')
    this.#before = at < 0 ? query : query.slice(0, at)
    this.#stats = at < 0 ? null : (query[at] as Command & { kind: 'stats' })
    this.#after = at < 0 ? [] : query.slice(at + 1)
    if (this.#stats !== null && this.#stats.by.length === 0) this.#group('', [])
    // sort, limit and dedup work on all lines, so what follows them waits until all are there
    this.#whole = this.#stats === null || this.#before.some(({ kind }) => kind === 'limit' || kind === 'dedup')
    const first = this.#before.find(({ kind }) => kind === 'limit' || kind === 'dedup')
    this.#most = first === undefined ? MOST_ROWS : first.kind === 'limit' ? first.most : Infinity
  }
  readonly #whole: boolean

  /** One line. `fields` must stay valid until `finish`. */
  feed(fields: Fields, line: number): void {
    this.scanned++
    const passed = throughLine(this.#early(), fields)
    if (passed === null) return
    this.#matched++
    if (!this.#whole) {
      this.#count(passed)
      return
    }
    if (this.#kept.length >= MOST_KEPT) {
      this.#cut = true
      return
    }
    this.#kept.push({ fields: passed, line })
    if (this.#kept.length >= this.#most + Math.max(this.#most, 2_000)) this.#settle()
  }

  /** Of a sorted and limited result only the first lines can stay in it, however many are still to come. */
  #settle(): void {
    const sorts = this.#early().filter(({ kind }) => kind === 'sort')
    this.#kept = throughAll(sorts, this.#kept, 0).slice(0, this.#most)
  }

  /** Commands before the first that needs all lines at once. */
  #early(): readonly Command[] {
    const at = this.#before.findIndex(({ kind }) => kind === 'limit' || kind === 'dedup')
    return at < 0 ? this.#before : this.#before.slice(0, at)
  }

  finish(): QueryResult {
    const stats = this.#stats
    let rows: readonly Kept[] = this.#kept
    if (this.#whole) rows = throughAll(this.#before, rows, this.#early().length)
    if (stats === null) {
      const columns = columnsOf(this.#query)
      return this.#result(columns, rows)
    }
    if (this.#whole) for (const { fields } of rows) this.#count(fields)
    const names = [...stats.by.map(({ name }) => name), ...stats.aggregations.map(({ name }) => name)]
    const groups = [...this.#groups.values()].map(({ keys, totals }): Kept => {
      const values = new Map<string, Value>()
      ;[...keys, ...totals.map((total) => total.result())].forEach((value, n) => values.set(names[n]!, value))
      return { fields: (name) => values.get(name) ?? null, line: -1 }
    })
    // time goes forward unless the query says otherwise
    const binned = stats.by.findIndex(({ of }) => of.kind === 'bin')
    if (binned >= 0) groups.sort((a, b) => orderOf(a.fields(names[binned]!), b.fields(names[binned]!)))
    const shown = this.#after.flatMap((it) => (it.kind === 'fields' || it.kind === 'display' ? it.columns : []))
    const columns = shown.length > 0 ? shown : names.map((name): Named => ({ of: { kind: 'field', name }, name }))
    return this.#result(columns, throughAll(this.#after, groups, 0))
  }

  #result(columns: readonly Named[], rows: readonly Kept[]): QueryResult {
    return {
      columns: columns.map(({ name }) => name),
      times: columns.map((column) => isTime(column.of, timesOf(this.#query))),
      rows: rows
        .slice(0, MOST_ROWS)
        .map(({ fields, line }) => ({ cells: columns.map(({ of }) => evaluate(of, fields)), line })),
      scanned: this.scanned,
      matched: this.#matched,
      cut: this.#cut,
    }
  }

  #count(fields: Fields): void {
    const keys = this.#stats!.by.map(({ of }) => evaluate(of, fields))
    const group = this.#group(JSON.stringify(keys), keys)
    if (group === null) this.#cut = true
    else for (const total of group.totals) total.add(fields)
  }

  #group(key: string, keys: Value[]): { keys: Value[]; totals: Accumulator[] } | null {
    // without by there is one group, even of no lines
    const place = keys.length === 0 ? '' : key
    let group = this.#groups.get(place)
    if (group === undefined) {
      if (this.#groups.size >= MOST_GROUPS) return null
      group = { keys, totals: this.#stats!.aggregations.map((it) => new Accumulator(it)) }
      this.#groups.set(place, group)
    }
    return group
  }
}

/** A line after the commands that look at one line at a time; null when a filter holds it back. */
function throughLine(commands: readonly Command[], fields: Fields): Fields | null {
  let now = fields
  for (const command of commands) {
    if (command.kind === 'filter' && !truth(evaluate(command.test, now))) return null
    if (command.kind === 'fields') now = withNamed(now, command.columns)
    if (command.kind === 'parse') now = withParsed(now, command)
  }
  return now
}

/** Commands over all rows. The first `done` of them have been applied line by line; of these only `sort` is left to do. */
function throughAll(commands: readonly Command[], rows: readonly Kept[], done: number): readonly Kept[] {
  let now = rows
  commands.forEach((command, n) => {
    if (command.kind === 'sort') {
      const { by } = command
      now = now
        .map((row) => ({ row, keys: by.map(({ of }) => evaluate(of, row.fields)) }))
        .sort((a, b) => {
          for (let k = 0; k < by.length; k++) {
            const order = orderOf(a.keys[k]!, b.keys[k]!)
            if (order !== 0) return by[k]!.descending ? -order : order
          }
          return 0
        })
        .map(({ row }) => row)
    } else if (command.kind === 'limit') now = now.slice(0, command.most)
    else if (command.kind === 'dedup') now = distinct(now, command.by)
    else if (n >= done)
      now = now.flatMap(({ fields, line }) => {
        const passed = throughLine([command], fields)
        return passed === null ? [] : [{ fields: passed, line }]
      })
  })
  return now
}

/** The first row of each combination of values; rows that lack one of them all stay, as in AWS. */
function distinct(rows: readonly Kept[], by: readonly Named[]): Kept[] {
  const seen = new Set<string>()
  return rows.filter(({ fields }) => {
    const values = by.map(({ of }) => evaluate(of, fields))
    if (values.includes(null)) return true
    const key = JSON.stringify(values)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function withNamed(fields: Fields, columns: readonly Named[]): Fields {
  const made = columns.filter(({ of, name }) => of.kind !== 'field' || of.name !== name)
  if (made.length === 0) return fields
  return (name) => {
    const column = made.find((one) => one.name === name)
    return column === undefined ? fields(name) : evaluate(column.of, fields)
  }
}

function withParsed(fields: Fields, command: Command & { kind: 'parse' }): Fields {
  const text = evaluate(command.of, fields)
  const found = text === null ? null : command.find(String(text))
  return (name) => {
    const n = command.names.indexOf(name)
    return n < 0 ? fields(name) : (found?.[n] ?? null)
  }
}

/** Names under which a query shows times. */
function timesOf(query: Query): Set<string> {
  const names = new Set(['@timestamp'])
  for (const it of query) {
    const named = it.kind === 'fields' || it.kind === 'display' ? it.columns : it.kind === 'stats' ? it.by : []
    for (const { of, name } of named) if (isTime(of, names)) names.add(name)
    if (it.kind !== 'stats') continue
    for (const { what, of, name } of it.aggregations)
      if ((what === 'min' || what === 'max') && of !== null && isTime(of, names)) names.add(name)
  }
  return names
}

const isTime = (of: Expression, names: ReadonlySet<string>): boolean =>
  of.kind === 'bin' || (of.kind === 'field' && names.has(of.name))

/** Columns a query without stats shows: those of display, else of fields and parse, else time and message. */
function columnsOf(query: Query): readonly Named[] {
  const field = (name: string): Named => ({ of: { kind: 'field', name }, name })
  const display = query.findLast((it): it is Command & { kind: 'display' } => it.kind === 'display')
  if (display !== undefined) return display.columns
  const named = query.flatMap((it) =>
    // a column that was made is found by its name
    it.kind === 'fields' ? it.columns.map(({ name }) => field(name)) : it.kind === 'parse' ? it.names.map(field) : [],
  )
  return query.some((it) => it.kind === 'fields') ? named : [field('@timestamp'), field('@message'), ...named]
}
