/** The matrix: who asks whom, computed a slice at a time so that the page stays quick, and which part of it is on screen. */
import { trace, type Network } from '../../../network'
import type { Code, Hop } from '../../../network'
import { INTERNET, partiesOf } from './question'

export interface Cell {
  readonly reachable: boolean
  readonly code: Code
  readonly at: string | null
  /** Of the hop that blocks. */
  readonly gate: Hop['gate'] | null
  /** What the packet leaves the VPC through; null for nothing. */
  readonly through: string | null
}

export interface Axes {
  /** Those that open connections. */
  readonly rows: readonly string[]
  /** Those that take them. */
  readonly columns: readonly string[]
}

export function axesOf(network: Network): Axes {
  const parties = partiesOf(network)
  return {
    rows: [...parties.filter(({ sends }) => sends).map(({ id }) => id), INTERNET],
    columns: [...parties.map(({ id }) => id), INTERNET],
  }
}

export function cellOf(network: Network, from: string, to: string): Cell {
  const { reachable, code, at, hops } = trace(network, { from, to })
  const gate = hops.find(({ passed }) => !passed)?.gate ?? null
  const through = hops.find(({ direction, gate: each }) => direction === 'forward' && OUT.has(each))?.resource ?? null
  return { reachable, code, at, gate, through }
}

const OUT: ReadonlySet<Hop['gate']> = new Set(['nat-gateway', 'internet-gateway', 'endpoint'])

/** Row after row; an entry is one row of cells, null where somebody meets themselves. */
export function* rowsOf(network: Network, { rows, columns }: Axes): Generator<readonly (Cell | null)[], void> {
  for (const from of rows) yield columns.map((to) => (from === to ? null : cellOf(network, from, to)))
}

/** First and one past the last of equal pieces that a window shows, with `extra` on both sides. */
export function windowOf(scrolled: number, visible: number, piece: number, count: number, extra = 2): [number, number] {
  const first = Math.max(0, Math.floor(scrolled / piece) - extra)
  return [Math.min(first, count), Math.min(count, Math.ceil((scrolled + visible) / piece) + extra)]
}

export interface Place {
  readonly row: number
  readonly column: number
}

/** Where a key leads; null for keys that are none of the grid's. `page`: rows of one screen. */
export function moved(from: Place, key: string, control: boolean, size: Place, page: number): Place | null {
  const { row, column } = from
  const clamp = (value: number, most: number): number => Math.max(0, Math.min(most - 1, value))
  const to = (r: number, c: number): Place => ({ row: clamp(r, size.row), column: clamp(c, size.column) })
  switch (key) {
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowUp':
      return to(row - 1, column)
    case 'PageDown':
      return to(row + page, column)
    case 'PageUp':
      return to(row - page, column)
    case 'Home':
      return to(control ? 0 : row, 0)
    case 'End':
      return to(control ? size.row : row, size.column)
    default:
      return null
  }
}
