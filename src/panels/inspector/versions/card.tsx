import type { ReactNode } from 'react'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { Field } from '../../../ui/Field'
import { Glyph } from '../../../ui/glyphs'
import { NumberField } from '../../../ui/NumberField'
import { provision, type Answer } from './edits'
import { objectOf } from './releases'

export interface CardProps {
  id: LogicalId
  fn: LogicalId
  scenario: Scenario
  readOnly: boolean
  open: boolean
  onOpen: () => void
  onApply: (answer: Answer, key?: string) => boolean
}

/** A row that opens: a name, a line about it, what can be done at once at its end. */
export function Card(props: {
  name: string
  /** Spoken after the name: `alias`, `version`. */
  kind: string
  line: ReactNode
  end?: ReactNode
  open: boolean
  onOpen: () => void
  children: ReactNode
}) {
  const { name, kind, line, end, open, onOpen, children } = props
  return (
    <li className="insp-card">
      <div className="row">
        <button type="button" className="ui-disclosure grow ver-head" aria-expanded={open} onClick={onOpen}>
          <Glyph name="chevron" size={12} />
          <b className="strong truncate">{name}</b>
          <span className="visually-hidden">{kind}</span>
          <span className="dim truncate grow num">{line}</span>
        </button>
        {end}
      </div>
      {open && <div className="ver-body">{children}</div>}
    </li>
  )
}

/** Provisioned concurrency of a version or an alias; empty for none (LAM-46). */
export function Provisioned({ id, scenario, readOnly, onApply }: Omit<CardProps, 'fn' | 'open' | 'onOpen'>) {
  const kept = objectOf(scenario.resources[id]?.Properties?.['ProvisionedConcurrencyConfig'])
  const count = kept['ProvisionedConcurrentExecutions']
  return (
    <Field label="Provisioned concurrency" layout="narrow">
      <NumberField
        value={typeof count === 'number' ? count : undefined}
        min={1}
        max={1_000_000}
        integer
        placeholder="none"
        disabled={readOnly}
        onCommit={(next) => onApply(provision(id, next, scenario), `provision ${id}`)}
        onClear={() => onApply(provision(id, undefined, scenario))}
      />
    </Field>
  )
}
