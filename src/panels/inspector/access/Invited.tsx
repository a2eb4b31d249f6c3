import type { LogicalId, Scenario } from '../../../model/scenario'
import { withInvitation } from '../../../services/invitations'
import { Button } from '../../../ui/Button'
import { Glyph } from '../../../ui/glyphs'
import { Section } from '../../../ui/Section'
import { resourcePatches } from '../patches'
import type { EditHandler } from '../types'
import { nameOf } from '../words'
import { callersOf, statementsAbout } from './callers'

interface InvitedProps {
  id: LogicalId
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
  onOpen: (id: LogicalId) => void
}

/** Who may invoke the function: its resource policy, and what it says to the services that call it. */
export function Invited({ id, scenario, readOnly, onEdit, onOpen }: InvitedProps) {
  const callers = callersOf(id, scenario)
  const statements = statementsAbout(id, scenario)
  if (callers.length === 0 && statements.length === 0) return null
  return (
    <Section title="Who may invoke it?">
      <ul className="insp-verdicts">
        {callers.map(({ call, by, allowed }) => (
          <li key={`${by.source} ${call.to}`} className="insp-verdict" data-good={allowed}>
            <Glyph name={allowed ? 'ok' : 'error'} label={allowed ? 'May' : 'May not'} />
            <div className="grow">
              <p>
                <span className="medium">{nameOf(by.source, scenario)}</span>{' '}
                <span className="dim">on {nameOf(call.to, scenario)}</span>
              </p>
              <p className="xs dim">
                {allowed ? 'A statement lets it.' : `No statement for ${by.service} on exactly this name.`}
              </p>
            </div>
            {!allowed && !readOnly && (
              <Button
                size="sm"
                aria-label={`Let ${nameOf(by.source, scenario)} invoke ${nameOf(call.to, scenario)}`}
                onClick={() =>
                  onEdit(
                    `Let ${nameOf(by.source, scenario)} invoke ${nameOf(call.to, scenario)}`,
                    resourcePatches(scenario, withInvitation(scenario, call.to, by)),
                  )
                }
              >
                Allow
              </Button>
            )}
          </li>
        ))}
        {statements.map(({ id: statement, text }) => (
          <li key={statement} className="insp-verdict">
            <Glyph name="role" />
            <p className="grow xs">{text}</p>
            <Button size="sm" variant="quiet" aria-label={`Open ${statement}`} onClick={() => onOpen(statement)}>
              Open
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
