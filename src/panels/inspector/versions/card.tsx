import type { ReactNode } from 'react'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { Glyph } from '../../../ui/glyphs'
import type { Clock, RunQueries } from '../types'
import type { Answer } from './edits'

export interface CardProps {
  id: LogicalId
  fn: LogicalId
  scenario: Scenario
  readOnly: boolean
  run: RunQueries
  playhead: Clock
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
