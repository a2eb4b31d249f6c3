import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { RowKind } from '../../../model/recording'
import type { Scenario } from '../../../model/scenario'
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
import { VirtualRows } from '../logs/VirtualRows'
import { useFilteredRows } from './useFilteredRows'
import './events.css'

export interface EventsProps {
  store: RunStore
  player: Player
  words: Words
  /** Opens the causal chain of a row. */
  onWhy: (row: number) => void
  onSelect?: ((selection: { resource: string; entity: number; row: number }) => void) | undefined
  /** What is simulated; without it there is no JSON to show. */
  scenario?: Scenario | null | undefined
  /** Row of the event whose JSON is open; null for none. */
  event?: number | null | undefined
  onEvent?: ((row: number | null) => void) | undefined
  onPattern?: ((bus: string, row: number) => void) | undefined
}

const EventViewer = lazy(() => import('../content/EventViewer'))

/** No logical id: those start with a letter. */
const ALL = '*'

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
export function Events({ store, player, words, scenario, event, onWhy, onSelect, onEvent, onPattern }: EventsProps) {
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
  /** Row of the list that the playhead has reached. */
  const reached = list.positionOf(store.firstRowAt(t + 0.5) - 1)

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
    // an open viewer follows
    if (opened) onEvent?.(row.row)
  }
  const open =
    onEvent &&
    ((position: number): void => {
      setActive(position)
      onEvent(list.rows.at(position))
    })
  const root = useRef<HTMLDivElement>(null)
  const opened = typeof event === 'number' && scenario != null
  const close = (): void => {
    onEvent?.(null)
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('.ev-rows')?.focus())
  }
  const resources = [
    { value: ALL, label: 'All resources' },
    ...store.head.resources.map((id) => ({ value: id, label: words.name(id) })),
  ]
  return (
    <div className="ev" ref={root} data-open={opened || undefined}>
      <div className="ev-list">
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
          <VirtualRows
            label="Events"
            className="ev-rows"
            count={count}
            reached={reached}
            active={active}
            onActive={setActive}
            onChoose={choose}
            onWhy={(position) => onWhy(list.rows.at(position))}
            onOpen={open}
            data={(position) => ({
              'data-now': position === reached || undefined,
              'data-future': position > reached || undefined,
            })}
            render={(position) => {
              const row = told(position)
              return (
                row && (
                  <Cells
                    row={row}
                    name={words.name(row.resource)}
                    onWhy={onWhy}
                    onEvent={open && (() => open(position))}
                  />
                )
              )
            }}
          />
        )}
      </div>
      {opened && (
        <Suspense fallback={null}>
          <EventViewer
            store={store}
            words={words}
            scenario={scenario}
            row={event}
            onSeek={(at) => player.send({ type: 'seek', at })}
            onWhy={onWhy}
            onClose={close}
            onPattern={onPattern}
          />
        </Suspense>
      )}
    </div>
  )
}

interface CellsProps {
  row: Told
  name: string
  onWhy: (row: number) => void
  onEvent: (() => void) | undefined
}

function Cells({ row, name, onWhy, onEvent }: CellsProps) {
  const glyph = row.verdict && VERDICT_GLYPHS[row.verdict]
  return (
    <>
      <span role="gridcell" className="mono ev-time">
        {row.time}
      </span>
      <span role="gridcell" className="ev-mark" data-verdict={row.verdict ?? undefined}>
        {glyph && row.verdict && <Glyph name={glyph} size={14} label={VERDICT_WORDS[row.verdict]} />}
      </span>
      <span role="gridcell" className="ev-resource">
        {name}
      </span>
      <span role="gridcell" title={row.text}>
        {row.text}
      </span>
      <span role="gridcell">
        {onEvent && <RowButton row={row.row} act={onEvent} label="JSON" />}
        <RowButton row={row.row} act={onWhy} label="Why?" />
      </span>
    </>
  )
}

function RowButton({ row, act, label }: { row: number; act: (row: number) => void; label: string }) {
  return (
    <button
      type="button"
      className="ev-why"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation()
        act(row)
      }}
    >
      {label}
    </button>
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
