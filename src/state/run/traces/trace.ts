import { segmentId, traceId } from '../logs/identity'
import type { Documents } from '../logs/documents'
import type { Draft } from './draft'
import type { Segment, TraceTree } from './segment'
import { withBatches } from './withBatches'
import { TraceBuilder } from './traceBuilder'
import type { TraceIndex } from './traceIndex'

/** Rows of one trace that are read; a trace with more goes round in circles. */
const MOST_ROWS = 5_000

/** The segments of the trace at `place` of an index, as a waterfall lists them. */
export function traceOf(index: TraceIndex, documents: Documents, place: number): TraceTree {
  const trace = index.trace.at(place)
  const start = index.start.at(place)
  const { seed } = documents.scenario
  const builder = new TraceBuilder(index.source, documents, trace)
  const rows = index.rowsOf(place, MOST_ROWS)
  for (const row of withBatches(index, rows, trace, MOST_ROWS)) {
    const columns = index.source.columns(row)
    if (columns !== undefined) builder.row(columns, row - columns.first, row)
  }
  const drafts = builder.drafts.all
  close(drafts)
  const children = new Map<number, Draft[]>()
  for (const draft of drafts) {
    // no time waited is nothing to see
    if (draft.look === 'wait' && draft.end === draft.start) continue
    const siblings = children.get(draft.parent)
    if (siblings === undefined) children.set(draft.parent, [draft])
    else siblings.push(draft)
  }
  const segments: Segment[] = []
  const list = (parent: number, place: number, depth: number): void => {
    const siblings = children.get(parent) ?? []
    siblings.sort((a, b) => a.start - b.start || a.index - b.index)
    for (const { wire: _, ...draft } of siblings) {
      const at = segments.length
      const id = segmentId(seed, trace, [draft.row, draft.index])
      segments.push({ ...draft, index: at, parent: place, depth, id })
      list(draft.index, at, depth + 1)
    }
  }
  list(-1, -1, 0)
  const end = segments.reduce((most, one) => Math.max(most, one.end ?? one.start), start)
  return {
    trace,
    id: traceId(seed, trace, start),
    start,
    end,
    segments,
    left: Math.max(0, index.rows.at(place) - rows.length),
  }
}

/** Ends what has no end of its own: a client with its calls, a bus with its last delivery, a queue with what took the message. */
function close(drafts: readonly Draft[]): void {
  for (let i = drafts.length - 1; i >= 0; i--) {
    const draft = drafts[i]!
    const parts = drafts.filter(({ parent }) => parent === i)
    if (draft.look === 'client')
      draft.end = parts.some(({ end }) => end === null) ? null : Math.max(draft.start, ...parts.map(({ end }) => end!))
    else if (draft.origin === 'AWS::Events::EventBus')
      draft.end = Math.max(draft.start, ...parts.map(({ start }) => start))
    else if (draft.origin === 'AWS::SQS::Queue' && draft.end === null) {
      const phases = parts.filter(({ origin }) => origin === 'phase')
      draft.end = phases.some(({ end }) => end === null)
        ? null
        : Math.max(draft.start, ...phases.map(({ end }) => end!))
    }
  }
}
