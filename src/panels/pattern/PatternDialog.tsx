import { useMemo, useRef, useState } from 'react'
import type { Json, LogicalId, Scenario } from '../../model/scenario'
import type { RunStore } from '../../state/run/runStore'
import { announce } from '../../ui/announce'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Glyph } from '../../ui/glyphs'
import { Kbd } from '../../ui/Kbd'
import { Select } from '../../ui/Select'
import { pointer, setPatches, valueAt } from '../inspector/patches'
import type { Building, EditHandler } from '../inspector/types'
import { nameOf } from '../inspector/words'
import { draftOf, keepDraft } from './drafts'
import { laidOut, patternFrom } from './from-event'
import { PatternText, type PatternTextHandle } from './PatternText'
import { readPattern } from './read-pattern'
import { consequence, rulesOf, subjectOf } from './subject'
import { TestPane } from './TestPane'
import { unmatchedRow } from './tested'
import { useAsked, useRecorded, useSamples } from './use-tested'
import { nearestRule } from './verdicts'
import './pattern.css'

export interface PatternDialogProps {
  building: Building
  scenario: Scenario
  run: RunStore
  /** Where the playhead stands (µs). */
  now: number
  readOnly: boolean
  onEdit: EditHandler
  onClose: () => void
  /** Gets the focus when it closes. */
  door: () => HTMLElement | null
}

/** A pattern beside the events it is tested against. For a bus, the pattern of one of its rules. */
export default function PatternDialog(props: PatternDialogProps) {
  const { building, scenario, run, now, onClose, door } = props
  const isBus = building.path === ''
  const [row] = useState(() => building.row ?? (isBus ? unmatchedRow(run, building.resource, now) : null))
  const rules = useMemo(() => (isBus ? rulesOf(building.resource, scenario) : []), [isBus, building.resource, scenario])
  const [picked, setPicked] = useState<LogicalId | null>(null)
  const asked = useAsked(run, building.resource, isBus ? row : null, scenario.seed)
  const nearest = useMemo(
    () => (asked == null ? undefined : nearestRule(rules, scenario, asked)),
    [rules, scenario, asked],
  )
  const resource = isBus ? (picked ?? nearest ?? rules[0]) : building.resource
  const path = isBus ? pointer(['resources', resource ?? '', 'Properties', 'EventPattern']) : building.path
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={resource === undefined ? 'Pattern' : `Pattern of ${nameOf(resource, scenario)}`}
      description={resource === undefined ? undefined : consequence(resource, scenario)}
      width={1180}
      finalFocus={door}
    >
      {asked === undefined ? (
        <p className="pattern-wait">The event is being read.</p>
      ) : resource === undefined ? (
        <p>{nameOf(building.resource, scenario)} has no rule with a pattern yet. Add a rule to it first.</p>
      ) : (
        <Editor key={path} {...props} resource={resource} path={path} row={row} rules={rules} onRule={setPicked} />
      )}
    </Dialog>
  )
}

interface EditorProps extends PatternDialogProps {
  resource: LogicalId
  path: string
  row: number | null
  rules: readonly LogicalId[]
  onRule: (rule: LogicalId) => void
}

function Editor(props: EditorProps) {
  const { resource, path, row, scenario, run, now, readOnly, rules, onRule, onEdit, onClose } = props
  const keys = useMemo(() => keysOf(path), [path])
  const value = valueAt(scenario, keys) as Json | undefined
  const base = useMemo(() => textOf(value), [value])
  const [draft] = useState(() => draftOf(path, base))
  const [text, setText] = useState(draft ?? base)
  const subject = useMemo(() => subjectOf(resource, scenario), [resource, scenario])
  const { characters } = subject
  const reading = useMemo(() => readPattern(text, characters.most), [text, characters])
  const editor = useRef<PatternTextHandle>(null)

  const recorded = useRecorded(run, subject, row === null ? now : run.timeOfRow(row), scenario.seed)
  const library = useSamples(subject)
  const events = useMemo(
    () => [...(recorded?.events ?? []), ...(library ?? [])].map(({ event }) => event),
    [recorded, library],
  )
  const first = row === null ? '' : `${row}.`
  const change = (next: string): void => {
    setText(next)
    keepDraft(path, base, next)
  }
  const applies = reading.ok && !readOnly && text !== base
  const apply = (): void => {
    if (!reading.ok || !applies) return
    // what was JSON in a text stays JSON in a text, as CloudFormation has it in filters of a mapping
    const written: Json = typeof value === 'string' ? JSON.stringify(reading.value) : reading.value
    onEdit(`Pattern of ${nameOf(resource, scenario)}`, setPatches(scenario, keys, written))
    keepDraft(path, base, base)
    announce(`Wrote the pattern of ${nameOf(resource, scenario)}`)
    onClose()
  }
  return (
    // Ctrl+Enter applies wherever the focus is
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="pattern"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        apply()
      }}
    >
      <div className="pattern-pane">
        <div className="pattern-bar">
          {rules.length > 1 ? (
            <Select
              aria-label="Rule"
              className="pattern-rule"
              value={resource}
              options={rules.map((id) => ({ value: id, label: nameOf(id, scenario) }))}
              onChange={onRule}
            />
          ) : (
            <h3 className="strong">Pattern</h3>
          )}
          <p className="grow xs faint pattern-count">
            <Kbd>Ctrl+Space</Kbd> completes
          </p>
        </div>
        <PatternText
          ref={editor}
          text={text}
          reading={reading}
          events={events}
          readOnly={readOnly}
          label={`Pattern of ${nameOf(resource, scenario)}, JSON`}
          onText={change}
        />
        <p className="pattern-state xs" role="status" data-ok={reading.ok}>
          <Glyph name={reading.ok ? 'ok' : 'error'} size={14} />
          <span className="grow">{reading.ok ? validWords(reading.value, characters.usual) : reading.message}</span>
        </p>
        <div className="pattern-foot">
          {text !== base && !readOnly && (
            <>
              <span className="xs dim grow">Not applied. It is kept while the page is open.</span>
              <Button variant="quiet" onClick={() => editor.current?.write(base)}>
                Take it back
              </Button>
            </>
          )}
          <Button variant="primary" disabled={!applies} title="Ctrl+Enter" onClick={apply}>
            Apply
          </Button>
        </div>
      </div>
      <TestPane
        noun={subject.noun}
        at={subject.at === null ? 'it' : nameOf(subject.at, scenario)}
        pattern={reading.ok ? reading.pattern : null}
        recorded={recorded}
        library={library}
        first={first}
        readOnly={readOnly}
        onPatternFrom={(event, chosen) => {
          editor.current?.write(laidOut(patternFrom(event, chosen)))
          editor.current?.focus()
        }}
      />
    </div>
  )
}

function validWords(value: Json, usual: number): string {
  const { length } = JSON.stringify(value)
  if (usual === Infinity) return 'Valid.'
  const of = usual.toLocaleString('en-GB')
  const has = length.toLocaleString('en-GB')
  return length <= usual
    ? `Valid, ${has} of ${of} characters.`
    : `Valid, but ${has} characters: AWS grants ${of} unless the quota is raised.`
}

const keysOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** A pattern as text; one that is a text already is laid out when it can be read. */
function textOf(value: Json | undefined): string {
  if (value === undefined) return '{\n  \n}'
  if (typeof value !== 'string') return laidOut(value)
  try {
    return laidOut(JSON.parse(value) as Json)
  } catch {
    return value
  }
}
