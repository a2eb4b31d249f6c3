/**
 * Where the states of a chart stand: two columns, filled row by row in the order of declaration, which is the order an
 * author tells a life in. Compound states are frames round their rows. The same chart always looks the same.
 */
import type { ChartArrow, ChartModel, ChartState } from './chart-model'
import { routes, type Route } from './chart-route'

export interface Box {
  readonly path: string
  readonly name: string
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  /** Leaf states stand in rows; frames span the rows of what they hold. */
  readonly row: number
  readonly lastRow: number
  readonly column: 0 | 1
  readonly frame: boolean
  readonly final: boolean
}

export interface ChartLayout {
  readonly w: number
  readonly h: number
  readonly boxes: readonly Box[]
  readonly routes: readonly Route[]
  /** Where the initial arrow ends, coming from above. */
  readonly start: { readonly x: number; readonly y: number }
}

export const STATE_H = 26
const ROW_GAP = 32
const FRAME_TOP = 20
const FRAME_PAD = 12
/** Left and right of the states: channels in which long arrows run. */
const MARGIN = 30
/** Room for the initial arrow and for words above the first row. */
const TOP = 20
const LETTER = 6.4

/** With more arrows than these, words on all of them hide each other. */
const MOST_WORDS = 9

/** Whether an arrow leaves a state, or what the state lies in. */
export const leaves = (state: string, from: string): boolean => state === from || state.startsWith(`${from}.`)

/** Lays a chart out in `width` px. In one with many arrows those that leave `focus` have words; the picture stays the same. */
export function chartLayout(model: ChartModel, width: number, focus: string | null = null): ChartLayout {
  const wanted = Math.max(...leavesOf(model.states).map((name) => name.length * LETTER + 18), 64)
  const stateW = Math.min(wanted, (width - 2 * MARGIN - 44) / 2)
  const boxes: Box[] = []
  let y = TOP
  let row = -1
  let open: { column: 0 | 1 } | null = null

  const place = (state: ChartState, depth: number): void => {
    if (state.children.length > 0) {
      if (open !== null) y += STATE_H + ROW_GAP
      open = null
      const top = y
      const first = row + 1
      y += FRAME_TOP
      for (const child of state.children) place(child, depth + 1)
      if (open !== null) y += STATE_H
      open = null
      y += FRAME_PAD
      const inset = MARGIN - FRAME_PAD + depth * 6
      boxes.push({
        ...base(state, first),
        x: inset,
        y: top,
        w: width - 2 * inset,
        h: y - top,
        lastRow: row,
        column: 0,
        frame: true,
      })
      y += ROW_GAP
      return
    }
    const column: 0 | 1 = open === null ? 0 : 1
    if (column === 0) row++
    const x = column === 0 ? MARGIN : width - MARGIN - stateW
    boxes.push({ ...base(state, row), x, y, w: stateW, h: STATE_H, lastRow: row, column, frame: false })
    if (column === 0) open = { column }
    else {
      open = null
      y += STATE_H + ROW_GAP
    }
  }
  for (const state of model.states) place(state, 0)
  const arrows = routes(model, boxes, width)
  // words and arrows may lie below the last row
  const bottom = Math.max(
    ...boxes.map((box) => box.y + box.h),
    ...arrows.flatMap(({ points, label }) => [...points.map(({ y }) => y), (label?.y ?? 0) - 4]),
  )
  const first = boxes.find(({ path }) => path === model.initial)
  return {
    w: width,
    h: bottom + 10,
    boxes,
    routes:
      focus === null || arrows.length <= MOST_WORDS
        ? arrows
        : focused(model, boxes, width, arrows, ({ from }) => leaves(focus, from)),
    start: { x: (first?.x ?? 0) + 14, y: first?.y ?? 0 },
  }
}

/** Fewer words find better places; when one takes the place of another's, those that had a place keep it. */
function focused(
  model: ChartModel,
  boxes: readonly Box[],
  width: number,
  all: readonly Route[],
  tells: (arrow: ChartArrow) => boolean,
): Route[] {
  const better = routes(model, boxes, width, tells)
  const lost = better.some(({ arrow, label }, i) => tells(arrow) && label === null && all[i]!.label !== null)
  return lost ? routes(model, boxes, width, tells, all) : better
}

const base = (state: ChartState, row: number) => ({ path: state.path, name: state.name, row, final: state.final })

const leavesOf = (states: readonly ChartState[]): string[] =>
  states.flatMap((state) => (state.children.length === 0 ? [state.name] : leavesOf(state.children)))
