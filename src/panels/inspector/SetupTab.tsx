import { fields, pointer as pointerOf, type Field } from '../../gate'
import type { Json, JsonObject, LogicalId, Resource } from '../../model/scenario'
import { KINDS } from '../../services/kinds'
import { ROLE } from '../../services/roles'
import { Disclosure, Section } from '../../ui/Section'
import { StatementList } from './access/StatementList'
import { StepList } from './behavior/StepList'
import { stepsOf } from './estimate'
import { FormContext, type Form } from './form/form-context'
import { FormField } from './form/FormField'
import { hints } from './hints'
import { pointer, setPatches } from './patches'
import type { EditHandler, InspectorProps } from './types'
import { kindOf, nameOf } from './words'

type Props = Pick<InspectorProps, 'scenario' | 'problems' | 'onEdit' | 'onBuild'> & {
  id: LogicalId
  readOnly: boolean
  /** Properties that have a tab of their own. */
  elsewhere: readonly string[]
}

/** A choice with what there is to choose here; a wrong value that is written stays to be seen. */
function narrowed(field: Field, resource: Resource, scenario: InspectorProps['scenario']): Field {
  const values = KINDS[resource.Type]?.choices?.(field.name, resource, scenario) ?? null
  if (values === null) return field
  const written = resource.Behavior?.[field.name]
  const wrong = typeof written === 'string' && !values.includes(written) ? [written] : []
  return { ...field, values: [...values, ...wrong], default: values[0] }
}

/** Kept by the program: not edited by hand. */
const COUNTED = new Set(['published'])

/** The form of a resource: its properties, then what only a simulation needs. */
export function SetupTab({ id, scenario, problems, readOnly, onEdit, onBuild, elsewhere }: Props) {
  const resource = scenario.resources[id]
  if (resource === undefined) return null
  const properties = fields(resource.Type, 'Properties').filter(({ name }) => !elsewhere.includes(name))
  const behavior = fields(resource.Type, 'Behavior')
    .filter(({ name }) => !COUNTED.has(name))
    .map((field) => narrowed(field, resource, scenario))
  const form: Form = { scenario, owner: id, readOnly, problems, naming: 'name', onBuild }
  const steps = behavior.find(({ name }) => name === 'steps')
  const plain = behavior.filter((field) => field !== steps)
  const basic = properties.filter(({ group }) => group === 'basic')
  const more = properties.filter(({ group }) => group === 'advanced')
  const lines = hints(id, scenario)
  const isRole = resource.Type === ROLE
  return (
    <>
      {isRole && (
        <Section title="Statements">
          <StatementList role={id} scenario={scenario} readOnly={readOnly} onEdit={onEdit} />
        </Section>
      )}
      {(basic.length > 0 || (lines.length > 0 && plain.length === 0)) && !isRole && (
        <Section title="Configuration">
          <Part part="Properties" list={basic} form={form} onEdit={onEdit} />
          <Hints lines={lines} />
        </Section>
      )}
      {steps && (
        <FormContext value={{ ...form, naming: 'title' }}>
          <StepList
            field={steps}
            steps={stepsOf(id, scenario)}
            path={pointer(['resources', id, 'Behavior', 'steps'])}
            onChange={(next) =>
              onEdit(
                `Steps of ${nameOf(id, scenario)}`,
                setPatches(scenario, ['resources', id, 'Behavior', 'steps'], next),
              )
            }
          />
        </FormContext>
      )}
      <Behavior
        list={plain}
        basic={steps === undefined}
        form={form}
        onEdit={onEdit}
        lines={basic.length > 0 || steps ? [] : lines}
      />
      {more.length > 0 && (
        <Disclosure title={isRole ? 'More' : 'More properties'}>
          <Part part="Properties" list={more} form={form} onEdit={onEdit} />
        </Disclosure>
      )}
    </>
  )
}

function Behavior({
  list,
  basic,
  form,
  onEdit,
  lines,
}: {
  list: readonly Field[]
  basic: boolean
  form: Form
  onEdit: EditHandler
  lines: readonly string[]
}) {
  const first = basic ? list.filter(({ group }) => group === 'basic') : []
  const rest = list.filter((field) => !first.includes(field))
  const titled: Form = { ...form, naming: 'title' }
  return (
    <>
      {first.length > 0 && (
        <Section title="Behavior">
          <Part part="Behavior" list={first} form={titled} onEdit={onEdit} />
          <Hints lines={lines} />
        </Section>
      )}
      {rest.length > 0 && (
        <Disclosure title={basic ? 'More behavior' : 'Errors and cold starts'}>
          <Part part="Behavior" list={rest} form={titled} onEdit={onEdit} />
        </Disclosure>
      )}
    </>
  )
}

function Hints({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <p key={line} className="xs faint insp-hint num">
      {line}
    </p>
  ))
}

interface PartProps {
  part: 'Properties' | 'Behavior'
  list: readonly Field[]
  form: Form
  onEdit: EditHandler
}

function Part({ part, list, form, onEdit }: PartProps) {
  const { scenario, owner } = form
  const written: JsonObject = scenario.resources[owner]?.[part] ?? {}
  return (
    <FormContext value={form}>
      {list.map((field) => {
        const path = ['resources', owner, part, field.name]
        const change = (value: Json | undefined) =>
          onEdit(`${field.name} of ${nameOf(owner, scenario)}`, setPatches(scenario, path, value), pointerOf(path))
        return (
          <FormField
            key={`${owner} ${field.name}`}
            field={withAction(field, list, written, scenario)}
            value={written[field.name]}
            path={pointer(path)}
            onChange={change}
          />
        )
      })}
    </FormContext>
  )
}

/** `call` of a client is a choice of what its target answers. */
function withAction(field: Field, list: readonly Field[], written: JsonObject, scenario: Form['scenario']): Field {
  const target = list.find(({ answers }) => answers === field.name)
  const id = target === undefined ? undefined : written[target.name]
  const actions = typeof id === 'string' ? actionsOf(id, scenario) : []
  return actions.length === 0 ? field : { ...field, kind: 'enum', values: actions }
}

const actionsOf = (id: LogicalId, scenario: Form['scenario']): string[] =>
  Object.keys(kindOf(id, scenario)?.actions ?? {})
