import { useState } from 'react'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { MAX_SECONDS } from '../../../model/units'
import { Button } from '../../../ui/Button'
import { Field } from '../../../ui/Field'
import { NumberField } from '../../../ui/NumberField'
import { Section } from '../../../ui/Section'
import { Switch } from '../../../ui/Switch'
import type { Clock, InspectorProps } from '../types'
import { useNow } from '../use-now'
import { nameOf } from '../words'
import { archivedUntil, hindrance, replayAt, rulesFor } from './replay'

interface ReplayProps {
  id: LogicalId
  scenario: Scenario
  playhead: Clock
  onIntervene: InspectorProps['onIntervene']
}

/** Starts a replay of an archive at the playhead: which events, and for which rules. */
export default function Replay({ id, scenario, playhead, onIntervene }: ReplayProps) {
  const now = useNow(playhead)
  const [from, setFrom] = useState(0)
  const [until, setUntil] = useState<number | null>(null)
  const [left, leave] = useState<readonly LogicalId[]>([])
  const archived = archivedUntil(now, scenario)
  const to = until ?? archived
  const rules = rulesFor(id, scenario)
  const chosen = rules.filter((rule) => !left.includes(rule))
  const problem =
    hindrance(id, now, from, to, scenario) ??
    (rules.length > 0 && chosen.length === 0 ? 'No rule would get the events. Choose one.' : null)
  const range = { integer: true, min: 0, max: MAX_SECONDS, unit: 's' }
  return (
    <Section title="Replay">
      <Field label="From" layout="narrow">
        <NumberField {...range} value={from} onCommit={setFrom} />
      </Field>
      <Field label="To" layout="narrow" help={`In the archive now: what came before ${archived} s (EB-15).`}>
        <NumberField {...range} value={to} onCommit={setUntil} onClear={() => setUntil(null)} />
      </Field>
      {rules.map((rule) => (
        <Field key={rule} label={nameOf(rule, scenario)} layout="narrow">
          <Switch
            checked={!left.includes(rule)}
            onChange={(on) => leave(on ? left.filter((other) => other !== rule) : [...left, rule])}
          />
        </Field>
      ))}
      {problem !== null && <p className="xs dim insp-hint">{problem}</p>}
      <div className="insp-fixes">
        <Button
          size="sm"
          glyph="play"
          disabled={problem !== null}
          onClick={() =>
            onIntervene(replayAt(id, playhead.get(), { from, to, rules: left.length === 0 ? [] : chosen }))
          }
        >
          Replay now
        </Button>
      </div>
    </Section>
  )
}
