import { useDeferredValue, useMemo } from 'react'
import { SAMPLES } from '../../../events/samples'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { previewOf, type Preview } from '../../../services/call-preview'
import { PLACEHOLDERS } from '../../../services/template'
import { clock } from '../../../state/run/clock'
import { Combobox } from '../../../ui/Combobox'
import { Section } from '../../../ui/Section'
import { setPatches } from '../patches'
import type { EditHandler } from '../types'
import { nameOf } from '../words'
import { bodyOf, samplesFor } from './samples'

/** Calls shown beforehand. */
const SHOWN = 3

interface ClientContentProps {
  id: LogicalId
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
}

/** What the calls of a client carry: a body from the library of samples, and the first calls with their placeholders filled in. */
export default function ClientContent({ id, scenario, readOnly, onEdit }: ClientContentProps) {
  const call = scenario.resources[id]?.Behavior?.['call']
  const samples = useMemo(() => samplesFor(SAMPLES, call), [call])
  const settled = useDeferredValue(scenario)
  const calls = useMemo(() => previewOf(id, settled, SHOWN), [id, settled])
  const options = samples.map((sample) => ({
    value: sample.id,
    label: sample.title,
    group: sample.service,
    keywords: `${sample.source ?? ''} ${sample.detailType ?? ''}`,
  }))
  return (
    <Section title="What calls carry" className="insp-carry">
      {!readOnly && (
        <Combobox
          aria-label="Body from sample"
          placeholder="From sample…"
          value={null}
          options={options}
          emptyText="No sample matches."
          onChange={(chosen) => {
            const sample = samples.find((one) => one.id === chosen)
            if (sample === undefined) return
            const path = ['resources', id, 'Behavior', 'body']
            onEdit(`Body of ${nameOf(id, scenario)}`, setPatches(scenario, path, bodyOf(sample, call)))
          }}
        />
      )}
      {calls.length === 1 ? (
        <p className="xs dim insp-hint">
          Every call carries the same. Placeholders make each its own:{' '}
          <span className="mono">{PLACEHOLDERS.join(' ')}</span>
        </p>
      ) : (
        <ol className="insp-calls">
          {calls.map((it, i) => (
            <li key={i}>
              <p className="xs dim num">{headOf(it, i + 1)}</p>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
              <pre className="mono xs" tabIndex={0} aria-label={`Call ${i + 1}`}>
                {it.text ?? JSON.stringify(it.body, null, 2)}
              </pre>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function headOf({ at, group, deduplication }: Preview, n: number): string {
  const when = at === Infinity ? 'when you say so' : `at ${clock(at)}`
  const more = [group && `key ${group}`, deduplication && `id ${deduplication}`].filter(Boolean)
  return [`Call ${n} ${when}`, ...more].join(', ')
}
