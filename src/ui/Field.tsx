import { useId, useMemo, useState, type ReactNode } from 'react'
import { FieldContext } from './field-context'
import { Glyph } from './glyphs'
import './fields.css'

/** narrow: label and a 74 px input; slider: label, slider, input; wide: label and a long input; stack: label above. */
export type FieldLayout = 'narrow' | 'slider' | 'wide' | 'stack'

interface FieldProps {
  label: ReactNode
  layout?: FieldLayout | undefined
  help?: ReactNode
  /** A problem found outside the control (by the gate, say); it wins over what the control reports. */
  error?: string | undefined
  /** Where the limit or default comes from. */
  source?: ReactNode
  /** Small things after the label: a tag, a Why? button. */
  labelEnd?: ReactNode
  children: ReactNode
}

/** Labels one control and ties help, source and error to it. Controls of this kit pick the ids up by themselves. */
export function Field({ label, layout = 'wide', help, error, source, labelEnd, children }: FieldProps) {
  const id = useId()
  const [reported, report] = useState<string | undefined>(undefined)
  const problem = error ?? reported
  const hasNote = Boolean(help || source)
  const control = useMemo(() => {
    const described = [problem && `${id}-error`, hasNote && `${id}-note`].filter(Boolean).join(' ')
    return {
      controlId: `${id}-control`,
      labelId: `${id}-label`,
      describedBy: described || undefined,
      invalid: problem !== undefined,
      report,
    }
  }, [id, problem, hasNote])

  return (
    <div className="ui-field" data-layout={layout}>
      <span className="ui-field-label">
        <label id={control.labelId} htmlFor={control.controlId}>
          {label}
        </label>
        {labelEnd}
      </span>
      <FieldContext value={control}>{children}</FieldContext>
      {problem && (
        <p id={`${id}-error`} className="ui-field-error">
          <Glyph name="error" size={12} />
          <span>{problem}</span>
        </p>
      )}
      {hasNote && (
        <p id={`${id}-note`} className="ui-field-note">
          {help}
          {help && source ? ' ' : null}
          {source && <span className="faint">{source}</span>}
        </p>
      )}
    </div>
  )
}
