import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import { clock } from '../../state/run/clock'
import { Glyph } from '../../ui/glyphs'
import type { Tested } from './tested'
import type { Verdict } from './verdicts'

interface EventListProps {
  label: string
  events: readonly Tested[]
  /** One for each event; none while the pattern cannot be read. */
  verdicts: readonly Verdict[]
  chosen: number
  onChoose: (index: number) => void
}

/** Events, each with the verdict on it. One tab stop; arrows choose. */
export function EventList({ label, events, verdicts, chosen, onChoose }: EventListProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen, events])
  function onKeyDown(event: KeyboardEvent) {
    const next = moved(event.key, chosen, events.length)
    if (next === null) return
    event.preventDefault()
    onChoose(next)
  }
  return (
    <div
      ref={list}
      role="listbox"
      className="pattern-list"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={`${id}-${chosen}`}
      onKeyDown={onKeyDown}
    >
      {events.map((event, index) => {
        const verdict = verdicts[index]
        return (
          // the list box has the keys
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={event.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="pattern-row"
            data-matched={verdict?.matched}
            onClick={() => onChoose(index)}
          >
            {verdict ? <Glyph name={verdict.matched ? 'ok' : 'close'} size={14} /> : <span />}
            <span className="truncate">
              <b className="strong">{event.title}</b> <span className="faint">{event.note}</span>
            </span>
            <span className="mono xxs faint">{event.at === undefined ? '' : clock(event.at)}</span>
            <span className="xs truncate pattern-row-why" title={verdict?.words}>
              {verdict ? (verdict.matched ? 'Matches' : verdict.words) : ''}
            </span>
          </div>
        )
      })}
    </div>
  )
}

/** The place an arrow leads to; null for other keys. */
export function moved(key: string, from: number, length: number): number | null {
  const to: { readonly [key: string]: number } = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + 10,
    PageUp: from - 10,
    Home: 0,
    End: length - 1,
  }
  const next = to[key]
  return next === undefined ? null : Math.max(0, Math.min(length - 1, next))
}
