import { FieldContext, useFieldControl } from '../../../ui/field-context'
import { Switch } from '../../../ui/Switch'
import { FormRow } from './FormRow'
import { useForm, type ControlProps } from './form-context'

type Value = string | number | boolean

/** A list that holds each of a few values at most once: a switch for each. */
export function ChoicesControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const written = value ?? field.default
  const chosen: readonly unknown[] = Array.isArray(written) ? written : []
  const values = field.item?.values ?? []
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  const choose = (one: Value, on: boolean) => {
    const next = values.filter((each) => (each === one ? on : chosen.includes(each)))
    onChange(next.length === 0 && !field.required ? undefined : next)
  }
  return (
    <FormRow field={field} path={path} layout="stack" onReset={reset}>
      <Choices values={values} chosen={chosen} disabled={form.readOnly} onChoose={choose} />
    </FormRow>
  )
}

interface ChoicesProps {
  values: readonly Value[]
  chosen: readonly unknown[]
  disabled: boolean
  onChoose: (value: Value, on: boolean) => void
}

function Choices({ values, chosen, disabled, onChoose }: ChoicesProps) {
  const field = useFieldControl()
  return (
    <div role="group" aria-labelledby={field?.labelId} aria-describedby={field?.describedBy} className="insp-choices">
      {/* each switch names itself: the label of the field is that of the group */}
      <FieldContext value={null}>
        {values.map((each) => (
          <Switch
            key={String(each)}
            checked={chosen.includes(each)}
            label={String(each)}
            disabled={disabled}
            onChange={(on) => onChoose(each, on)}
          />
        ))}
      </FieldContext>
    </div>
  )
}
