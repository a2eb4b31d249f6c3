import type { RowSource } from '../logs/logIndex'
import { alongCauses } from './causes'
import type { TraceIndex } from './traceIndex'

/** Rows of a trace with those of the invocations its messages were in the batches of, by row; at most `most` of each trace. */
export function withBatches(
  index: TraceIndex,
  rows: readonly number[],
  trace: number,
  most: number,
): readonly number[] {
  const { source } = index
  const all = new Set(rows)
  for (const row of rows) {
    const columns = source.columns(row)
    if (columns === undefined || columns.trace[row - columns.first] === trace) continue
    const i = row - columns.first
    if (source.names.wires[columns.subject[i]!]?.action !== 'lambda:Invoke') continue
    const place = index.placeOf(columns.trace[i]!)
    for (const told of toldBecauseOf(source, row, index.rowsOf(place, most))) all.add(told)
  }
  return all.size === rows.length ? rows : [...all].sort((a, b) => a - b)
}

/** Those of `rows` that mapping and function wrote because of `origin`, which is the mapping's call. */
function toldBecauseOf(source: RowSource, origin: number, rows: readonly number[]): number[] {
  const { names } = source
  const columns = source.columns(origin)
  const wire = columns === undefined ? undefined : names.wires[columns.subject[origin - columns.first]!]
  const places = new Set([wire?.from, wire?.to].map((id) => names.resourceIndex.get(id ?? '') ?? -1))
  const follows = new Map([[origin, true]])
  const found = [origin]
  for (const row of rows) {
    const told = row > origin ? source.columns(row) : undefined
    if (told === undefined) continue
    const i = row - told.first
    // what a version of the function does is written under the version
    const inside = places.has(told.resource[i]!) || names.look(told.subject[i]!)?.environment === true
    if (inside && alongCauses(source, row, follows, false, origin)) found.push(row)
  }
  return found
}
