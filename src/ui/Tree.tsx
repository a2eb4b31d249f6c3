import { useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Glyph, type GlyphName } from './glyphs'
import { moveFor, typeaheadTarget, visibleRows, type TreeNode, type TreeRow } from './tree-model'
import './data.css'

export interface TreeItem extends TreeNode {
  /** Shown instead of `text` (a rename field, say). */
  label?: ReactNode
  glyph?: GlyphName | undefined
  /** A quiet fact at the right; also read out. */
  note?: ReactNode
  children?: readonly TreeItem[] | undefined
}

export interface SelectMode {
  /** Ctrl or Cmd: add to or take from the selection. */
  toggle: boolean
  /** Shift: everything from the last selected row. */
  extend: boolean
}

interface TreeProps {
  label: string
  items: readonly TreeItem[]
  selected: ReadonlySet<string>
  onSelect: (id: string, mode: SelectMode) => void
  /** Enter or double click. */
  onActivate?: ((id: string) => void) | undefined
  /** F2. */
  onRename?: ((id: string) => void) | undefined
  /** Delete or Backspace. */
  onDelete?: ((id: string) => void) | undefined
  /** Right click, Shift+F10 or the menu key, with viewport px. */
  onContextMenu?: ((id: string, at: { x: number; y: number }) => void) | undefined
  onHover?: ((id: string | undefined) => void) | undefined
  /** Ids of closed nodes when the caller keeps them; otherwise the tree does, all open at first. */
  closed?: ReadonlySet<string> | undefined
  onClosedChange?: ((closed: ReadonlySet<string>) => void) | undefined
}

const TYPEAHEAD_MS = 600

/** The WAI-ARIA tree: one tab stop, arrows, Home, End, typeahead, `*`; Space selects, Enter activates. */
export function Tree(props: TreeProps) {
  const { label, items, selected, onSelect, onActivate, onRename, onDelete, onContextMenu, onHover } = props
  const [ownClosed, setOwnClosed] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState<string | undefined>(undefined)
  const typed = useRef({ text: '', at: 0 })
  const elements = useRef(new Map<string, HTMLElement>())
  const closed = props.closed ?? ownClosed
  const rows = visibleRows(items, (id) => !closed.has(id))
  const tabStop =
    rows.find((row) => row.node.id === active)?.node.id ??
    rows.find((row) => selected.has(row.node.id))?.node.id ??
    rows[0]?.node.id

  function setOpen(ids: readonly string[], open: boolean) {
    const next = new Set(closed)
    for (const id of ids) {
      if (open) next.delete(id)
      else next.add(id)
    }
    setOwnClosed(next)
    props.onClosedChange?.(next)
  }

  function focus(id: string) {
    setActive(id)
    elements.current.get(id)?.focus()
  }

  function typeahead(event: KeyboardEvent, id: string): boolean {
    if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return false
    const before = typed.current
    const text = event.timeStamp - before.at < TYPEAHEAD_MS ? before.text + event.key : event.key
    typed.current = { text, at: event.timeStamp }
    const target = typeaheadTarget(rows, id, text)
    if (target) focus(target)
    return true
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, id: string) {
    // A field inside a row (rename) keeps its own keys.
    if (event.target !== event.currentTarget) return
    const mode = { toggle: event.ctrlKey || event.metaKey, extend: event.shiftKey }
    const move = moveFor(event.key, rows, id)
    if (move?.kind === 'focus') {
      focus(move.id)
      if (event.shiftKey) onSelect(move.id, { toggle: false, extend: true })
    } else if (move) setOpen(move.ids, move.kind === 'open')
    else if (event.key === 'Enter') {
      onSelect(id, mode)
      onActivate?.(id)
    } else if (event.key === ' ') onSelect(id, mode)
    else if (event.key === 'F2' && onRename) onRename(id)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && onDelete) onDelete(id)
    else if (!typeahead(event, id)) return
    event.preventDefault()
    event.stopPropagation()
  }

  function onMenu(event: MouseEvent<HTMLElement>, id: string) {
    if (!onContextMenu) return
    event.preventDefault()
    setActive(id)
    const box = event.currentTarget.getBoundingClientRect()
    const byKeyboard = event.clientX === 0 && event.clientY === 0
    onContextMenu(id, byKeyboard ? { x: box.left + 24, y: box.bottom } : { x: event.clientX, y: event.clientY })
  }

  function renderRow(row: TreeRow<TreeItem>) {
    const { id, glyph, note, text, label: shown } = row.node
    const style: CSSProperties & Record<'--level', number> = { '--level': row.level - 1 }
    return (
      <li
        key={id}
        ref={(element) => {
          if (element) elements.current.set(id, element)
          else elements.current.delete(id)
        }}
        role="treeitem"
        aria-level={row.level}
        aria-posinset={row.position}
        aria-setsize={row.setSize}
        aria-expanded={row.hasChildren ? row.expanded : undefined}
        aria-selected={selected.has(id)}
        tabIndex={id === tabStop ? 0 : -1}
        className="ui-treeitem"
        style={style}
        onFocus={() => setActive(id)}
        onKeyDown={(event) => onKeyDown(event, id)}
        onClick={(event) => onSelect(id, { toggle: event.ctrlKey || event.metaKey, extend: event.shiftKey })}
        onDoubleClick={() => onActivate?.(id)}
        onContextMenu={(event) => onMenu(event, id)}
        onPointerEnter={() => onHover?.(id)}
        onPointerLeave={() => onHover?.(undefined)}
      >
        {/* a target for the mouse; the keyboard has the arrows */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <span
          className="ui-tree-twist"
          data-open={row.expanded || undefined}
          onClick={(event) => {
            if (!row.hasChildren) return
            event.stopPropagation()
            setOpen([id], !row.expanded)
          }}
        >
          {row.hasChildren && <Glyph name="chevron" size={12} />}
        </span>
        {glyph && <Glyph name={glyph} className="ui-item-glyph" />}
        <span className="ui-tree-label truncate">{shown ?? text}</span>
        {note !== undefined && <span className="ui-tree-note num">{note}</span>}
      </li>
    )
  }

  return (
    <ul role="tree" aria-label={label} aria-multiselectable="true" className="ui-tree">
      {rows.map(renderRow)}
    </ul>
  )
}
