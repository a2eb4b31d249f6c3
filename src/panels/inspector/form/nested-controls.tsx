/** Controls for objects and for values of one of several shapes. */
import { variantOf, type Field } from '../../../gate'
import { objectOf } from '../../../model/json'
import type { Json, JsonObject } from '../../../model/scenario'
import { KINDS } from '../../../services/kinds'
import { Button } from '../../../ui/Button'
import { Select } from '../../../ui/Select'
import { blank, switched } from './field-words'
import { FormRow } from './FormRow'
import { labelOf, NestedField, useForm, type ControlProps } from './form-context'

/** An object that may be absent: `Add` writes its least, `Remove` takes it away. */
export function ObjectControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const label = labelOf(field, form)
  if (value === undefined && field.default === undefined && !field.required) {
    return (
      <FormRow field={field} path={`${path}#`} layout="narrow">
        <Button
          size="sm"
          glyph="add"
          aria-label={`Add ${label}`}
          disabled={form.readOnly}
          onClick={() => onChange(blank(field, form.scenario))}
        >
          Add
        </Button>
      </FormRow>
    )
  }
  const remove = value === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={`${path}#`} layout="stack" onReset={remove}>
      <div className="insp-nested">
        <ObjectFields field={field} value={value} path={path} onChange={onChange} />
        {remove && !form.readOnly && (
          <Button size="sm" variant="quiet" glyph="close" aria-label={`Remove ${label}`} onClick={remove}>
            Remove
          </Button>
        )}
      </div>
    </FormRow>
  )
}

/** The controls of an object's fields, basic ones first. `skip`: names shown elsewhere. */
function ObjectFields({ field, value, path, onChange, skip = [] }: ControlProps & { skip?: readonly string[] }) {
  const { scenario } = useForm()
  const object = objectOf(value)
  const set = (name: string, next: Json | undefined) => {
    const { [name]: _, ...others } = object
    onChange(next === undefined ? others : { ...object, [name]: next })
  }
  const shown = (field.fields ?? []).filter((child) => !skip.includes(child.name))
  const sorted = [...shown.filter(({ group }) => group === 'basic'), ...shown.filter(({ group }) => group !== 'basic')]
  return sorted.map((child) => (
    <NestedField
      key={child.name}
      field={withActions(child, field, object, (id) => scenario.resources[id]?.Type)}
      value={object[child.name]}
      path={`${path}/${child.name}`}
      onChange={(next) => set(child.name, next)}
    />
  ))
}

/** A text that names an action becomes a choice of what the target, named by a sibling, answers. */
function withActions(
  child: Field,
  parent: Field,
  object: JsonObject,
  typeOf: (id: string) => string | undefined,
): Field {
  const sibling = parent.fields?.find(({ answers }) => answers === child.name)
  const target = sibling === undefined ? undefined : object[sibling.name]
  if (typeof target !== 'string') return child
  const actions = Object.keys(KINDS[typeOf(target) ?? '']?.actions ?? {})
  return actions.length === 0 ? child : { ...child, kind: 'enum', values: actions }
}

/** One of several shapes: a choice of the shape, then its fields. */
export function VariantControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const variants = field.variants ?? []
  const chosen = variantOf(field, value)
  return (
    <>
      <FormRow field={field} path={`${path}#`} layout="wide">
        <Select
          value={chosen?.name ?? null}
          options={variants.map(({ name, title }) => ({ value: name, label: title }))}
          disabled={form.readOnly}
          onChange={(name) => onChange(switched(field, value, name, form.scenario))}
        />
      </FormRow>
      {chosen && (
        <ObjectFields
          field={chosen.field}
          value={value}
          path={path}
          onChange={onChange}
          skip={field.discriminator === undefined ? [] : [field.discriminator]}
        />
      )}
    </>
  )
}
