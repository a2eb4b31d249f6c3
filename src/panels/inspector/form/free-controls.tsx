/** Controls for free content: JSON, names with values, lists of texts. */
import { useState } from 'react'
import { objectOf } from '../../../model/json'
import type { Json } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { IconButton } from '../../../ui/IconButton'
import { TextArea } from '../../../ui/TextArea'
import { TextField } from '../../../ui/TextField'
import { Door, useDoor } from './Door'
import { blank, summary } from './field-words'
import { FormRow } from './FormRow'
import { labelOf, NestedField, useForm, type ControlProps } from './form-context'
import { readJson } from './json-text'

/** Free content that is not there takes one line. */
function Absent({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const built = useDoor(field) !== undefined
  if (built)
    return (
      <FormRow field={field} path={path} layout="narrow">
        <Door field={field} path={path} value={value} />
      </FormRow>
    )
  return (
    <FormRow field={field} path={path} layout="narrow">
      <Button
        size="sm"
        glyph="add"
        aria-label={`Add ${labelOf(field, form)}`}
        disabled={form.readOnly}
        onClick={() => onChange({})}
      >
        Add
      </Button>
    </FormRow>
  )
}

export function JsonControl(props: ControlProps) {
  const { field, value, path, onChange } = props
  const form = useForm()
  if (value === undefined && field.default === undefined && !field.required) return <Absent {...props} />
  const text = value === undefined ? '' : JSON.stringify(value, null, 2)
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={path} layout="stack" onReset={reset}>
      <TextArea
        mono
        rows={Math.min(12, Math.max(2, text.split('\n').length))}
        value={text}
        placeholder={field.required ? '{}' : 'none'}
        disabled={form.readOnly}
        validate={(draft) => jsonProblem(draft, field.required)}
        onCommit={(draft) => onChange(draft.trim() === '' ? undefined : (JSON.parse(draft) as Json))}
      />
      <Door field={field} path={path} value={value} />
    </FormRow>
  )
}

function jsonProblem(draft: string, required: boolean): string | undefined {
  if (draft.trim() === '' && !required) return undefined
  const read = readJson(draft)
  return 'problem' in read ? read.problem : undefined
}

export function StringsControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const items = typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : []
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={path} layout="stack" onReset={reset}>
      <TextField
        value={items.join(', ')}
        placeholder={field.suggestions?.[0] ?? 'separated by commas'}
        disabled={form.readOnly}
        onCommit={(text) => {
          const next = text.split(/[\s,]+/).filter((item) => item !== '')
          onChange(next.length === 0 && !field.required ? undefined : next.length === 1 ? next[0] : next)
        }}
      />
    </FormRow>
  )
}

/** Names to values; each value has the control of its kind. */
export function MapControl(props: ControlProps) {
  const { field, value, path, onChange } = props
  const form = useForm()
  const [name, setName] = useState('')
  if (value === undefined && field.default === undefined && !field.required) return <Absent {...props} />
  const object = objectOf(value)
  const { item } = field
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  const free = name !== '' && !Object.hasOwn(object, name)
  return (
    <FormRow field={field} path={path} layout="stack" onReset={reset}>
      <div className="insp-nested">
        {Object.entries(object).map(([key, held]) => (
          <div className="insp-map-row" key={key}>
            <div className="grow">
              {item === undefined || item.kind === 'map' ? (
                <span>
                  <b className="strong">{key}</b> <span className="dim">{summary(held)}</span>
                </span>
              ) : (
                <NestedField
                  field={{ ...item, name: key, title: key, required: true }}
                  value={held}
                  path={`${path}/${key}`}
                  onChange={(next) => onChange({ ...object, [key]: next ?? null })}
                />
              )}
            </div>
            <IconButton
              glyph="close"
              size="sm"
              label={`Remove ${key}`}
              disabled={form.readOnly}
              onClick={() => onChange(Object.fromEntries(Object.entries(object).filter(([other]) => other !== key)))}
            />
          </div>
        ))}
        {!form.readOnly && (
          <div className="row">
            <div className="grow">
              <TextField
                value={name}
                onInput={setName}
                onCommit={setName}
                placeholder="Name"
                aria-label={`New name in ${field.name || field.title}`}
              />
            </div>
            <Button
              size="sm"
              glyph="add"
              disabled={!free}
              onClick={() => {
                onChange({ ...object, [name]: item === undefined ? '' : blank(item, form.scenario) })
                setName('')
              }}
            >
              Add
            </Button>
          </div>
        )}
      </div>
    </FormRow>
  )
}
