import { useMemo, useState } from 'react'
import type { CompiledPattern } from '../../events/compile-pattern'
import type { Json } from '../../model/scenario'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { Glyph } from '../../ui/glyphs'
import { Segmented } from '../../ui/Segmented'
import { TextArea } from '../../ui/TextArea'
import { EventJson } from './EventJson'
import { EventList } from './EventList'
import { usualFields } from './from-event'
import { named, type Tested } from './tested'
import type { Recorded } from './use-tested'
import { countWords, verdictOn, type Verdict } from './verdicts'

type Source = 'run' | 'library' | 'own'

interface TestPaneProps {
  noun: string
  /** Name of where the events arrive. */
  at: string
  pattern: CompiledPattern | null
  recorded: Recorded | null
  library: readonly Tested[] | null
  /** Id of the recorded event to begin with, or how it begins. */
  first: string
  readOnly: boolean
  /** Makes a pattern of the chosen fields of an event. */
  onPatternFrom: (event: Json, chosen: ReadonlySet<string>) => void
}

const NONE: readonly Tested[] = []

/** The events a pattern is tested against, and the one looked at. */
export function TestPane(props: TestPaneProps) {
  const { noun, at, pattern, recorded, library, first, readOnly, onPatternFrom } = props
  const [wanted, setSource] = useState<Source | null>(null)
  const [places, setPlaces] = useState<{ readonly [source in Source]?: number }>({})
  const [pasted, setPasted] = useState('')
  const own = useMemo(() => readOwn(pasted), [pasted])
  const source = wanted ?? (recorded === null || recorded.events.length > 0 ? 'run' : 'library')
  const events = source === 'run' ? (recorded?.events ?? NONE) : source === 'library' ? (library ?? NONE) : own.events
  const verdicts = useMemo(
    (): readonly Verdict[] => (pattern === null ? [] : events.map(({ event }) => verdictOn(pattern, event))),
    [pattern, events],
  )
  const begin =
    source === 'run'
      ? Math.max(
          0,
          events.findIndex(({ id }) => id.startsWith(first)),
        )
      : 0
  const place = Math.min(places[source] ?? begin, events.length - 1)
  const event = events[place]
  const matching = verdicts.filter(({ matched }) => matched).length
  const what = source === 'run' ? 'recorded' : source === 'library' ? 'sample' : 'pasted'
  const count =
    events.length === 0
      ? ''
      : pattern === null
        ? 'Nothing is tested until the pattern can be read.'
        : `${countWords(matching, events.length, what, noun)}.`
  const of = recorded?.of ?? 0
  return (
    <div className="pattern-pane">
      <div className="pattern-bar">
        <Segmented<Source>
          label={`Which ${noun}s`}
          value={source}
          options={[
            { value: 'run', label: 'Recorded' },
            { value: 'library', label: 'Samples' },
            { value: 'own', label: 'Your own' },
          ]}
          onChange={setSource}
        />
        <p className="xs dim num grow pattern-count" role="status">
          {count}
        </p>
      </div>
      <div className="pattern-events">
        {source === 'own' ? (
          <div className="pattern-own">
            <TextArea
              mono
              rows={6}
              aria-label={`Your own ${noun}`}
              value={pasted}
              onInput={setPasted}
              onCommit={setPasted}
              placeholder={`Paste one ${noun} as JSON`}
            />
            {own.problem !== null && (
              <p className="ui-field-error">
                <Glyph name="error" size={12} />
                <span>{own.problem}</span>
              </p>
            )}
          </div>
        ) : events.length > 0 ? (
          <>
            <EventList
              label={source === 'run' ? `Recorded ${noun}s` : 'Samples'}
              events={events}
              verdicts={verdicts}
              chosen={place}
              onChoose={(index) => setPlaces({ ...places, [source]: index })}
            />
            {source === 'run' && of > events.length && (
              <p className="xxs faint num pattern-more">
                {events.length} of {of} {noun}s at {at}, up to where the playhead stands.
              </p>
            )}
          </>
        ) : (
          <EmptyState>{nothing(source, recorded, library, noun, at)}</EmptyState>
        )}
      </div>
      {event && (
        <Look
          key={`${source} ${event.id}`}
          noun={noun}
          event={event.event}
          verdict={verdicts[place] ?? null}
          readOnly={readOnly}
          onPatternFrom={onPatternFrom}
        />
      )}
    </div>
  )
}

function nothing(
  source: Source,
  recorded: Recorded | null,
  library: readonly Tested[] | null,
  noun: string,
  at: string,
): string {
  if (source === 'library')
    return library === null
      ? 'The samples are loading.'
      : `There are no samples of such ${noun}s. Paste one of your own.`
  if (recorded === null) return `The ${noun}s of the run are being read.`
  return `No ${noun} has reached ${at} in this run. Run it, or test with samples.`
}

interface LookProps {
  noun: string
  event: Json
  verdict: Verdict | null
  readOnly: boolean
  onPatternFrom: (event: Json, chosen: ReadonlySet<string>) => void
}

function Look({ noun, event, verdict, readOnly, onPatternFrom }: LookProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(usualFields(event)))
  return (
    <>
      <div className="pattern-bar pattern-verdict" data-matched={verdict?.matched}>
        {verdict && <Glyph name={verdict.matched ? 'ok' : 'close'} size={14} />}
        <p className="grow xs" aria-live="polite">
          {verdict && (
            <>
              <b className="strong">{verdict.matched ? 'Matches' : 'No match'}</b>
              {verdict.matched ? ': ' : '. '}
              {verdict.words}
            </>
          )}
        </p>
        <Button
          size="sm"
          disabled={readOnly || chosen.size === 0}
          title="Asks for the values of the ticked fields"
          onClick={() => onPatternFrom(event, chosen)}
        >
          Pattern from this {noun}
        </Button>
      </div>
      <EventJson
        event={event}
        verdict={verdict}
        chosen={chosen}
        onToggle={(path) => {
          const next = new Set(chosen)
          if (!next.delete(path)) next.add(path)
          setChosen(next)
        }}
      />
    </>
  )
}

function readOwn(text: string): { events: readonly Tested[]; problem: string | null } {
  if (text.trim() === '') return { events: NONE, problem: null }
  try {
    const event = JSON.parse(text) as Json
    if (typeof event !== 'object' || event === null || Array.isArray(event))
      return { events: NONE, problem: 'An event is a JSON object, such as {"source": "orders"}.' }
    return { events: [{ id: 'own', event, ...named(event) }], problem: null }
  } catch {
    return { events: NONE, problem: 'This is not JSON yet: it ends too early or has a stray character.' }
  }
}
