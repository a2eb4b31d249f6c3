import { useMemo } from 'react'
import { Glyph, type GlyphName } from '../../../ui/glyphs'
import { clock, span } from '../../../state/run/clock'
import { Flag, type TraceIndex } from '../../../state/run/traces/traceIndex'
import { latency } from '../../../state/run/traces/traceList'
import { VirtualRows } from '../logs/VirtualRows'

interface TraceListProps {
  index: TraceIndex
  /** Places in the index, in the order of the list. */
  places: Int32Array
  nameOf: (resource: number) => string
  t: number
  /** Place in the index of the trace on show. */
  chosen: number
  /** A trace is looked at; or chosen, which moves the playhead to its start. */
  onActive: (place: number) => void
  onChoose: (place: number) => void
}

/** Marks of a trace, most important first. */
const MARKS: readonly { flag: Flag; glyph: GlyphName; label: string; state: string }[] = [
  { flag: Flag.deadLetter, glyph: 'dead-letter', label: 'dead letter', state: 'dead' },
  { flag: Flag.error, glyph: 'error', label: 'error', state: 'error' },
  { flag: Flag.throttle, glyph: 'throttle', label: 'throttled', state: 'throttled' },
  { flag: Flag.retry, glyph: 'retry', label: 'retried', state: 'retry' },
  { flag: Flag.cold, glyph: 'snow', label: 'cold start', state: 'cold' },
]

export function TraceList({ index, places, nameOf, t, chosen, onActive, onChoose }: TraceListProps) {
  const active = useMemo(() => places.indexOf(chosen), [places, chosen])
  return (
    <VirtualRows
      label="Root events"
      className="tr-list"
      count={places.length}
      active={active}
      reached={active}
      onActive={(position) => onActive(places[position]!)}
      onChoose={(position) => onChoose(places[position]!)}
      data={(position) => ({ 'data-future': index.start.at(places[position]!) > t || undefined })}
      render={(position) => {
        const place = places[position]!
        const way = index.resourcesOf(place).map(nameOf).join(' → ')
        return (
          <>
            <span role="gridcell" className="mono tr-time">
              {clock(index.start.at(place))}
            </span>
            <span role="gridcell" className="tr-way" title={way}>
              {way}
            </span>
            <span role="gridcell" className="tr-marks">
              {MARKS.filter(({ flag }) => index.has(place, flag)).map(({ flag, glyph, label, state }) => (
                <span key={flag} data-state={state}>
                  <Glyph name={glyph} size={14} label={label} />
                </span>
              ))}
            </span>
            <span role="gridcell" className="vr-end num">
              {span(latency(index, place))}
            </span>
          </>
        )
      }}
    />
  )
}
