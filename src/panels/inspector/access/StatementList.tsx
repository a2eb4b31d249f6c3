import { useState } from 'react'
import { policyProblems, statementsOf, type Statement } from '../../../iam'
import type { Json, LogicalId, Scenario } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { Field } from '../../../ui/Field'
import { Glyph } from '../../../ui/glyphs'
import { IconButton } from '../../../ui/IconButton'
import { Segmented } from '../../../ui/Segmented'
import { TextField } from '../../../ui/TextField'
import { parsePointer } from '../../../gate'
import { setPatches, valueAt } from '../patches'
import type { EditHandler, Patch } from '../types'
import { actionProblem, readPatterns } from './calls'

interface StatementListProps {
  role: LogicalId
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
}

/** The statements of a role: allow or deny, which actions, on what. */
export function StatementList({ role, scenario, readOnly, onEdit }: StatementListProps) {
  const [open, setOpen] = useState<string | null>(null)
  const resource = scenario.resources[role]
  if (resource === undefined) return null
  const statements = statementsOf(resource)
  const problems = policyProblems(resource)
  const pathOf = (statement: Statement) => ['resources', role, ...parsePointer(statement.path).map(indexed)]
  const write = (statement: Statement, key: string, value: Json) =>
    onEdit(`${key} of a statement of ${role}`, setPatches(scenario, [...pathOf(statement), key], value))

  return (
    <>
      <ol className="insp-list" aria-label={`Statements of ${role}`}>
        {statements.map((statement, index) => {
          const shown = open === statement.path
          const name = statement.sid ?? `Statement ${index + 1}`
          const plain = !statement.notActions && !statement.notResources
          return (
            <li key={statement.path} className="insp-card">
              <div className="row">
                <button
                  type="button"
                  className="ui-disclosure grow"
                  aria-expanded={shown}
                  onClick={() => setOpen(shown ? null : statement.path)}
                >
                  <Glyph name="chevron" size={12} />
                  <span className="insp-effect" data-effect={statement.effect}>
                    <Glyph name={statement.effect === 'Allow' ? 'ok' : 'error'} size={14} />
                    {statement.effect === 'Allow' ? 'May' : 'May not'}
                  </span>
                  <span className="truncate">{statementText(statement)}</span>
                </button>
                {!readOnly && (
                  <IconButton
                    glyph="close"
                    size="sm"
                    label={`Remove ${name}`}
                    onClick={() => onEdit(`Remove ${name} from ${role}`, removal(scenario, role, statement))}
                  />
                )}
              </div>
              {shown && !plain && <p className="xs dim">NotAction and NotResource are edited in Code.</p>}
              {shown && plain && (
                <div className="insp-nested">
                  <Segmented
                    label="Effect"
                    value={statement.effect}
                    options={[
                      { value: 'Allow', label: 'Allow' },
                      { value: 'Deny', label: 'Deny' },
                    ]}
                    disabled={readOnly}
                    onChange={(effect) => write(statement, 'Effect', effect)}
                  />
                  <Field label="Action" layout="stack">
                    <TextField
                      value={statement.actions.join(', ')}
                      disabled={readOnly}
                      validate={actionProblem}
                      onCommit={(text) => write(statement, 'Action', readPatterns(text))}
                    />
                  </Field>
                  <Field label="Resource" layout="stack">
                    <TextField
                      value={statement.resources.join(', ')}
                      disabled={readOnly}
                      validate={(text) =>
                        readPatterns(text).length === 0 ? 'Name at least one resource, or * for all.' : undefined
                      }
                      onCommit={(text) => write(statement, 'Resource', readPatterns(text))}
                    />
                  </Field>
                </div>
              )}
            </li>
          )
        })}
      </ol>
      {statements.length === 0 && <p className="xs dim insp-hint">{role} allows nothing.</p>}
      {problems.map(({ path, message }) => (
        <p key={`${path} ${message}`} className="ui-field-error">
          <Glyph name="error" size={12} />
          {message}
        </p>
      ))}
      {!readOnly && (
        <Button size="sm" glyph="add" onClick={() => onEdit(`Add a statement to ${role}`, addition(scenario, role))}>
          Add statement
        </Button>
      )}
    </>
  )
}

const indexed = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part)

function statementText(statement: Statement): string {
  const actions = `${statement.notActions ? 'all but ' : ''}${statement.actions.join(', ')}`
  return `${actions} on ${statement.notResources ? 'all but ' : ''}${statement.resources.join(', ')}`
}

/** Removes a statement; a policy left without one goes too. */
function removal(scenario: Scenario, role: LogicalId, statement: Statement): Patch[] {
  const path = ['resources', role, ...parsePointer(statement.path).map(indexed)]
  const list = valueAt(scenario, path.slice(0, -1))
  if (Array.isArray(list) && list.length > 1) return setPatches(scenario, path, undefined)
  // path: resources, role, Properties, Policies, index, PolicyDocument, Statement[, index]
  return setPatches(scenario, path.slice(0, 5), undefined)
}

function addition(scenario: Scenario, role: LogicalId): Patch[] {
  const statement = { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['*'] }
  const policies = valueAt(scenario, ['resources', role, 'Properties', 'Policies'])
  const list = Array.isArray(policies) ? policies : []
  const at = list.findIndex((_, index) => Array.isArray(valueAt(policies, [index, 'PolicyDocument', 'Statement'])))
  if (at >= 0)
    return [
      { op: 'add', path: `/resources/${role}/Properties/Policies/${at}/PolicyDocument/Statement/-`, value: statement },
    ]
  const policy = {
    PolicyName: list.length === 0 ? 'Own' : `Own${list.length + 1}`,
    PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
  }
  return setPatches(scenario, ['resources', role, 'Properties', 'Policies'], [...list, policy])
}
