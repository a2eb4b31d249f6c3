import { useMemo, useState } from 'react'
import type { Scenario } from '../../../model/scenario'
import type { Fix } from '../../../services/service'
import { Combobox } from '../../../ui/Combobox'
import { EmptyState } from '../../../ui/EmptyState'
import { Segmented } from '../../../ui/Segmented'
import { Select } from '../../../ui/Select'
import { TextField } from '../../../ui/TextField'
import type { Player } from '../../../player/player'
import { clock, digits } from '../../../state/run/clock'
import type { Words } from '../../../state/run/describe'
import type { Documents } from '../../../state/run/logs/documents'
import type { LogFilter } from '../../../state/run/logs/logView'
import type { RunStore } from '../../../state/run/runStore'
import type { Selection } from '../timeline/Timeline'
import { Lines } from './Lines'
import { Query } from './Query'
import { Silent } from './Silent'
import { streamsOf } from './streams'
import { useDocuments, useRunLogs } from './useRunLogs'
import './logs.css'

export interface LogsProps {
  store: RunStore
  player: Player
  words: Words
  /** What is simulated, defaults filled in; null before the first run. */
  scenario: Scenario | null
  onSelect?: ((selection: Selection) => void) | undefined
  /** Opens the causal chain of a row. */
  onWhy: (row: number) => void
  /** Applies a fix; absent where nothing may be edited. */
  onFix?: ((fix: Fix) => void) | undefined
}

/** No logical id: those start with a letter. */
const ALL = '*'
const NONE_YET = 'No logs yet. A function writes them when it is invoked.'

/** What functions wrote, by log group and stream (LAM-28, LAM-29), as lines and as answers to queries. */
export default function Logs(props: LogsProps) {
  const documents = useDocuments(props.scenario)
  if (documents === null) return <EmptyState>{NONE_YET}</EmptyState>
  return <Book {...props} documents={documents} />
}

function Book({ store, player, words, documents, onSelect, onWhy, onFix }: LogsProps & { documents: Documents }) {
  const writer = useRunLogs(store, documents)
  const [mode, setMode] = useState<'lines' | 'query'>('lines')
  const [group, setGroup] = useState(ALL)
  const [stream, setStream] = useState(ALL)
  const [text, setText] = useState('')
  const groups = useMemo(() => {
    const functions = documents.functions()
    return [
      { value: ALL, label: 'All log groups' },
      ...functions.filter(({ id, own }) => id === own).map(({ id, group: label }) => ({ value: id, label })),
    ]
  }, [documents])
  const resources = useMemo(() => {
    const own = documents.functions().filter(({ id }) => id === group)
    return group === ALL ? null : new Set(own.map((code) => code.own))
  }, [documents, group])
  const born = store.entities.length
  const streams = useMemo(
    () => streamsOf(store, writer, documents, resources),
    // `born`: environments are added in place
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [store, writer, documents, resources, born],
  )
  const entity = stream === ALL ? -1 : Number(stream)
  const filter = useMemo(
    (): LogFilter => ({ resources, entity, text: mode === 'lines' ? text : '' }),
    [resources, entity, text, mode],
  )
  const jump = (position: number): void => {
    const { at, resource, entity: from } = writer.line(position)
    player.send({ type: 'seek', at })
    onSelect?.({ resource: writer.code(position)?.id ?? resource, entity: from, row: -1 })
  }
  const { index } = writer
  const beginning = index.source.from
  return (
    <div className="lg">
      <div className="lg-bar">
        <Segmented
          label="View"
          value={mode}
          options={[
            { value: 'lines', label: 'Lines' },
            { value: 'query', label: 'Query' },
          ]}
          onChange={setMode}
        />
        <Select
          aria-label="Log group"
          className="lg-group"
          value={group}
          options={groups}
          onChange={(next) => {
            setGroup(next)
            setStream(ALL)
          }}
        />
        <div className="lg-stream">
          <Combobox
            aria-label="Log stream"
            value={stream}
            options={[{ value: ALL, label: 'All streams' }, ...streams]}
            emptyText="No stream of that name."
            onChange={setStream}
          />
        </div>
        {mode === 'lines' && (
          <TextField
            aria-label="Find in logs"
            className="lg-find"
            type="search"
            glyph="search"
            placeholder="Find"
            value={text}
            onInput={setText}
          />
        )}
        <span className="lg-count num dim" role="status">
          {digits(index.length)} {index.length === 1 ? 'line' : 'lines'}
          {index.complete ? '' : ' so far'}
          {beginning > 0 && ` from ${clock(beginning)}`}
        </span>
      </div>
      <Silent silent={index.silent} documents={documents} words={words} onFix={onFix} />
      {mode === 'lines' ? (
        <Lines
          writer={writer}
          filter={filter}
          player={player}
          words={words}
          empty={index.silent.size > 0 ? 'No line was written. The roles above may not write logs.' : NONE_YET}
          onJump={jump}
          onWhy={onWhy}
        />
      ) : (
        <Query writer={writer} filter={filter} player={player} onJump={jump} />
      )}
    </div>
  )
}
