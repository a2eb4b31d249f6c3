import { useId, useState, type KeyboardEvent } from 'react'
import { cx } from './cx'
import { useFieldControl, useReportToField } from './field-context'
import { readNumber, stepped, type NumberLimits } from './number-draft'
import './fields.css'

interface NumberFieldProps extends NumberLimits {
  /** `undefined` is an empty field (the property is not set). */
  value: number | undefined
  step?: number | undefined
  /** Called on Enter, blur and arrow steps, only with a valid value that differs. */
  onCommit: (value: number) => void
  /** Called when the field is emptied; without it an empty field goes back to its value. */
  onClear?: (() => void) | undefined
  placeholder?: string | undefined
  'aria-label'?: string | undefined
  disabled?: boolean | undefined
  className?: string | undefined
}

/**
 * A number with its unit. Up and Down step, Shift or Page keys step by ten, Escape takes the draft back. A draft outside the limits
 * stays, marked, and is not committed.
 */
export function NumberField(props: NumberFieldProps) {
  const { value, step = 1, unit, onCommit, onClear, placeholder, disabled } = props
  const field = useFieldControl()
  const errorId = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const [seen, setSeen] = useState(value)
  const [touched, setTouched] = useState(false)
  if (seen !== value) {
    setSeen(value)
    setDraft(null)
  }
  const reading = draft === null ? null : readNumber(draft, props)
  const problem = touched && reading?.kind === 'problem' ? reading.message : undefined
  useReportToField(problem)

  function commit() {
    if (!reading) return
    if (reading.kind === 'problem') {
      setTouched(true)
      return
    }
    setDraft(null)
    setTouched(false)
    if (reading.kind === 'empty') {
      if (value !== undefined) onClear?.()
    } else if (reading.value !== value) onCommit(reading.value)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') return commit()
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation()
      setDraft(null)
      setTouched(false)
      return
    }
    const by = stepOf(event, step)
    if (by === 0) return
    event.preventDefault()
    const from = reading?.kind === 'value' ? reading.value : (value ?? props.min ?? 0)
    const next = stepped(from, by, props)
    setDraft(null)
    setTouched(false)
    if (next !== value) onCommit(next)
  }

  const invalid = problem !== undefined || Boolean(field?.invalid)
  return (
    <>
      <span className={cx('ui-input', props.className)} data-invalid={invalid || undefined} data-disabled={disabled}>
        <input
          type="text"
          inputMode={props.integer ? 'numeric' : 'decimal'}
          role="spinbutton"
          autoComplete="off"
          id={field?.controlId}
          aria-label={props['aria-label']}
          aria-describedby={cx(field?.describedBy, !field && problem && errorId) || undefined}
          aria-invalid={invalid || undefined}
          aria-valuenow={value}
          aria-valuemin={props.min}
          aria-valuemax={props.max}
          aria-valuetext={value === undefined ? 'not set' : unit ? `${value} ${unit}` : undefined}
          placeholder={placeholder}
          disabled={disabled}
          value={draft ?? (value === undefined ? '' : String(value))}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
        />
        {unit && (
          <span className="ui-input-unit" aria-hidden="true">
            {unit}
          </span>
        )}
      </span>
      {!field && problem && (
        <span id={errorId} className="ui-field-error">
          {problem}
        </span>
      )}
    </>
  )
}

function stepOf(event: KeyboardEvent, step: number): number {
  const size = event.shiftKey || event.key.startsWith('Page') ? step * 10 : step
  if (event.key === 'ArrowUp' || event.key === 'PageUp') return size
  if (event.key === 'ArrowDown' || event.key === 'PageDown') return -size
  return 0
}
