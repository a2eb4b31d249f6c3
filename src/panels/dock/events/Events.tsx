import { useEffect, useEffectEvent, useMemo, useRef, useState, type KeyboardEvent, type UIEvent } from 'react'
import { RowKind } from '../../../model/recording'
import { EmptyState } from '../../../ui/EmptyState'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import { ToggleButton } from '../../../ui/ToggleButton'
import { Button } from '../../../ui/Button'
import { Glyph, type GlyphName } from '../../../ui/glyphs'
import type { Player } from '../../../player/player'
import { usePlayheadTime } from '../../../player/usePlayer'
import { digits } from '../../../state/run/clock'
import { describe, type Told, type Words } from '../../../state/run/describe'
import type { RowFilter, Verdict } from '../../../state/run/rowFilter'
import type { RunStore } from '../../../state/run/runStore'
import { useFilteredRows } from './useFilteredRows'
import './events.css'

export interface EventsProps {
  store: RunStore
  player: Player
  words: Words
  /** Opens the causal chain of a row. */
  onWhy: (row: number) => void
  onSelect?: ((selection: { resource: string; entity: number; row: number }) => void) | undefined
}

const ROW = 24
/** No logical id: those start with a letter. */
const ALL = '*'
/** Browsers stop at about 17 M px; beyond this height the scroll bar stands for more rows than pixels. */
const TALLEST = 8_000_000

const KINDS: readonly { kind: RowKind; label: string }[] = [
  { kind: RowKind.hop, label: 'Moves' },
  { kind: RowKind.state, label: 'States' },
  { kind: RowKind.span, label: 'Work' },
  { kind: RowKind.reason, label: 'Decisions' },
]
const VERDICTS: readonly { value: Verdict | 'any'; label: string }[] = [
  { value: 'any', label: 'Any outcome' },
  { value: 'ok', label: 'OK' },
  { value: 'error', label: 'Errors' },
  { value: 'refused', label: 'Refused' },
  { value: 'retry', label: 'Retries' },
  { value: 'deadLetter', label: 'Dead letters' },
]
const VERDICT_WORDS: { readonly [verdict in Verdict]: string } = {
  ok: 'OK',
  error: 'error',
  refused: 'refused',
  retry: 'retry',
  deadLetter: 'dead letter',
}
const VERDICT_GLYPHS: { readonly [verdict in Verdict]: GlyphName | null } = {
  ok: null,
  error: 'error',
  refused: 'throttle',
  retry: 'retry',
  deadLetter: 'dead-letter',
}

