import { useState } from 'react'
import { PROFILES } from '../../model/facts'
import type { Json } from '../../model/scenario'
import { MAX_SECONDS, MAX_SEED } from '../../model/units'
import { Field } from '../../ui/Field'
import { Kbd } from '../../ui/Kbd'
import { NumberField } from '../../ui/NumberField'
import { Section } from '../../ui/Section'
import { Select } from '../../ui/Select'
import { TabPanel, Tabs } from '../../ui/Tabs'
import { TextArea } from '../../ui/TextArea'
import { ProblemItem } from '../problems/ProblemItem'
import { Header } from './Header'
import { setPatches } from './patches'
import type { InspectorProps } from './types'

type Props = Pick<InspectorProps, 'scenario' | 'problems' | 'onEdit' | 'onOpenCode'> & { readOnly: boolean }

/** Nothing is selected: the scenario itself. */
export function ScenarioPanel(props: Props) {
  const { scenario, problems, readOnly, onOpenCode } = props
  const [tab, setTab] = useState<'setup' | 'notes'>('setup')
  const own = problems.filter(({ path }) => !path.startsWith('/resources/'))
  const edit = (label: string, key: string, value: Json | undefined) =>
    props.onEdit(label, setPatches(scenario, [key], value), key)
  return (
    <>
      <Header
        glyph="file"
        name={scenario.name === '' ? 'Untitled' : scenario.name}
        typeLine="Scenario"
        onRename={readOnly ? undefined : (name) => edit('Rename the scenario', 'name', name)}
        entries={onOpenCode ? [{ label: 'Open as code', onSelect: onOpenCode }] : []}
      />
      <Tabs
        label="Scenario"
        className="insp-tabs"
        tabs={[
          { id: 'setup', label: 'Setup' },
          { id: 'notes', label: 'Notes' },
        ]}
        value={tab}
        onChange={setTab}
      >
        <TabPanel id="setup" className="insp-panel">
          {own.length > 0 && (
            <ol className="problem-list">
              {own.map((problem) => (
                <ProblemItem
                  key={problem.path + problem.message}
                  problem={problem}
                  scenario={scenario}
                  onFix={readOnly ? undefined : (fix) => props.onEdit(fix.title, fix.patches)}
                />
              ))}
            </ol>
          )}
          <RunSection {...props} edit={edit} />
          <Keys />
        </TabPanel>
        <TabPanel id="notes" className="insp-panel">
          <Section title="About">
            <Field label="Description" layout="stack" help="One or two sentences for the library.">
              <TextArea
                value={scenario.description ?? ''}
                rows={3}
                maxLength={500}
                disabled={readOnly}
                onCommit={(text) => edit('Description', 'description', text === '' ? undefined : text)}
              />
            </Field>
            <Field label="Notes" layout="stack">
              <TextArea
                value={scenario.notes ?? ''}
                rows={14}
                disabled={readOnly}
                placeholder="What to look at, what to try."
                onCommit={(text) => edit('Notes', 'notes', text === '' ? undefined : text)}
              />
            </Field>
          </Section>
        </TabPanel>
      </Tabs>
    </>
  )
}

function RunSection({
  scenario,
  readOnly,
  edit,
}: Props & { edit: (label: string, key: string, value: Json | undefined) => void }) {
  const names = Object.keys(PROFILES)
  const known = names.includes(scenario.profile) ? names : [scenario.profile, ...names]
  const says = PROFILES[scenario.profile]?.title ?? 'This profile is not known here'
  return (
    <Section title="Run">
      <div className="insp-run">
        <Field label="Profile" layout="narrow">
          <Select
            value={scenario.profile}
            options={known.map((value) => ({ value, label: value }))}
            disabled={readOnly}
            onChange={(profile) => edit('Profile', 'profile', profile)}
          />
        </Field>
        <Field label="Seed" layout="narrow">
          <NumberField
            value={scenario.seed}
            min={0}
            max={MAX_SEED}
            integer
            disabled={readOnly}
            onCommit={(seed) => edit('Seed', 'seed', seed)}
          />
        </Field>
        <Field label="Duration" layout="narrow">
          <NumberField
            value={scenario.duration}
            min={1}
            max={MAX_SECONDS}
            unit="s"
            step={10}
            disabled={readOnly}
            onCommit={(duration) => edit('Duration', 'duration', duration)}
          />
        </Field>
      </div>
      <p className="xs faint insp-hint">
        {scenario.profile}:{' '}
        {says.charAt(0).toLowerCase() === says.charAt(0) || says.startsWith('AWS') || says.startsWith('Lambda')
          ? says
          : says.charAt(0).toLowerCase() + says.slice(1)}
        .
      </p>
    </Section>
  )
}

const KEYS: readonly { readonly does: string; readonly keys: readonly string[] }[] = [
  { does: 'Place client, queue, function', keys: ['C', 'Q', 'F'] },
  { does: 'Connect from the selection', keys: ['W'] },
  { does: 'What the one or two selected reach', keys: ['R'] },
  { does: 'Find anything', keys: ['/'] },
  { does: 'Play, pause', keys: ['Space'] },
  { does: 'One event back, forward', keys: [',', '.'] },
  { does: 'Next, previous cold start', keys: ['J', 'Shift J'] },
  { does: 'JSON of a row of Events', keys: ['O'] },
]

function Keys() {
  return (
    <Section title="Keys" className="insp-last">
      <dl className="insp-keys">
        {KEYS.map(({ does, keys }) => (
          <div key={does}>
            <dt className="dim">{does}</dt>
            <dd className="row">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
