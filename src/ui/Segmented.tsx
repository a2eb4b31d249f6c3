import { useId, type ReactNode } from 'react'
import { Glyph, type GlyphName } from './glyphs'
import './controls.css'

export interface SegmentedOption<Value extends string> {
  value: Value
  label: ReactNode
  glyph?: GlyphName | undefined
  disabled?: boolean | undefined
}

interface SegmentedProps<Value extends string> {
  /** Names the group for assistive technology. */
  label: string
  value: Value
  options: readonly SegmentedOption<Value>[]
  onChange: (value: Value) => void
  disabled?: boolean | undefined
}

/** A few exclusive choices side by side: native radio buttons, so arrows move and choose. */
export function Segmented<Value extends string>({ label, value, options, onChange, disabled }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className="ui-seg">
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={disabled || option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.glyph && <Glyph name={option.glyph} size={14} />}
          {option.label}
        </label>
      ))}
    </div>
  )
}
