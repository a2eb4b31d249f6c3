import { useDeferredValue, useMemo, useState, useSyncExternalStore } from 'react'
import type { Scenario } from '../../../model/scenario'
import { EmptyState } from '../../../ui/EmptyState'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import type { Player } from '../../../player/player'
import { usePlayheadTime } from '../../../player/usePlayer'
import { digits } from '../../../state/run/clock'
import type { Words } from '../../../state/run/describe'
import type { Documents } from '../../../state/run/logs/documents'
import type { RunStore } from '../../../state/run/runStore'
import { traceOf } from '../../../state/run/traces/trace'
import { TraceIndex } from '../../../state/run/traces/traceIndex'
import { listTraces, type TraceFilter, type TraceOrder } from '../../../state/run/traces/traceList'
import { useDocuments } from '../logs/useRunLogs'
import { useScan } from '../logs/useScan'
import type { Selection } from '../timeline/Timeline'
import { TraceList } from './TraceList'
import { Waterfall } from './Waterfall'
import './traces.css'

export interface TracesProps {
  store: RunStore
  player: Player
  words: Words
  /** What is simulated, defaults filled in; null before the first run. */
  scenario: Scenario | null
  onSelect?: ((selection: Selection) => void) | undefined
  /** Opens the causal chain of a row. */
  onWhy: (row: number) => void
  /** Opens the JSON of the event a row belongs to. */
  onEvent?: ((row: number) => void) | undefined
}

const NONE_YET = 'No traces yet. Traces appear when an event enters.'

const FILTERS: readonly { value: TraceFilter; label: string }[] = [
  { value: 'all', label: 'All traces' },
  { value: 'error', label: 'Errors' },
  { value: 'throttle', label: 'Throttles' },
  { value: 'cold', label: 'Cold starts' },
  { value: 'retry', label: 'Retries' },
  { value: 'deadLetter', label: 'Dead letters' },
]
const ORDERS: readonly { value: TraceOrder; label: string }[] = [
  { value: 'newest', label: 'Newest first' },
  { value: 'slowest', label: 'Slowest first' },
]

/** Root events and what became of each, as a waterfall of segments (OBS-9, OBS-10). */
export default function Traces(props: TracesProps) {
  const documents = useDocuments(props.scenario)
  if (documents === null) return <EmptyState>{NONE_YET}</EmptyState>
  return <Book {...props} documents={documents} />
}

function Book({ store, player, words, documents, onSelect, onWhy, onEvent }: TracesProps & { documents: Documents }) {
  const status = useSyncExternalStore(store.subscribe, store.status)
  const shown = useSyncExternalStore(store.subscribe, () => store.shown)
  const { run } = status
  const index = useMemo(
    () => new TraceIndex(shown, documents.scenario),
    // a resumed run has the number of a new one and the rows of the old in the same place
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [shown, documents, run],
  )
  useScan(index, status.rows)
  const [filter, setFilter] = useState<TraceFilter>('all')
  const [order, setOrder] = useState<TraceOrder>('newest')
  const [text, setText] = useState('')
  const searched = useDeferredValue(text)
  const { scanned } = index
  const { seed } = documents.scenario
  const places = useMemo(
    () =>
      listTraces(index, seed, filter, order, searched, (resource) => words.name(store.head.resources[resource] ?? '')),
    // `scanned`: the index grows in place
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [index, scanned, seed, filter, order, searched, words, store],
  )
  const t = usePlayheadTime(player)
  // by its number a trace stays chosen while the list changes around it
  const [chosen, setChosen] = useState(-1)
  const known = index.placeOf(chosen)
  const place = known >= 0 ? known : newestAt(index, places, order, t)
  const hold = (next: number): void => setChosen(index.trace.at(next))
  // what is on show stays there while others begin
  if (known < 0 && place >= 0 && index.complete) hold(place)
  const [open, setOpen] = useState(false)
  const tree = useMemo(
    () => (place < 0 ? null : traceOf(index, documents, place)),
    // a trace may go on in rows that came since
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [index, documents, place, scanned],
  )
  if (index.length === 0)
    return <EmptyState>{index.complete ? NONE_YET : `${digits(scanned)} rows read, no trace so far`}</EmptyState>
  return (
    <div className="tr">
      <section className="tr-side" aria-label="Traces">
        <div className="tr-bar">
          <Select aria-label="Show" value={filter} options={FILTERS} onChange={setFilter} />
          <Select aria-label="Order" value={order} options={ORDERS} onChange={setOrder} />
          <TextField
            aria-label="Find in traces"
            className="tr-find"
            type="search"
            glyph="search"
            placeholder="Name or trace id"
            value={text}
            onInput={setText}
          />
        </div>
        {places.length === 0 ? (
          <EmptyState>No trace matches. Show all traces or clear the search.</EmptyState>
        ) : (
          <TraceList
            index={index}
            places={places}
            nameOf={(resource) => words.name(store.head.resources[resource] ?? '')}
            t={t}
            chosen={place}
            onChoose={(next) => {
              hold(next)
              player.send({ type: 'seek', at: index.start.at(next) })
            }}
            onActive={hold}
          />
        )}
        <p className="tr-count dim num" role="status">
          {digits(places.length)} of {digits(index.length)} traces{index.complete ? '' : ' so far'}
        </p>
      </section>
      {tree === null ? (
        <EmptyState>Choose a trace to see where its time went.</EmptyState>
      ) : (
        <Waterfall
          key={tree.trace}
          tree={tree}
          documents={documents}
          words={words}
          player={player}
          open={open}
          onOpen={setOpen}
          onHold={() => hold(place)}
          onSelect={onSelect}
          onWhy={onWhy}
          onEvent={onEvent}
        />
      )}
    </div>
  )
}

/** What to show before anything is chosen: the newest trace the playhead has come to, else the first. */
function newestAt(index: TraceIndex, places: Int32Array, order: TraceOrder, t: number): number {
  if (places.length === 0) return -1
  if (order !== 'newest') return places[0]!
  return places.find((place) => index.start.at(place) <= t) ?? places[places.length - 1]!
}
