import { useState } from 'react'
import type { Json } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { Glyph } from '../../../ui/glyphs'
import { IconButton } from '../../../ui/IconButton'
import { blank, summary } from './field-words'
import { FormRow } from './FormRow'
import { NestedField, useForm, type ControlProps } from './form-context'

const COMPOUND = new Set(['object', 'variant', 'map', 'json', 'list'])

/** A list: cards that open for items with parts, plain controls for single values. */
export function ListControl({ field, value, path, onChange }: ControlProps) {
  const form = useForm()
  const [open, setOpen] = useState<number | null>(null)
  const { item } = field
  const items = listOf(value ?? field.default)
  const full = field.max !== undefined && items.length >= field.max
  const fixed = field.min !== undefined && field.min === field.max
  const reset = value === undefined || field.required ? undefined : () => onChange(undefined)
  if (item === undefined) return null
  const replace = (index: number, next: Json | undefined) =>
    onChange(next === undefined ? items.toSpliced(index, 1) : items.with(index, next))

  return (
    <FormRow field={field} path={`${path}#`} layout="stack" onReset={reset}>
      <ol className="insp-list">
        {items.map((held, index) => {
          const at = `${path}/${index}`
          const title = `${item.title || field.title} ${index + 1}`
          const remove = !fixed && (
            <IconButton
              glyph="close"
              size="sm"
              label={`Remove ${title}`}
              disabled={form.readOnly}
              onClick={() => replace(index, undefined)}
            />
          )
          if (!COMPOUND.has(item.kind)) {
            return (
              <li key={index} className="insp-map-row">
                <div className="grow">
                  <NestedField
                    field={{ ...item, name: title, title, required: true }}
                    value={held}
                    path={at}
                    onChange={(next) => replace(index, next)}
                  />
                </div>
                {remove}
              </li>
            )
          }
          const shown = open === index
          return (
            <li key={index} className="insp-card">
              <div className="row">
                <button
                  type="button"
                  className="ui-disclosure grow"
                  aria-expanded={shown}
                  onClick={() => setOpen(shown ? null : index)}
                >
                  <Glyph name="chevron" size={12} />
                  <span className="truncate">{summary(held)}</span>
                  <span className="visually-hidden">{title}</span>
                </button>
                {remove}
              </div>
              {shown && (
                <NestedField
                  field={{ ...item, name: '', title, required: true }}
                  value={held}
                  path={at}
                  onChange={(next) => replace(index, next)}
                />
              )}
            </li>
          )
        })}
      </ol>
      {!form.readOnly && !full && !fixed && (
        <div>
          <Button
            size="sm"
            glyph="add"
            onClick={() => {
              onChange([...items, blank(item, form.scenario)])
              setOpen(items.length)
            }}
          >
            Add {(item.title || 'item').toLowerCase()}
          </Button>
        </div>
      )}
    </FormRow>
  )
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [])
