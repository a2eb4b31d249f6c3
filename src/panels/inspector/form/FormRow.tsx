import { useState, type ReactNode } from 'react'
import type { Field } from '../../../gate'
import { Field as Labelled, type FieldLayout } from '../../../ui/Field'
import { Button } from '../../../ui/Button'
import { Glyph } from '../../../ui/glyphs'
import { problemsAt } from '../../problems/problem-list'
import { defaultText, rangeText } from './field-words'
import { labelOf, useForm } from './form-context'

interface FormRowProps {
  field: Field
  /** With `#` at its end: problems below it are shown by the controls inside. */
  path: string
  layout: FieldLayout
  /** Takes a written value away; absent when nothing is written or the value is required. */
  onReset?: (() => void) | undefined
  children: ReactNode
}

/** Label, control, the problem found there, and what there is to know about the field, folded away. */
export function FormRow({ field, path, layout, onReset, children }: FormRowProps) {
  const form = useForm()
  const [open, setOpen] = useState(false)
  const label = labelOf(field, form)
  // parts of a compound value show their own problems
  const here = path.endsWith('#')
    ? form.problems.filter((problem) => problem.path === path.slice(0, -1))
    : problemsAt(form.problems, path)
  const found = here.find(({ severity }) => severity === 'error')
  return (
    <div className="insp-row" data-field={path.replace(/#$/, '')} data-open={open || undefined}>
      <Labelled
        label={breakable(label)}
        layout={layout}
        error={found?.message}
        labelEnd={
          <button
            type="button"
            className="insp-about"
            aria-expanded={open}
            aria-label={`About ${label}`}
            onClick={() => setOpen(!open)}
          >
            <Glyph name="info" size={12} />
          </button>
        }
        help={open ? <About field={field} onReset={form.readOnly ? undefined : onReset} /> : undefined}
      >
        {children}
      </Labelled>
    </div>
  )
}

/** Property names may break where a new word begins: `EventSource|Arn`. */
function breakable(label: string): ReactNode {
  const parts = label.split(/(?<=[a-z])(?=[A-Z])/)
  return parts.flatMap((part, index) => (index === 0 ? [part] : [<wbr key={index} />, part]))
}

function About({ field, onReset }: { field: Field; onReset: (() => void) | undefined }) {
  const range = rangeText(field)
  const usual = defaultText(field)
  return (
    <>
      {field.help} {range && `${range}. `}
      {usual && `${usual}. `}
      {field.factRows.length > 0 && <span className="faint">Source: {field.factRows.join(', ')}. </span>}
      {onReset && (
        <Button size="sm" variant="quiet" glyph="undo" onClick={onReset}>
          {field.default === undefined ? 'Take it away' : 'Reset to default'}
        </Button>
      )}
    </>
  )
}
