import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Json } from '../../model/scenario'
import { Glyph } from '../../ui/glyphs'
import { moved } from './EventList'
import { linesFor, linesOf, MOST_LINES, type Line } from './lines'
import type { Verdict } from './verdicts'

interface EventJsonProps {
  event: Json
  verdict: Verdict | null
  /** Fields that a pattern made of this event will ask for. */
  chosen: ReadonlySet<string>
  onToggle: (path: string) => void
}

/** An event line by line: the field that decided is marked, plain values can be chosen for a pattern. One tab stop. */
export function EventJson({ event, verdict, chosen, onToggle }: EventJsonProps) {
  const id = useId()
  const lines = useMemo(() => linesOf(event), [event])
  const leaves = useMemo(() => lines.flatMap(({ leaf }, i) => (leaf ? [i] : [])), [lines])
  const marked = useMemo(() => new Set(linesFor(lines, verdict?.field ?? '')), [lines, verdict])
  const [active, setActive] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const at = leaves[Math.min(active, leaves.length - 1)]
  const first = [...marked][0]
  useEffect(() => {
    if (first !== undefined) box.current?.children[first]?.scrollIntoView({ block: 'nearest' })
  }, [first, lines])

  function onKeyDown(pressed: KeyboardEvent) {
    if (pressed.key === ' ' || pressed.key === 'Enter') {
      const line = at === undefined ? undefined : lines[at]
      if (line === undefined || pressed.ctrlKey || pressed.metaKey) return
      pressed.preventDefault()
      onToggle(line.path)
      return
    }
    const next = moved(pressed.key, active, leaves.length)
    if (next === null) return
    pressed.preventDefault()
    setActive(next)
    box.current?.children[leaves[next] ?? 0]?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div
      ref={box}
      role="listbox"
      aria-multiselectable
      aria-label="Fields of the event"
      className="pattern-json mono"
      tabIndex={0}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
    >
      {lines.map((line, index) => {
        const own = {
          className: 'pattern-line',
          'data-decided': marked.has(index) ? (verdict?.matched ? 'yes' : 'no') : undefined,
          style: { paddingInlineStart: 28 + line.depth * 14 },
        }
        if (!line.leaf)
          return (
            <div key={index} role="presentation" {...own}>
              <Text line={line} />
            </div>
          )
        return (
          // the list box has the keys
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={index}
            {...own}
            id={`${id}-${index}`}
            role="option"
            aria-selected={chosen.has(line.path)}
            aria-label={`${line.path}: ${line.text.replace(/,$/, '')}`}
            data-active={index === at || undefined}
            onClick={() => {
              setActive(leaves.indexOf(index))
              onToggle(line.path)
            }}
          >
            <span className="pattern-tick">{chosen.has(line.path) && <Glyph name="check" size={12} />}</span>
            <Text line={line} />
          </div>
        )
      })}
      {lines.length >= MOST_LINES && (
        <div role="presentation" className="pattern-line faint">
          The first {MOST_LINES} lines are shown.
        </div>
      )}
    </div>
  )
}

function Text({ line }: { line: Line }) {
  return (
    <>
      <span className="pattern-key">{line.key}</span>
      <span data-leaf={line.leaf || undefined}>{line.text}</span>
    </>
  )
}
