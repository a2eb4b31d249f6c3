import { Glyph } from '../../../ui/glyphs'
import { span } from '../../../state/run/clock'
import { outcomeOf, type Segment, type TraceTree } from '../../../state/run/traces/segment'

/** A time (µs) in words. */
export const spent = (micros: number): string => (micros === 0 ? '0' : span(micros))

interface SegmentRowProps {
  id: string
  segment: Segment
  tree: TraceTree
  /** µs the whole axis stands for. */
  length: number
  name: string
  active: boolean
  onWhy: (row: number) => void
}

/** A segment of a waterfall: its name and times as text, and its bar. */
export function SegmentRow({ id, segment, tree, length, name, active, onWhy }: SegmentRowProps) {
  const { depth, start, end, origin, notes, look, own } = segment
  const outcome = outcomeOf(segment)
  const until = end ?? tree.end
  const state = segment.throttle ? 'throttled' : segment.fault || segment.error ? 'error' : undefined
  const facts = [origin === 'phase' ? null : origin, ...notes, outcome].filter((fact) => fact !== null).join(' · ')
  return (
    <div
      id={id}
      className="wf-row"
      role="row"
      aria-level={depth + 1}
      aria-selected={active}
      data-segment={segment.index}
      data-own={own || undefined}
    >
      <span
        role="gridcell"
        className="wf-name"
        style={{ paddingInlineStart: 12 + depth * 8 }}
        title={`${name} ${facts}`}
      >
        {state !== undefined && (
          <span className="wf-mark" data-state={state}>
            <Glyph name={state === 'error' ? 'error' : 'throttle'} size={14} />
          </span>
        )}
        <b>{name}</b> <span className="dim">{facts}</span>
      </span>
      <span role="gridcell" className="vr-end num dim">
        {spent(start - tree.start)}
      </span>
      <span role="gridcell" className="vr-end num">
        {end === null ? 'not over' : spent(end - start)}
      </span>
      <span role="gridcell" className="wf-track">
        <span
          className="wf-piece"
          data-look={look}
          data-state={state}
          data-open={end === null || undefined}
          style={{ left: `${((start - tree.start) / length) * 100}%`, width: `${((until - start) / length) * 100}%` }}
        />
        <button
          type="button"
          className="vr-why wf-why"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation()
            onWhy(segment.row)
          }}
        >
          Why?
        </button>
      </span>
    </div>
  )
}
