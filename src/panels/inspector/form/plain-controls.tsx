/** Controls for single values: numbers, switches, choices, texts. */
import { useState } from 'react'
import { Combobox } from '../../../ui/Combobox'
import { NumberField } from '../../../ui/NumberField'
import { Select } from '../../../ui/Select'
import { Slider } from '../../../ui/Slider'
import { Switch } from '../../../ui/Switch'
import { TextField } from '../../../ui/TextField'
import type { Field } from '../../../gate'
import { supportWords } from '../words'
import { Door } from './Door'
import { textProblem, unitOf } from './field-words'
import { FormRow } from './FormRow'
import { labelOf, useForm, type ControlProps } from './form-context'

/** The longest property name that leaves room for a slider. */
const SLIDER_NAME = 18
/** Digits that fit into a narrow box beside their unit. */
const NARROW_DIGITS = 6

export function NumberControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const written = typeof value === 'number' ? value : undefined
  const usual = typeof field.default === 'number' ? field.default : undefined
  const [dragged, setDragged] = useState<number>()
  const { slider } = field
  const range = slider ?? smallRange(field.min, field.max)
  const label = labelOf(field, form)
  const long = String(written ?? usual ?? '').length > NARROW_DIGITS
  const slides = range !== undefined && label.length <= SLIDER_NAME && !long
  const reset = written === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={path} layout={slides ? 'slider' : long ? 'wide' : 'narrow'} onReset={reset}>
      {slides && (
        <Slider
          value={written ?? usual ?? range.min}
          min={range.min}
          max={range.max}
          step={slider?.step ?? (field.kind === 'integer' ? 1 : (range.max - range.min) / 100)}
          scale={slider?.scale ?? 'linear'}
          ticks={usual === undefined ? [] : [usual]}
          unit={unitOf(field)}
          disabled={form.readOnly}
          onChange={setDragged}
          onCommit={(next) => {
            setDragged(undefined)
            onChange(field.kind === 'integer' ? Math.round(next) : next)
          }}
        />
      )}
      <NumberField
        value={dragged ?? written}
        min={field.min}
        max={field.max}
        integer={field.kind === 'integer'}
        unit={unitOf(field)}
        placeholder={usual === undefined ? (field.required ? undefined : 'none') : String(usual)}
        step={slider?.step ?? (field.unit === 'ratio' ? 0.05 : 1)}
        disabled={form.readOnly}
        onCommit={onChange}
        onClear={reset}
      />
    </FormRow>
  )
}

const smallRange = (min: number | undefined, max: number | undefined) =>
  min !== undefined && max !== undefined && max - min <= 100 ? { min, max } : undefined

export function BooleanControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  return (
    <FormRow field={field} path={path} layout="narrow" onReset={reset}>
      <Switch
        checked={typeof value === 'boolean' ? value : field.default === true}
        disabled={form.readOnly}
        onChange={onChange}
      />
    </FormRow>
  )
}

export function EnumControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const values = field.values ?? []
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  // `true` that may be left out is a switch
  if (values.length === 1 && values[0] === true) {
    return (
      <FormRow field={field} path={path} layout="narrow" onReset={reset}>
        <Switch
          checked={value === values[0]}
          disabled={form.readOnly}
          onChange={(on) => onChange(on ? values[0] : undefined)}
        />
      </FormRow>
    )
  }
  const shown = value ?? field.default
  return (
    <FormRow field={field} path={path} layout="wide" onReset={reset}>
      <Select
        value={shown === undefined ? null : String(shown)}
        options={values.map((option) => ({ value: String(option), label: String(option) }))}
        placeholder="none"
        disabled={form.readOnly}
        onChange={(text) => onChange(values.find((option) => String(option) === text))}
      />
    </FormRow>
  )
}

export function TextControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const written = typeof value === 'string' ? value : undefined
  const usual = typeof field.default === 'string' ? field.default : undefined
  const reset = written === undefined || field.required ? undefined : () => onChange(undefined)
  const suggestions = field.suggestions ?? []
  const shown = written ?? usual ?? ''
  const choices = shown === '' || suggestions.includes(shown) ? suggestions : [shown, ...suggestions]
  return (
    <FormRow field={field} path={path} layout="wide" onReset={reset}>
      {suggestions.length >= 3 ? (
        <Combobox
          value={shown === '' ? null : shown}
          options={choices.map((option) => ({ value: option, label: option, note: noteOf(field, option) }))}
          emptyText="No such value is known. Write it in Code."
          disabled={form.readOnly}
          onChange={onChange}
        />
      ) : (
        <TextField
          value={written ?? ''}
          placeholder={usual ?? suggestions[0] ?? (field.required ? undefined : 'none')}
          maxLength={field.max}
          disabled={form.readOnly}
          validate={(text) => textProblem(field, text)}
          onCommit={(text) => onChange(text === '' ? undefined : text)}
        />
      )}
      <Door field={field} path={path} value={value} />
    </FormRow>
  )
}

const noteOf = ({ name }: Field, option: string): string | undefined =>
  name === 'Runtime' ? supportWords(option) : undefined
