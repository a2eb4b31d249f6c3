import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Network, Query } from '../../../network'
import { Glyph } from '../../../ui/glyphs'
import { codeWords, gateLetter, LETTERS } from './codes'
import { axesOf, moved, rowsOf, windowOf, type Axes, type Cell, type Place } from './matrixModel'

/** A slice of work between two frames (ms). */
const SLICE = 8
/** Width of the names of rows (px). */
const SIDE = 152
/** Least and most that a cell with words needs; when the page has less, cells hold a sign or a letter. */
const WORDS = { least: 108, most: 168 }

function sizeFor(columns: number, width: number): { row: number; column: number; head: number; compact: boolean } {
  const share = Math.floor(width / Math.max(1, columns))
  return share < WORDS.least
    ? { row: 24, column: 30, head: 84, compact: true }
    : { row: 30, column: Math.min(WORDS.most, share), head: 30, compact: false }
}

interface MatrixProps {
  network: Network
  nameOf: (id: string) => string
  onPick: (query: Query) => void
  /** The choice between one pair and everyone, first in the bar. */
  choice: ReactNode
}

/** Everyone to everyone: a grid that only holds what is on screen. */
export function Matrix({ network, nameOf, onPick, choice }: MatrixProps) {
  const axes = useMemo(() => axesOf(network), [network])
  const cells = useCells(network, axes)
  const { rows, columns } = axes
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ left: 0, top: 0, width: 900, height: 160 })
  const [active, setActive] = useState<Place>({ row: 0, column: 0 })
  const [pointed, setPointed] = useState<Place | null>(null)
  const [focused, setFocused] = useState(false)
  const size = sizeFor(columns.length, seen.width)
  const { compact, head } = size
  const wantsFocus = useRef(false)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const look = (): void =>
      setSeen({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth - SIDE,
        height: element.clientHeight - head,
      })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [head])
  const row = Math.min(active.row, rows.length - 1)
  const column = Math.min(active.column, columns.length - 1)
  useEffect(() => {
    if (!wantsFocus.current) return
    const cell = box.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')
    if (cell == null) return
    wantsFocus.current = false
    cell.focus({ preventScroll: true })
  })
  const [firstRow, endRow] = windowOf(seen.top, seen.height, size.row, rows.length)
  const [firstColumn, endColumn] = windowOf(seen.left, seen.width, size.column, columns.length)
  const shownRows = between(firstRow, endRow, row)
  const shownColumns = between(firstColumn, endColumn, column)

  const go = (to: Place): void => {
    wantsFocus.current = true
    setActive(to)
    const element = box.current
    if (element === null) return
    const x = to.column * size.column
    const y = to.row * size.row
    if (x < element.scrollLeft) element.scrollLeft = x
    else if (x + size.column > element.scrollLeft + seen.width) element.scrollLeft = x + size.column - seen.width
    if (y < element.scrollTop) element.scrollTop = y
    else if (y + size.row > element.scrollTop + seen.height) element.scrollTop = y + size.row - seen.height
  }
  const pick = (at: Place): void => {
    const from = rows[at.row]
    const to = columns[at.column]
    if (from !== undefined && to !== undefined && from !== to) onPick({ from, to })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(seen.height / size.row))
    const to = moved({ row, column }, event.key, event.ctrlKey, { row: rows.length, column: columns.length }, page)
    if (to !== null) go(to)
    else if (event.key === 'Enter' || event.key === ' ') pick({ row, column })
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const told = pointed ?? (focused ? { row, column } : null)
  return (
    <div className="mx">
      <div className="rc-bar xs">
        {choice}
        <Says
          cell={told === null ? null : cells[told.row]?.[told.column]}
          from={rows[told?.row ?? -1]}
          to={columns[told?.column ?? -1]}
          nameOf={nameOf}
        />
        {compact && (
          <span className="mx-letters dim">
            {LETTERS.map(([letter, word]) => (
              <span key={letter}>
                <b>{letter}</b> {word}
              </span>
            ))}
          </span>
        )}
      </div>
      <div
        ref={box}
        className="mx-box"
        data-compact={compact || undefined}
        role="grid"
        aria-label="Reachability, from rows to columns"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-readonly="true"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setPointed(null)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        <div
          role="presentation"
          className="mx-all"
          style={{ width: SIDE + columns.length * size.column, height: head + rows.length * size.row }}
        >
          <div role="row" aria-rowindex={1} className="mx-head" style={{ height: head }}>
            <div role="columnheader" aria-colindex={1} className="mx-corner caps" style={{ width: SIDE }}>
              From \ to
            </div>
            {shownColumns.map((index) => (
              <div
                key={index}
                role="columnheader"
                aria-colindex={index + 2}
                className="mx-column"
                data-on={index === told?.column || undefined}
                style={{ left: SIDE + index * size.column, width: size.column }}
              >
                <span className="truncate" title={nameOf(columns[index]!)}>
                  {nameOf(columns[index]!)}
                </span>
              </div>
            ))}
          </div>
          {shownRows.map((at) => (
            <div
              key={at}
              role="row"
              aria-rowindex={at + 2}
              className="mx-row"
              style={{ top: head + at * size.row, height: size.row }}
            >
              <div
                role="rowheader"
                aria-colindex={1}
                className="mx-side truncate"
                data-on={at === told?.row || undefined}
                style={{ width: SIDE }}
                title={nameOf(rows[at]!)}
              >
                {nameOf(rows[at]!)}
              </div>
              {shownColumns.map((index) => {
                const cell = cells[at]?.[index]
                const isActive = at === row && index === column
                return (
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid takes the keys
                  <div
                    key={index}
                    role="gridcell"
                    aria-colindex={index + 2}
                    className="mx-cell"
                    data-good={cell?.reachable}
                    tabIndex={isActive ? 0 : -1}
                    aria-label={labelOf(cell, nameOf(rows[at]!), nameOf(columns[index]!))}
                    style={{ left: SIDE + index * size.column, width: size.column }}
                    onMouseEnter={() => setPointed({ row: at, column: index })}
                    onFocus={() => setActive({ row: at, column: index })}
                    onClick={() => pick({ row: at, column: index })}
                  >
                    <Sign cell={cell} compact={compact} nameOf={nameOf} />
                  </div>
                )
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

function Sign({
  cell,
  compact,
  nameOf,
}: {
  cell: Cell | null | undefined
  compact: boolean
  nameOf: MatrixProps['nameOf']
}) {
  if (cell === undefined) return null
  if (cell === null) return <span className="faint">{compact ? '·' : 'itself'}</span>
  const { reachable, gate, code, through } = cell
  if (compact) return reachable ? <Glyph name="reachable" size={14} /> : <b>{gate === null ? '?' : gateLetter(gate)}</b>
  return (
    <>
      <Glyph name={reachable ? 'reachable' : 'blocked'} size={14} />
      <span className="truncate">
        {reachable ? (through === null ? 'direct' : `through ${nameOf(through)}`) : codeWords(code)}
      </span>
    </>
  )
}

function Says({
  cell,
  from,
  to,
  nameOf,
}: {
  cell: Cell | null | undefined
  from: string | undefined
  to: string | undefined
  nameOf: MatrixProps['nameOf']
}) {
  if (cell == null || from === undefined || to === undefined)
    return (
      <span className="dim">
        The network only, on the port each destination listens on. Press a cell to see every gate.
      </span>
    )
  return (
    <span className="mx-told" data-good={cell.reachable}>
      <Glyph name={cell.reachable ? 'reachable' : 'blocked'} size={14} />
      <span className="medium">
        {nameOf(from)} to {nameOf(to)}
      </span>
      {cell.reachable ? (
        <span className="dim">{cell.through === null ? 'direct' : `through ${nameOf(cell.through)}`}</span>
      ) : (
        <>
          <span className="dim">at {nameOf(cell.at ?? '')}</span>
          <span className="mono xxs dim">{cell.code}</span>
        </>
      )}
    </span>
  )
}

function labelOf(cell: Cell | null | undefined, from: string, to: string): string {
  if (cell === undefined) return `${from} to ${to}, not computed yet`
  if (cell === null) return `${from}, itself`
  return cell.reachable
    ? `${from} to ${to}: reachable`
    : `${from} to ${to}: blocked, ${codeWords(cell.code)}, ${cell.code} at ${cell.at}`
}

/** The window, and the one that has the keyboard's attention even when it is scrolled away. */
function between(first: number, end: number, always: number): number[] {
  const shown = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
  return shown.includes(always) || always < 0 ? shown : [...shown, always]
}

/** Rows as they are computed, a slice a frame. */
function useCells(network: Network, axes: Axes): readonly (readonly (Cell | null)[])[] {
  const [state, setState] = useState<{ axes: Axes; rows: readonly (readonly (Cell | null)[])[] }>({ axes, rows: [] })
  useEffect(() => {
    const work = rowsOf(network, axes)
    const rows: (readonly (Cell | null)[])[] = []
    let timer = 0
    const slice = (): void => {
      const until = performance.now() + SLICE
      do {
        const next = work.next()
        if (next.done === true) return setState({ axes, rows: [...rows] })
        rows.push(next.value)
      } while (performance.now() < until)
      setState({ axes, rows: [...rows] })
      timer = window.setTimeout(slice, 0)
    }
    slice()
    return () => clearTimeout(timer)
  }, [network, axes])
  // what is known of the document before stays until the first rows of the new one are there
  return state.axes === axes || sameAxes(state.axes, axes) ? state.rows : []
}

function sameAxes(a: Axes, b: Axes): boolean {
  return a.rows.join() === b.rows.join() && a.columns.join() === b.columns.join()
}
