/** Controls that name other resources. */
import { KINDS } from '../../../services/kinds'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { ownerOf } from '../../../drawing'
import { Combobox, type ComboboxOption } from '../../../ui/Combobox'
import { IconButton } from '../../../ui/IconButton'
import { Glyph } from '../../../ui/glyphs'
import type { Field } from '../../../gate'
import { glyphOf, kindOf, nameOf } from '../words'
import { candidates } from './field-words'
import { FormRow } from './FormRow'
import { useForm, type ControlProps, type Form } from './form-context'

const answers = (type: string): boolean => Object.keys(KINDS[type]?.actions ?? {}).length > 0

function optionsOf(field: Field, form: Form, extra?: LogicalId): ComboboxOption[] {
  const ids = withTheirs(candidates(field, form.scenario, answers), form.scenario).filter((id) => id !== form.owner)
  const all = extra === undefined || extra === '' || ids.includes(extra) ? ids : [extra, ...ids]
  return all.map((id) => {
    const kind = kindOf(id, form.scenario)
    const name = nameOf(id, form.scenario)
    return {
      value: id,
      label: name,
      note: kind === undefined ? 'missing' : kind.label,
      glyph: kind === undefined ? 'warning' : glyphOf(kind),
      keywords: name === id ? undefined : id,
    }
  })
}

/** Aliases and versions right after their function, as they are read: `Fn`, `Fn:live`, `Fn:1`. */
function withTheirs(ids: readonly LogicalId[], scenario: Scenario): LogicalId[] {
  const own = ids.filter((id) => !ids.includes(ownerOf(id, scenario) ?? ''))
  return own.flatMap((id) => [id, ...ids.filter((other) => ownerOf(other, scenario) === id)])
}

const none = (field: Field): string => {
  const [type] = field.types ?? []
  const label = type === undefined ? 'resource' : (KINDS[type]?.label ?? type).toLowerCase()
  return `There is no ${label} yet. Place one on the canvas.`
}

export function RefControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const written = typeof value === 'string' ? value : undefined
  const reset = written === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={path} layout="wide" onReset={reset}>
      <Combobox
        value={written ?? null}
        options={optionsOf(field, form, written)}
        placeholder={typeof field.default === 'string' ? field.default : 'none'}
        emptyText={none(field)}
        disabled={form.readOnly}
        onChange={onChange}
      />
    </FormRow>
  )
}

export function RefsControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const ids = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []
  const free = optionsOf(field, form).filter((option) => !ids.includes(option.value))
  const full = field.max !== undefined && ids.length >= field.max
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={path} layout="stack" onReset={reset}>
      <div className="insp-refs">
        {ids.map((id, index) => (
          <span className="insp-ref" key={id}>
            <Glyph
              name={kindOf(id, form.scenario) === undefined ? 'warning' : glyphOf(kindOf(id, form.scenario))}
              size={14}
            />
            <span className="truncate grow">{nameOf(id, form.scenario)}</span>
            <IconButton
              glyph="close"
              size="sm"
              label={`Remove ${nameOf(id, form.scenario)} from ${field.name}`}
              disabled={form.readOnly}
              onClick={() => onChange(ids.toSpliced(index, 1))}
            />
          </span>
        ))}
        {!form.readOnly && !full && (
          <Combobox
            key={ids.length}
            value={null}
            options={free}
            placeholder="Add"
            emptyText={ids.length === 0 ? none(field) : 'All of them are in the list.'}
            onChange={(id) => onChange([...ids, id])}
          />
        )}
      </div>
    </FormRow>
  )
}
