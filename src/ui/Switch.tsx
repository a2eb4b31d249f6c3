import type { ReactNode } from 'react'
import { useFieldControl } from './field-context'
import './controls.css'

interface SwitchProps {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Text beside the switch; inside a `Field` the field's label names it. */
  label?: ReactNode
  'aria-label'?: string | undefined
  disabled?: boolean | undefined
}

export function Switch({ checked, onChange, label, disabled, 'aria-label': ariaLabel }: SwitchProps) {
  const field = useFieldControl()
  return (
    <button
      type="button"
      role="switch"
      id={field?.controlId}
      aria-checked={checked}
      aria-label={ariaLabel}
      aria-describedby={field?.describedBy}
      disabled={disabled}
      className="ui-switch"
      onClick={() => onChange(!checked)}
    >
      <span className="ui-switch-track" />
      {label}
    </button>
  )
}
