import { useId, useRef, useState } from 'react'
import { Button } from '../../../ui/Button'
import { EmptyState } from '../../../ui/EmptyState'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import type { Player } from '../../../player/player'
import { clock, digits } from '../../../state/run/clock'
import { FIELDS } from '../../../state/run/logs/fields'
import { SAMPLES } from '../../../state/run/logs/insights/samples'
import type { QueryResult } from '../../../state/run/logs/insights/run'
import type { Value } from '../../../state/run/logs/insights/evaluate'
import type { LineWriter } from '../../../state/run/logs/lines'
import type { LogFilter } from '../../../state/run/logs/logView'
import { MOST_LINES, useQuery, type Asked } from './useQuery'
import { VirtualRows } from './VirtualRows'

interface QueryProps {
  writer: LineWriter
  filter: LogFilter
  player: Player
  onJump: (position: number) => void
}

type Range = 'run' | 'playhead'

/** Questions over the lines in the language of CloudWatch Logs Insights (OBS-8). */
export function Query({ writer, filter, player, onJump }: QueryProps) {
  const [text, setText] = useState(SAMPLES[1]!.query)
  const [range, setRange] = useState<Range>('run')
  const [asked, setAsked] = useState<Asked | null>(null)
  const box = useRef<HTMLTextAreaElement>(null)
  const problemId = useId()
  const { result, problem, reading } = useQuery(writer, filter, asked)
  const ask = (query: string, over: Range): void =>
    setAsked({ query, until: over === 'run' ? Infinity : player.playhead.get() })
  return (
    <div className="lq">
      <form
        className="lq-form"
        onSubmit={(event) => {
          event.preventDefault()
          ask(text, range)
        }}
      >
        <Select
          aria-label="Ready-made queries"
          value={SAMPLES.find(({ query }) => query === text)?.title ?? null}
          placeholder="Your own query"
          options={SAMPLES.map(({ title }) => ({ value: title, label: title }))}
          onChange={(title) => {
            const { query } = SAMPLES.find((one) => one.title === title)!
            setText(query)
            ask(query, range)
          }}
        />
        <textarea
          ref={box}
          className="ui-textarea mono lq-text"
          aria-label="Query"
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem === null ? undefined : problemId}
          spellCheck={false}
          maxLength={4_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              ask(text, range)
            }
          }}
        />
        <div className="lq-actions">
          <Button type="submit" variant="primary" size="sm">
            Run query
          </Button>
          <Segmented
            label="Lines looked at"
            value={range}
            options={[
              { value: 'run', label: 'Whole run' },
              { value: 'playhead', label: 'To playhead' },
            ]}
            onChange={(next) => {
              setRange(next)
              if (asked !== null) ask(asked.query, next)
            }}
          />
        </div>
      </form>
      <div className="lq-result">
        {problem !== null ? (
          <p className="lq-problem" role="alert" id={problemId}>
            {problem.text}{' '}
            <Button
              size="sm"
              variant="quiet"
              onClick={() => {
                box.current?.focus()
                box.current?.setSelectionRange(problem.at, problem.at + problem.length)
              }}
            >
              Show the place
            </Button>
          </p>
        ) : result === null ? (
          <EmptyState>
            {reading === null
              ? `Run the query to see its result. Ctrl Enter runs it too. Fields: ${FIELDS.join(', ')}.`
              : `${digits(reading)} lines read`}
          </EmptyState>
        ) : (
          <Result result={result} onJump={onJump} />
        )}
      </div>
    </div>
  )
}

function Result({ result, onJump }: { result: QueryResult; onJump: (position: number) => void }) {
  const [active, setActive] = useState(-1)
  const { columns, rows, scanned, matched, cut, times } = result
  const widths = columns.map((name) => WIDTHS[name] ?? 'minmax(96px, 1fr)').join(' ')
  const number = columns.map((_, n) => !times[n] && rows.length > 0 && rows.every(({ cells }) => isNumber(cells[n]!)))
  return (
    <>
      <p className="lq-count dim num" role="status">
        {digits(scanned)} lines scanned, {digits(matched)} matched, {digits(rows.length)}{' '}
        {rows.length === 1 ? 'row' : 'rows'}.{cut && ' More matched than are kept: add a filter.'}
        {scanned >= MOST_LINES &&
          ` Only the first ${digits(MOST_LINES)} lines were read: choose a function or a stream.`}
      </p>
      {rows.length === 0 ? (
        <EmptyState>No line matches the query. Loosen its filter.</EmptyState>
      ) : (
        <div className="lq-table" style={{ ['--vr-columns' as string]: widths }}>
          <VirtualRows
            label="Query result"
            count={rows.length}
            active={active}
            onActive={setActive}
            onChoose={(position) => {
              setActive(position)
              const { line } = rows[position]!
              if (line >= 0) onJump(line)
            }}
            header={columns.map((name, n) => (
              <span key={name} role="columnheader" className={number[n] ? 'vr-end' : undefined} title={name}>
                {name}
              </span>
            ))}
            render={(position) =>
              rows[position]!.cells.map((value, n) => {
                const text = textOf(value, times[n] === true)
                return (
                  <span key={columns[n]} role="gridcell" className={number[n] ? 'vr-end num' : 'mono'} title={text}>
                    {text}
                  </span>
                )
              })
            }
          />
        </div>
      )}
    </>
  )
}

const WIDTHS: { readonly [name: string]: string } = {
  '@timestamp': 'calc(76px * var(--type-scale))',
  '@message': 'minmax(240px, 4fr)',
  '@requestId': 'minmax(96px, calc(272px * var(--type-scale)))',
}
const isNumber = (value: Value): boolean => value === null || typeof value === 'number'

function textOf(value: Value, time: boolean): string {
  if (value === null) return ''
  if (typeof value !== 'number') return String(value)
  return time ? clock(value) : String(Math.round(value * 10_000) / 10_000)
}
