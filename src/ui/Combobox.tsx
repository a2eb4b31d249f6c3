import { Combobox as Base } from '@base-ui/react/combobox'
import { useMemo } from 'react'
import { useFieldControl } from './field-context'
import { Glyph, type GlyphName } from './glyphs'
import './fields.css'
import './popup.css'

export interface ComboboxOption<Value extends string = string> {
  value: Value
  label: string
  /** Options with the same group stand together under its name, in order of first appearance. */
  group?: string | undefined
  note?: string | undefined
  glyph?: GlyphName | undefined
  /** More words the search finds this option by. */
  keywords?: string | undefined
}

interface ComboboxProps<Value extends string> {
  value: Value | null
  options: readonly ComboboxOption<Value>[]
  onChange: (value: Value) => void
  placeholder?: string | undefined
  /** One sentence for a search that finds nothing. */
  emptyText?: string | undefined
  disabled?: boolean | undefined
  autoFocus?: boolean | undefined
  'aria-label'?: string | undefined
}

/** A searchable list under a text box. Typing filters by label, note and keywords; every word must match somewhere. */
export function Combobox<Value extends string>(props: ComboboxProps<Value>) {
  const { value, options, onChange, placeholder, emptyText = 'Nothing matches.', disabled, autoFocus } = props
  const field = useFieldControl()
  const groups = useMemo(() => groupOptions(options), [options])
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <Base.Root<ComboboxOption<Value>>
      items={groups}
      value={chosen}
      disabled={disabled}
      onValueChange={(next) => next && onChange(next.value)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      filter={matchesOption}
      autoHighlight
    >
      <Base.InputGroup className="ui-input" data-invalid={field?.invalid || undefined}>
        <Base.Input
          id={field?.controlId}
          aria-label={props['aria-label']}
          aria-describedby={field?.describedBy}
          aria-invalid={field?.invalid || undefined}
          placeholder={placeholder}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only in a popup opened to search
          autoFocus={autoFocus}
        />
        <Base.Trigger aria-label="Show options" className="ui-combobox-trigger">
          <Glyph name="chevron-down" size={12} />
        </Base.Trigger>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner className="ui-positioner" sideOffset={4} collisionPadding={8}>
          <Base.Popup className="ui-popup ui-listbox">
            <Base.Empty className="ui-popup-empty">{emptyText}</Base.Empty>
            <Base.List className="ui-listbox-scroll">
              {(group: OptionGroup<Value>) => (
                <Base.Group key={group.value} items={group.items}>
                  {group.value !== '' && <Base.GroupLabel className="ui-group-label">{group.value}</Base.GroupLabel>}
                  <Base.Collection>
                    {(option: ComboboxOption<Value>) => (
                      <Base.Item key={option.value} value={option} className="ui-item">
                        <Base.ItemIndicator className="ui-item-check">
                          <Glyph name="check" size={14} />
                        </Base.ItemIndicator>
                        {option.glyph && <Glyph name={option.glyph} className="ui-item-glyph" />}
                        <span className="ui-item-label">{option.label}</span>
                        {option.note && <span className="ui-item-note">{option.note}</span>}
                      </Base.Item>
                    )}
                  </Base.Collection>
                </Base.Group>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface OptionGroup<Value extends string> {
  value: string
  items: ComboboxOption<Value>[]
}

function groupOptions<Value extends string>(options: readonly ComboboxOption<Value>[]): OptionGroup<Value>[] {
  const groups = new Map<string, ComboboxOption<Value>[]>()
  for (const option of options) {
    const name = option.group ?? ''
    const members = groups.get(name)
    if (members) members.push(option)
    else groups.set(name, [option])
  }
  return [...groups].map(([value, items]) => ({ value, items }))
}

function matchesOption(option: ComboboxOption, query: string): boolean {
  const haystack = `${option.label} ${option.note ?? ''} ${option.keywords ?? ''}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}
