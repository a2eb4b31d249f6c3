import { ROLE, roleOf } from '../../../services/roles'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { Combobox } from '../../../ui/Combobox'
import { EmptyState } from '../../../ui/EmptyState'
import { Field } from '../../../ui/Field'
import { Glyph } from '../../../ui/glyphs'
import { Section } from '../../../ui/Section'
import { setPatches } from '../patches'
import type { EditHandler } from '../types'
import { nameOf } from '../words'
import { Invited } from './Invited'
import { accessOf, grantAll, grantLabel, type Access } from './calls'
import { StatementList } from './StatementList'

interface AccessTabProps {
  id: LogicalId
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
  onOpen: (id: LogicalId) => void
}

/** What a function may do: its role, the verdict on every call it makes, and the statements that decide. */
export function AccessTab({ id, scenario, readOnly, onEdit, onOpen }: AccessTabProps) {
  const resource = scenario.resources[id]
  const role = resource === undefined ? null : roleOf(resource)
  const known = role !== null && scenario.resources[role]?.Type === ROLE
  const access = accessOf(id, scenario)
  const missing = access.filter((entry) => entry.grant.length > 0)
  const roles = Object.keys(scenario.resources).filter((other) => scenario.resources[other]?.Type === ROLE)
  return (
    <>
      <Section
        title="May it?"
        end={
          missing.length > 1 && !readOnly ? (
            <Button
              size="sm"
              onClick={() =>
                onEdit(`Grant ${missing.length} permissions to ${nameOf(id, scenario)}`, grantAll(id, scenario))
              }
            >
              Grant all {missing.length}
            </Button>
          ) : undefined
        }
      >
        {access.length === 0 ? (
          <p className="xs dim">{nameOf(id, scenario)} makes no call that needs permission.</p>
        ) : (
          <ul className="insp-verdicts">
            {access.map((entry) => (
              <AccessRow
                key={`${entry.call.iam} ${entry.call.to}`}
                entry={entry}
                scenario={scenario}
                readOnly={readOnly}
                onEdit={onEdit}
              />
            ))}
          </ul>
        )}
      </Section>
      <Invited id={id} scenario={scenario} readOnly={readOnly} onEdit={onEdit} onOpen={onOpen} />
      <Section
        title="Role"
        glyph="role"
        end={
          known && role !== null ? (
            <Button size="sm" variant="quiet" onClick={() => onOpen(role)}>
              Open
            </Button>
          ) : undefined
        }
      >
        <Field label="Role" layout="wide">
          <Combobox
            value={role}
            options={(role === null || roles.includes(role) ? roles : [role, ...roles]).map((value) => ({
              value,
              label: nameOf(value, scenario),
              glyph: 'role',
            }))}
            placeholder="none"
            emptyText="There is no role yet. Granting a call makes one."
            disabled={readOnly}
            onChange={(next) =>
              onEdit(
                `Role of ${nameOf(id, scenario)}`,
                setPatches(scenario, ['resources', id, 'Properties', 'Role'], next),
              )
            }
          />
        </Field>
        {known && role !== null ? (
          <StatementList role={role} scenario={scenario} readOnly={readOnly} onEdit={onEdit} />
        ) : (
          <EmptyState>Without a role every call that needs permission is denied.</EmptyState>
        )}
      </Section>
    </>
  )
}

const BY: { readonly [by in Access['call']['by']]: string } = {
  code: '',
  pollers: ', by the pollers',
  failures: ', for failed events',
  records: ', for records of finished events',
}

function AccessRow({
  entry,
  scenario,
  readOnly,
  onEdit,
}: {
  entry: Access
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
}) {
  const { call, allowed, why, grant } = entry
  return (
    <li className="insp-verdict" data-good={allowed}>
      <Glyph name={allowed ? 'ok' : 'error'} label={allowed ? 'May' : 'May not'} />
      <div className="grow">
        <p>
          <span className="medium">{call.iam}</span>{' '}
          <span className="dim">
            on {nameOf(call.to, scenario)}
            {BY[call.by]}
          </span>
        </p>
        <p className="xs dim">{why}</p>
      </div>
      {grant.length > 0 && !readOnly && (
        <Button
          size="sm"
          aria-label={grantLabel(call, scenario)}
          onClick={() => onEdit(grantLabel(call, scenario), grant)}
        >
          Grant
        </Button>
      )}
    </li>
  )
}
