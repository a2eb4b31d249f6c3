import { useState } from 'react'
import { Glyph, type GlyphName } from '../../ui/glyphs'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuEntry } from '../../ui/Menu'
import { TextField } from '../../ui/TextField'

interface HeaderProps {
  glyph: GlyphName
  name: string
  typeLine: string
  /** Absent: the name cannot be changed. */
  onRename?: ((name: string) => void) | undefined
  /** Without entries there is no menu. `Rename` is put first. */
  entries: readonly MenuEntry[] | (() => readonly MenuEntry[])
}

/** What is selected: glyph, name, type, menu. A press on the name edits it. */
export function Header({ glyph, name, typeLine, onRename, entries }: HeaderProps) {
  const [renaming, setRenaming] = useState(false)
  // asked when the menu opens: what can be done during the run depends on the playhead
  const all = (): readonly MenuEntry[] => {
    const own = typeof entries === 'function' ? entries() : entries
    return onRename ? [{ label: 'Rename', onSelect: () => setRenaming(true) }, ...own] : own
  }
  return (
    <header className="insp-head">
      <Glyph name={glyph} size={20} />
      <div className="grow">
        {renaming && onRename ? (
          // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears the keys of the field inside
          <div
            onBlur={() => setRenaming(false)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' || event.key === 'Enter') setRenaming(false)
            }}
          >
            {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a rename was just asked for */}
            <TextField value={name} aria-label="Name" maxLength={80} autoFocus onCommit={onRename} />
          </div>
        ) : (
          <h2 className="insp-name">
            {onRename ? (
              <button
                type="button"
                className="truncate"
                aria-label={`${name}, rename`}
                onClick={() => setRenaming(true)}
              >
                {name}
              </button>
            ) : (
              <span className="truncate">{name}</span>
            )}
          </h2>
        )}
        <p className="xs faint truncate">{typeLine}</p>
      </div>
      {all().length > 0 && (
        <Menu align="end" trigger={<IconButton glyph="more" label={`Commands for ${name}`} />} entries={all} />
      )}
    </header>
  )
}
