import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { Glyph, type GlyphName } from './glyphs'
import './popup.css'

interface EntryText {
  label: ReactNode
  glyph?: GlyphName | undefined
  /** Key that does the same, shown at the right. */
  shortcut?: string | undefined
  /** A quiet fact at the right, or the reason why the entry is off. */
  note?: string | undefined
  disabled?: boolean | undefined
}

/** One line of a menu. An entry without `kind` is an action. */
export type MenuEntry =
  | (EntryText & {
      kind?: 'action' | undefined
      id?: string | undefined
      danger?: boolean | undefined
      onSelect: () => void
    })
  | (EntryText & { kind: 'check'; checked: boolean; onChange: (checked: boolean) => void })
  | {
      kind: 'choice'
      label: string
      value: string
      options: readonly (EntryText & { value: string })[]
      onChange: (value: string) => void
    }
  | (EntryText & { kind: 'submenu'; entries: readonly MenuEntry[] })
  | { kind: 'heading'; label: string }
  | { kind: 'separator' }

/** The portal, positioner and list that dropdown and context menus share. */
export function MenuSurface({
  entries,
  anchor,
  align = 'start',
}: {
  /** A function is asked each time the menu opens. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[])
  anchor?: { getBoundingClientRect: () => DOMRect } | undefined
  align?: 'start' | 'center' | 'end' | undefined
}) {
  return (
    <Base.Portal>
      <Base.Positioner className="ui-positioner" anchor={anchor} align={align} sideOffset={4} collisionPadding={8}>
        <Base.Popup className="ui-popup">
          <OpenEntries entries={entries} />
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

/** Inside the portal, so that it is built when the menu opens and not before. */
function OpenEntries({ entries }: { entries: readonly MenuEntry[] | (() => readonly MenuEntry[]) }) {
  return <MenuEntries entries={typeof entries === 'function' ? entries() : entries} />
}

/** Entries are positional: a menu is built anew each time it opens, so the index is a stable key while it is open. */
export function MenuEntries({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => <Entry key={index} entry={entry} />)
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <Base.Separator className="ui-separator" />
    case 'heading':
      return (
        <div role="presentation" className="ui-group-label">
          {entry.label}
        </div>
      )
    case 'check':
      return (
        <Base.CheckboxItem
          className="ui-item"
          checked={entry.checked}
          disabled={entry.disabled}
          onCheckedChange={entry.onChange}
        >
          <Base.CheckboxItemIndicator className="ui-item-check">
            <Glyph name="check" size={14} />
          </Base.CheckboxItemIndicator>
          <EntryBody {...entry} />
        </Base.CheckboxItem>
      )
    case 'choice':
      return (
        <Base.RadioGroup
          value={entry.value}
          onValueChange={(value: string) => entry.onChange(value)}
          aria-label={entry.label}
        >
          <div role="presentation" className="ui-group-label">
            {entry.label}
          </div>
          {entry.options.map((option) => (
            <Base.RadioItem
              key={option.value}
              value={option.value}
              disabled={option.disabled}
              closeOnClick
              className="ui-item"
            >
              <Base.RadioItemIndicator className="ui-item-check">
                <Glyph name="check" size={14} />
              </Base.RadioItemIndicator>
              <EntryBody {...option} />
            </Base.RadioItem>
          ))}
        </Base.RadioGroup>
      )
    case 'submenu':
      return (
        <Base.SubmenuRoot disabled={entry.disabled}>
          <Base.SubmenuTrigger className="ui-item">
            <EntryBody {...entry} />
            <Glyph name="chevron" size={12} />
          </Base.SubmenuTrigger>
          <MenuSurface entries={entry.entries} />
        </Base.SubmenuRoot>
      )
    default:
      return (
        <Base.Item
          className="ui-item"
          data-danger={entry.danger || undefined}
          disabled={entry.disabled}
          onClick={entry.onSelect}
        >
          <EntryBody {...entry} />
        </Base.Item>
      )
  }
}

function EntryBody({ label, glyph, shortcut, note }: EntryText) {
  return (
    <>
      {glyph && <Glyph name={glyph} className="ui-item-glyph" />}
      <span className="ui-item-label">{label}</span>
      {note && <span className="ui-item-note">{note}</span>}
      {shortcut && <span className="ui-item-note">{shortcut}</span>}
    </>
  )
}
