import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import type { Scenario } from '../../../model/scenario'
import { TOKEN_NAMES } from '../../../model/recording'
import { Button } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { IconButton } from '../../../ui/IconButton'
import { clock, digits } from '../../../state/run/clock'
import { spaced, type Words } from '../../../state/run/describe'
import type { RunStore } from '../../../state/run/runStore'
import { copyText } from '../logs/copy'
import { linesOf, type Comparison } from './compare'
import type { Told } from './hops'
import { JsonLines } from './JsonLines'
import { useEventHops } from './useEventHops'
import './content.css'

export interface EventViewerProps {
  store: RunStore
  words: Words
  /** What is simulated, defaults filled in. */
  scenario: Scenario
  /** A row of the event: opened at its hop, or at the newest hop before it. */
  row: number
  onSeek: (at: number) => void
  onWhy: (row: number) => void
  onClose: () => void
  /** Opens the pattern editor of a bus with the event of a row. */
  onPattern?: ((bus: string, row: number) => void) | undefined
}

const BUS = 'AWS::Events::EventBus'

/** The JSON of one event at every hop of its way, and what each hop made of it. */
export default function EventViewer(props: EventViewerProps) {
  const { store, words, scenario, row, onSeek, onClose } = props
  const { hops, trace, reading, known } = useEventHops(store, scenario, row)
  const [chosen, setChosen] = useState<{ row: number; hop: number }>()
  // another row was opened: its own hop is shown
  const wanted = chosen?.row === row ? chosen.hop : row
  const place = Math.max(
    0,
    hops.findLastIndex((hop) => hop.row <= wanted),
  )
  const hop = hops[place]
  const choose = (next: number): void => {
    const target = hops[Math.min(hops.length - 1, Math.max(0, next))]
    if (target === undefined) return
    setChosen({ row, hop: target.row })
    onSeek(target.at)
  }
  return (
    <section className="ct" aria-label="Event">
      <div className="ct-bar">
        <b className="ct-title">{trace < 0 ? 'Event' : `Event ${digits(trace)}`}</b>
        <span className="dim num ct-facts" role="status">
          {known && `${hops.length} ${hops.length === 1 ? 'hop' : 'hops'}`}
          {reading !== null && `, ${digits(reading)} rows read`}
        </span>
        {hop !== undefined && <Actions {...props} hop={hop} />}
        <IconButton size="sm" glyph="close" label="Close the event" onClick={onClose} />
      </div>
      {hop === undefined ? (
        known && (
          <EmptyState>
            {trace < 0
              ? 'This row belongs to no event: nothing travels with it. Choose a row of an event.'
              : 'What travelled here is not known: the run changed, or this part of it is not computed yet. Choose the row again.'}
          </EmptyState>
        )
      ) : (
        <div className="ct-body">
          <Hops hops={hops} place={place} words={words} onChoose={choose} onLeave={onClose} />
          <Carried key={hop.row} hop={hop} words={words} />
        </div>
      )}
    </section>
  )
}

function Actions({ hop, scenario, onWhy, onPattern }: EventViewerProps & { hop: Told }) {
  const bus = scenario.resources[hop.to]?.Type === BUS && !hop.answers
  return (
    <>
      {bus && onPattern !== undefined && (
        <Button size="sm" glyph="rule" onClick={() => onPattern(hop.to, hop.row)}>
          Make a pattern
        </Button>
      )}
      <Button size="sm" variant="quiet" onClick={() => onWhy(hop.row)}>
        Why?
      </Button>
      <Button
        size="sm"
        glyph="file"
        disabled={hop.shown === null}
        onClick={() => void copyText(hop.content.text ?? JSON.stringify(hop.shown, null, 2), 'the event')}
      >
        Copy
      </Button>
    </>
  )
}

interface HopsProps {
  hops: readonly Told[]
  place: number
  words: Words
  onChoose: (place: number) => void
  onLeave: () => void
}

/** The hops as a list: arrows move, the JSON follows, Escape goes back. */
function Hops({ hops, place, words, onChoose, onLeave }: HopsProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  // whoever opened it from the list goes on here
  useEffect(() => {
    const from = document.activeElement
    if (from === null || from === document.body || from.closest('.ev-list') !== null) list.current?.focus()
  }, [])
  useEffect(() => {
    list.current?.children[place]?.scrollIntoView({ block: 'nearest' })
  }, [place])
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: { readonly [key: string]: number } = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      Home: 0,
      End: hops.length - 1,
    }
    const target = moves[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') onLeave()
    else if (target !== undefined) onChoose(target)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      className="ct-hops"
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label="Hops of the event"
      aria-activedescendant={`${id}-${place}`}
      onKeyDown={onKeyDown}
    >
      {hops.map((hop, n) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list hears the keys
        <div
          key={hop.row}
          id={`${id}-${n}`}
          className="ct-hop"
          role="option"
          aria-selected={n === place}
          tabIndex={-1}
          onClick={() => onChoose(n)}
        >
          <span className="ct-way">
            {words.name(hop.from)} → {words.name(hop.to)}
          </span>
          <span className="ct-change num" data-kind={hop.comparison.kind}>
            {shortOf(hop.comparison)}
          </span>
          <span className="ct-when num">
            {clock(hop.at)} · {what(hop)}
          </span>
        </div>
      ))}
    </div>
  )
}

function Carried({ hop, words }: { hop: Told; words: Words }) {
  const { content, lines, shown } = hop
  const title = `${words.name(hop.from)} → ${words.name(hop.to)}`
  const { items, count } = content
  return (
    <div className="ct-carried">
      <p className="ct-said">
        {sentence(hop, words)}
        {content.group !== undefined && <span className="dim"> Group or key {content.group}.</span>}
        {items !== undefined && items.length < count && (
          <span className="dim"> The first {digits(items.length)} are shown.</span>
        )}
      </p>
      {shown === null ? null : <JsonLines label={`JSON from ${title}`} lines={lines} />}
      {content.attributes !== undefined && (
        <>
          <p className="ct-said">Message attributes</p>
          <JsonLines label="Message attributes" lines={linesOf(content.attributes)} />
        </>
      )}
    </div>
  )
}

const what = (hop: Told): string =>
  hop.count > 1 ? `${hop.action}, ${digits(hop.count)} together` : `${hop.action}, ${spaced(TOKEN_NAMES[hop.token]!)}`

function shortOf(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'first':
      return 'start'
    case 'same':
      return 'unchanged'
    case 'wrapped':
      return 'wrapped'
    case 'new':
      return 'new'
    case 'changed':
      return [
        ['+', comparison.added],
        ['−', comparison.removed],
        ['~', comparison.changed],
      ]
        .filter(([, count]) => count !== 0)
        .map((part) => part.join(''))
        .join(' ')
  }
}

function sentence({ comparison, from, shown }: Told, words: Words): string {
  const name = words.name(from)
  if (shown === null) return 'This hop carries no JSON.'
  switch (comparison.kind) {
    case 'first':
      return `As ${name} sent it.`
    case 'same':
      return `Unchanged since it came to ${name}.`
    case 'wrapped':
      return `What came to ${name} is unchanged in ${comparison.path}.`
    case 'new':
      return `${name} sends an event of its own.`
    case 'changed': {
      const parts = [
        [comparison.added, 'added'],
        [comparison.removed, 'removed'],
        [comparison.changed, 'changed'],
      ] as const
      const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
      return `Since it came to ${name}: ${said.join(', ')}.`
    }
  }
}
