import { Select as Base } from '@base-ui/react/select'
import { cx } from './cx'
import { useFieldControl } from './field-context'
import { Glyph, type GlyphName } from './glyphs'
import './fields.css'
import './popup.css'

export interface SelectOption<Value extends string = string> {
  value: Value
  label: string
  /** A second, quieter line of facts at the right. */
  note?: string | undefined
  glyph?: GlyphName | undefined
  disabled?: boolean | undefined
}

interface SelectProps<Value extends string> {
  value: Value | null
  options: readonly SelectOption<Value>[]
  onChange: (value: Value) => void
  placeholder?: string | undefined
  disabled?: boolean | undefined
  'aria-label'?: string | undefined
  className?: string | undefined
}

/** One of a short list. For more than about fifteen options use `Combobox`, which searches. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, options, onChange, placeholder = 'Choose', disabled } = props
  const field = useFieldControl()
  return (
    <Base.Root<Value>
      value={value}
      items={options}
      disabled={disabled}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Base.Trigger
        id={field?.controlId}
        aria-label={props['aria-label']}
        aria-describedby={field?.describedBy}
        aria-invalid={field?.invalid || undefined}
        data-invalid={field?.invalid || undefined}
        className={cx('ui-input ui-select', props.className)}
      >
        <span className="truncate">
          <Base.Value placeholder={placeholder} />
        </span>
        <Base.Icon className="ui-select-icon">
          <Glyph name="chevron-down" size={12} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="ui-positioner" sideOffset={4} alignItemWithTrigger={false} collisionPadding={8}>
          <Base.Popup className="ui-popup ui-listbox">
            <Base.List>
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} disabled={option.disabled} className="ui-item">
                  <Base.ItemIndicator className="ui-item-check">
                    <Glyph name="check" size={14} />
                  </Base.ItemIndicator>
                  {option.glyph && <Glyph name={option.glyph} className="ui-item-glyph" />}
                  <Base.ItemText className="ui-item-label">{option.label}</Base.ItemText>
                  {option.note && <span className="ui-item-note">{option.note}</span>}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
