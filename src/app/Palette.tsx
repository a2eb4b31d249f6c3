import { useRef, useState } from 'react'
import { endTypeDrag, glyphName, startTypeDrag } from '../canvas'
import { KINDS } from '../services/kinds'
import type { Category } from '../services/service'
import { Glyph } from '../ui/glyphs'
import { TextField } from '../ui/TextField'

const CATEGORIES: { readonly [category in Category]: string } = {
  sources: 'Sources',
  events: 'Events',
  compute: 'Compute',
  data: 'Data',
  network: 'Network',
  access: 'Access',
}

interface PaletteProps {
  /** Places one near the middle of what is visible. */
  onPlace: (type: string) => void
  disabled: boolean
  searchRef: React.RefObject<HTMLInputElement | null>
}

/** All kinds that can be placed, by category: drag one to the canvas, or choose it with Enter. */
export function Palette({ onPlace, disabled, searchRef }: PaletteProps) {
  const [text, setText] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const wanted = text.trim().toLowerCase()
  const shown = Object.entries(KINDS)
    .filter(([, kind]) => kind.palette ?? (kind.drawn === 'node' || kind.drawn === 'container'))
    .filter(([type, kind]) =>
      `${kind.label} ${kind.short ?? ''} ${type} ${kind.summary}`.toLowerCase().includes(wanted),
    )
    // what is called so comes before what merely mentions it
    .sort(([, a], [, b]) => rank(a.label, wanted) - rank(b.label, wanted))
  const categories = (Object.keys(CATEGORIES) as Category[]).filter((category) =>
    shown.some(([, kind]) => kind.category === category),
  )
  const first = shown[0]?.[0]
  const step = (by: number): void => {
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    items[Math.min(items.length - 1, Math.max(0, at + by))]?.focus()
  }
  return (
    <div className="palette">
      <div
        className="palette-find"
        role="presentation"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined && wanted !== '') onPlace(first)
          if (event.key === 'ArrowDown') list.current?.querySelector('button')?.focus()
        }}
      >
        <TextField
          ref={searchRef}
          type="search"
          glyph="search"
          shortcut="/"
          placeholder="Find a service"
          value={text}
          onInput={setText}
          aria-label="Find a service to place"
        />
      </div>
      <div
        ref={list}
        className="palette-list"
        role="toolbar"
        aria-label="Services to place"
        aria-orientation="vertical"
        tabIndex={-1}
        onKeyDown={(event) => {
          const grid = event.currentTarget.querySelector('.palette-grid')
          const columns = grid === null ? 1 : getComputedStyle(grid).gridTemplateColumns.split(' ').length
          const by = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1 }[event.key]
          if (by === undefined) return
          event.preventDefault()
          step(by)
        }}
      >
        {categories.map((category) => (
          <section key={category} aria-label={CATEGORIES[category]}>
            <h2 className="caps">{CATEGORIES[category]}</h2>
            <div className="palette-grid">
              {shown
                .filter(([, kind]) => kind.category === category)
                .map(([type, kind]) => (
                  <button
                    key={type}
                    type="button"
                    className="palette-item"
                    title={kind.summary}
                    aria-label={kind.label}
                    disabled={disabled}
                    draggable={!disabled}
                    data-type={type}
                    onDragStart={(event) => startTypeDrag(event, type)}
                    onDragEnd={endTypeDrag}
                    onClick={() => onPlace(type)}
                  >
                    <Glyph name={glyphName(kind.glyph)} />
                    <span className="truncate">{kind.short ?? kind.label}</span>
                  </button>
                ))}
            </div>
          </section>
        ))}
        {shown.length === 0 && (
          <p className="palette-none">Nothing is called that. Clear the search to see all kinds.</p>
        )}
      </div>
    </div>
  )
}

function rank(label: string, wanted: string): number {
  const at = label.toLowerCase().indexOf(wanted)
  return at === 0 ? 0 : at > 0 ? 1 : 2
}
