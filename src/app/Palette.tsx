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
  // one tab stop for all: where the arrow keys were last
  const [active, setActive] = useState<string | null>(null)
  const stop = shown.some(([type]) => type === active)
    ? active
    : shown.find(([, kind]) => kind.category === categories[0])?.[0]
  const step = (key: string): void => {
    const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    items[targetOf(key, at, items)]?.focus()
  }
  return (
    <div className="palette">
      <div
        className="palette-find"
        role="presentation"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined && wanted !== '') onPlace(first)
          if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
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
          if (!KEYS.has(event.key)) return
          event.preventDefault()
          step(event.key)
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
                    tabIndex={type === stop ? 0 : -1}
                    onFocus={() => setActive(type)}
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

const KEYS = new Set(['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'Home', 'End'])

/** Index of the button a key goes to from the one at `at`: up and down to the nearest in the next row, across categories. */
function targetOf(key: string, at: number, items: readonly HTMLElement[]): number {
  const last = items.length - 1
  const here = items[at]?.getBoundingClientRect()
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowRight' || here === undefined) return Math.min(last, at + 1)
  if (key === 'ArrowLeft') return Math.max(0, at - 1)
  const sign = key === 'ArrowDown' ? 1 : -1
  let best = at
  let least = Infinity
  items.forEach((item, index) => {
    const box = item.getBoundingClientRect()
    const down = (box.top - here.top) * sign
    if (down < here.height / 2) return
    // rows count before columns
    const far = down * 100 + Math.abs(box.left - here.left)
    if (far < least) [best, least] = [index, far]
  })
  return best
}

function rank(label: string, wanted: string): number {
  const at = label.toLowerCase().indexOf(wanted)
  return at === 0 ? 0 : at > 0 ? 1 : 2
}
