import type { LogicalId, Scenario } from '../../../model/scenario'
import { Field } from '../../../ui/Field'
import { Section } from '../../../ui/Section'
import { Select } from '../../../ui/Select'
import { nameOf } from '../words'
import { repoint, type Answer } from './edits'
import { callersOf, targetsOf } from './releases'

interface CallersProps {
  fn: LogicalId
  scenario: Scenario
  readOnly: boolean
  onApply: (answer: Answer) => boolean
}

/** Who calls the function, and as what: itself (`$LATEST`), an alias or a version. */
export function Callers({ fn, scenario, readOnly, onApply }: CallersProps) {
  const callers = callersOf(fn, scenario)
  const targets = targetsOf(fn, scenario)
  return (
    <Section title="Callers" end={<span className="xs faint num">{callers.length}</span>} className="insp-last">
      {callers.length === 0 && <p className="dim insp-hint">Nothing calls {nameOf(fn, scenario)}.</p>}
      {callers.map((caller) => (
        <Field key={caller.path} label={caller.name} layout="wide">
          <Select
            value={caller.to}
            options={targets}
            disabled={readOnly}
            onChange={(to) => to !== caller.to && onApply(repoint([caller], to, scenario))}
          />
        </Field>
      ))}
    </Section>
  )
}