/** Everything the animation shows, as a list: the same moves, states, work and decisions, with the same commands. */
export function Events({ store, player, words, onWhy, onSelect }: EventsProps) {
  const [kinds, setKinds] = useState<ReadonlySet<RowKind>>(() => new Set(KINDS.map(({ kind }) => kind)))
  const [resource, setResource] = useState(ALL)
  const [verdict, setVerdict] = useState<Verdict | 'any'>('any')
  const [text, setText] = useState('')
  const filter = useMemo(
    (): RowFilter => ({
      kinds,
      ...(resource !== ALL ? { resources: new Set([resource]) } : {}),
      ...(verdict === 'any' ? {} : { verdict }),
      ...(text.trim() ? { text } : {}),
    }),
    [kinds, resource, verdict, text],
  )
  const reasonText = useMemo(() => (code: number) => words.reason(store.head.reasons[code] ?? '') ?? '', [store, words])
  const list = useFilteredRows(store, filter, reasonText)
  const count = list.rows.length
  const t = usePlayheadTime(player)
  const [active, setActive] = useState(-1)
  const [scrollTop, setScrollTop] = useState(0)
  const [height, setHeight] = useState(240)
  const box = useRef<HTMLDivElement>(null)

  const empty = count === 0
  useEffect(() => {
    const observed = box.current
    if (observed === null) return undefined
    const sizes = new ResizeObserver(() => setHeight(observed.clientHeight))
    sizes.observe(observed)
    return () => sizes.disconnect()
  }, [empty])

  const total = Math.min(TALLEST, count * ROW)
  const rowsShown = Math.ceil(height / ROW) + 1
  const range = Math.max(1, total - height)
  const top = Math.max(
    0,
    Math.min(count - rowsShown + 1, Math.floor((scrollTop / range) * Math.max(0, count - height / ROW))),
  )
  const first = total < TALLEST ? Math.floor(scrollTop / ROW) : top

  /** Row of the list that the playhead has reached. */
  const reached = list.positionOf(store.firstRowAt(t + 0.5) - 1)
  const reveal = (position: number, centred = false): void => {
    const element = box.current
    if (element === null || position < 0) return
    const y = total < TALLEST ? position * ROW : (position / Math.max(1, count - height / ROW)) * range
    const { scrollTop: from, clientHeight } = element
    if (y >= from && y + ROW <= from + clientHeight) return
    if (centred) element.scrollTop = y - clientHeight / 2
    else element.scrollTop = y < from ? y : y + ROW - clientHeight
  }
  const onReached = useEffectEvent(() => reveal(reached, true))
  useEffect(() => {
    onReached()
  }, [reached, height])

  const told = (position: number): Told | null => {
    const row = position >= 0 && position < count ? store.rowAt(list.rows.at(position)) : undefined
    return row ? describe(store, row, words) : null
  }
  const choose = (position: number): void => {
    const row = told(position)
    if (row === null) return
    setActive(position)
    player.send({ type: 'seek', at: row.at })
    onSelect?.({ resource: row.resource, entity: row.entity, row: row.row })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const now = active < 0 ? Math.max(0, reached) : active
    const page = Math.max(1, rowsShown - 2)
    const moves: { readonly [key: string]: number } = {
      ArrowDown: active < 0 ? now : now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: count - 1,
    }
    const target = moves[event.key]
    if (target !== undefined) {
      const next = Math.min(count - 1, Math.max(0, target))
      setActive(next)
      reveal(next)
    } else if (event.key === 'Enter') choose(now)
    else if (event.key === '?' && now < count) onWhy(list.rows.at(now))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const visible: { position: number; row: Told }[] = []
  for (let position = Math.max(0, first); position < Math.min(count, first + rowsShown); position++) {
    const row = told(position)
    if (row) visible.push({ position, row })
  }
  const resources = [
    { value: ALL, label: 'All resources' },
    ...store.head.resources.map((id) => ({ value: id, label: words.name(id) })),
  ]
  return (
    <div className="ev">
      <div className="ev-bar">
        {KINDS.map(({ kind, label }) => (
          <ToggleButton key={kind} pressed={kinds.has(kind)} onChange={() => setKinds(toggled(kinds, kind))}>
            {label}
          </ToggleButton>
        ))}
        <Select aria-label="Resource" value={resource} options={resources} onChange={setResource} />
        <Select aria-label="Outcome" value={verdict} options={VERDICTS} onChange={setVerdict} />
        <TextField
          aria-label="Find in events"
          className="ev-find"
          type="search"
          glyph="search"
          placeholder="Find"
          value={text}
          onInput={setText}
        />
        <span className="ev-count num dim" role="status">
          {list.complete ? `${digits(count)} rows` : `${digits(count)} rows found so far`}
        </span>
      </div>
      {list.missing > 0 && (
        <p className="ev-missing">
          {digits(list.missing)} rows are not kept in detail.
          <Button size="sm" onClick={() => loadMissing(store, list.firstMissing)}>
            Load the first of them
          </Button>
        </p>
      )}
      {count === 0 && list.complete ? (
        <EmptyState>
          {store.status().rows === 0
            ? 'No events yet. Events appear when the drawing runs.'
            : 'No row matches. Show more kinds or clear the search.'}
        </EmptyState>
      ) : (
        <div
          className="ev-box"
          ref={box}
          tabIndex={0}
          role="grid"
          aria-label="Events"
          aria-rowcount={count}
          aria-activedescendant={visible.some(({ position }) => position === active) ? `ev-${active}` : undefined}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-position]') : null
            if (row) choose(Number(row.dataset['position']))
          }}
          onScroll={(event: UIEvent<HTMLDivElement>) => setScrollTop(event.currentTarget.scrollTop)}
        >
          <div className="ev-space" role="presentation" style={{ height: total }}>
            {visible.map(({ position, row }) => {
              const glyph = row.verdict && VERDICT_GLYPHS[row.verdict]
              const y = total < TALLEST ? position * ROW : scrollTop + (position - first) * ROW
              return (
                <div
                  key={position}
                  id={`ev-${position}`}
                  data-position={position}
                  className="ev-row"
                  role="row"
                  aria-rowindex={position + 1}
                  aria-selected={position === active}
                  data-now={position === reached || undefined}
                  data-future={position > reached || undefined}
                  data-verdict={row.verdict ?? undefined}
                  style={{ transform: `translateY(${y}px)` }}
                >
                  <span role="gridcell" className="mono ev-time">
                    {row.time}
                  </span>
                  <span role="gridcell" className="ev-mark">
                    {glyph && row.verdict && <Glyph name={glyph} size={14} label={VERDICT_WORDS[row.verdict]} />}
                  </span>
                  <span role="gridcell" className="ev-resource truncate">
                    {words.name(row.resource)}
                  </span>
                  <span role="gridcell" className="ev-text truncate" title={row.text}>
                    {row.text}
                  </span>
                  <span role="gridcell">
                    <button
                      type="button"
                      className="ev-why"
                      tabIndex={-1}
                      onClick={(event) => {
                        event.stopPropagation()
                        onWhy(row.row)
                      }}
                    >
                      Why?
                    </button>
                  </span>
                </div>
              )
            })}
          </div>
        </div>
      )}
    </div>
  )
}

function toggled(kinds: ReadonlySet<RowKind>, kind: RowKind): ReadonlySet<RowKind> {
  const next = new Set(kinds)
  if (!next.delete(kind)) next.add(kind)
  // Nothing chosen would show nothing: the last one turned off brings all back.
  return next.size === 0 ? new Set(KINDS.map((one) => one.kind)) : next
}

/** Moves the window of detail to the first missing row: about ten seconds from there. */
function loadMissing(store: RunStore, row: number): void {
  const at = store.timeOfRow(row)
  store.focus(at)
  store.want(at, at + 10_000_000)
}
