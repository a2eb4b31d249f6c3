import { useEffect, useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { Button } from '../../../ui/Button'
import { ToggleButton } from '../../../ui/ToggleButton'
import type { Player } from '../../../player/player'
import { usePlayheadTime } from '../../../player/usePlayer'
import { clock, span } from '../../../state/run/clock'
import type { Words } from '../../../state/run/describe'
import type { Documents } from '../../../state/run/logs/documents'
import { ticks } from '../../../state/run/traces/axis'
import type { Segment, TraceTree } from '../../../state/run/traces/segment'
import { copyText } from '../logs/copy'
import type { Selection } from '../timeline/Timeline'
import { SegmentDocument } from './SegmentDocument'
import { SegmentRow, spent } from './SegmentRow'
import { useInnerWidth } from './useInnerWidth'

interface WaterfallProps {
  tree: TraceTree
  documents: Documents
  words: Words
  player: Player
  /** Whether the document of the chosen segment is shown. */
  open: boolean
  onOpen: (open: boolean) => void
  /** Something of the trace was chosen: it stays on show. */
  onHold: () => void
  onSelect: ((selection: Selection) => void) | undefined
  onWhy: (row: number) => void
  /** Opens the JSON of the event a row belongs to. */
  onEvent: ((row: number) => void) | undefined
}

/** Segments drawn at most; the rest of a trace that goes round in circles is counted. */
const MOST_SEGMENTS = 500

/** Room a tick of the axis needs (px). */
const TICK = 64

/** Where the time of one trace went: a table of segments, each with its bar on a common axis. */
export function Waterfall(props: WaterfallProps) {
  const { tree, documents, words, player, open, onOpen, onHold, onSelect, onWhy, onEvent } = props
  const { segments, start, end } = tree
  const shown = segments.slice(0, MOST_SEGMENTS)
  const left = segments.length - shown.length + tree.left
  const length = Math.max(1_000, end - start)
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      shown.findIndex(({ fault, throttle }) => fault || throttle),
    ),
  )
  const id = useId()
  const grid = useRef<HTMLDivElement>(null)
  const t = usePlayheadTime(player)
  const at = (t - start) / length
  useEffect(() => {
    grid.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])

  const choose = (index: number): void => {
    setActive(index)
    onHold()
  }
  const jump = (segment: Segment): void => {
    player.send({ type: 'seek', at: segment.start })
    onSelect?.({ resource: segment.resource, entity: segment.entity, row: -1 })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const now = shown[active]
    if (now === undefined) return
    const moves: { readonly [key: string]: number } = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      ArrowLeft: now.parent >= 0 ? now.parent : active,
      ArrowRight: shown[active + 1]?.parent === active ? active + 1 : active,
      Home: 0,
      End: shown.length - 1,
    }
    const target = moves[event.key]
    if (target !== undefined) choose(Math.min(shown.length - 1, Math.max(0, target)))
    else if (event.key === 'Enter') jump(now)
    else if (event.key === '?') onWhy(now.row)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return
    const row = event.target.closest<HTMLElement>('[data-segment]')
    const track = event.target.closest<HTMLElement>('.wf-track')
    const segment = row === null ? undefined : shown[Number(row.dataset['segment'])]
    if (segment !== undefined) choose(segment.index)
    if (track !== null) {
      const box = track.getBoundingClientRect()
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
      player.send({ type: 'seek', at: Math.round(start + share * length) })
    } else if (segment !== undefined) jump(segment)
  }
  const axis = useRef<HTMLSpanElement>(null)
  const marks = ticks(length, Math.max(2, Math.floor(useInnerWidth(axis) / TICK)))
  const chosen = shown[active]
  const bad = segments.filter(({ fault, error, throttle }) => fault || error || throttle).length
  return (
    <section className="wf" aria-label="Trace">
      <div className="wf-bar">
        <Button size="sm" variant="quiet" glyph="trace" onClick={() => void copyText(tree.id, 'the trace id')}>
          <span className="mono wf-id">{tree.id}</span>
        </Button>
        <span className="num dim wf-facts">
          {span(end - start)} from {clock(start)}, {segments.length} {segments.length === 1 ? 'segment' : 'segments'}
          {bad > 0 && `, ${bad} with errors or throttles`}
          {left > 0 && `, ${left} left out`}
        </span>
        {onEvent && chosen !== undefined && (
          <Button size="sm" onClick={() => onEvent(chosen.row)}>
            JSON
          </Button>
        )}
        <ToggleButton size="sm" pressed={open} onChange={onOpen}>
          Document
        </ToggleButton>
      </div>
      <div className="wf-body">
        <div
          className="wf-grid"
          ref={grid}
          tabIndex={0}
          role="treegrid"
          aria-label="Segments of the trace"
          aria-activedescendant={chosen === undefined ? undefined : `${id}-${active}`}
          onKeyDown={onKeyDown}
          onClick={onClick}
        >
          <div className="wf-row wf-head" role="row">
            <span role="columnheader">Segment</span>
            <span role="columnheader" className="vr-end">
              Start
            </span>
            <span role="columnheader" className="vr-end">
              Duration
            </span>
            <span role="columnheader" className="wf-track wf-axis" aria-label="Time" ref={axis}>
              {marks.map((mark, n) => (
                <span
                  key={mark}
                  style={{ left: `${(mark / length) * 100}%` }}
                  data-last={(n === marks.length - 1 && mark / length > 0.9) || undefined}
                >
                  {spent(mark)}
                </span>
              ))}
            </span>
          </div>
          {shown.map((segment) => (
            <SegmentRow
              key={segment.index}
              id={`${id}-${segment.index}`}
              segment={segment}
              tree={tree}
              length={length}
              name={segment.origin === 'phase' ? segment.name : words.name(segment.name)}
              active={segment.index === active}
              onWhy={onWhy}
            />
          ))}
          <div className="wf-over" aria-hidden="true" style={{ height: (shown.length + 1) * 24 }}>
            {at < 1 && <span className="wf-future" style={{ left: `${Math.max(0, at) * 100}%` }} />}
            {at >= 0 && at <= 1 && <span className="wf-playhead" style={{ left: `${at * 100}%` }} />}
          </div>
        </div>
        {open && chosen !== undefined && <SegmentDocument tree={tree} segment={chosen} documents={documents} />}
      </div>
    </section>
  )
}
