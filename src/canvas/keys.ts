/** Keys of the canvas. React Flow's own are off: they move without telling and cannot be undone. */
import type { KeyboardEvent } from 'react'
import { announce } from '../ui/announce'
import { duplicateAll, removeAll, type Commands } from './commands'
import { tell } from './tell'
import { alongWire, directionOf, neighbour, type Direction } from './travel'

export interface KeyTarget extends Commands {
  focusNode(id: string): void
  focusEdge(id: string): void
  cancel(): void
  zoom(step: 'in' | 'out' | 'fit'): void
}

const MOVE = { fine: 4, coarse: 20 }

/** Handles a key pressed inside the canvas; leaves alone what belongs to fields, menus and the app. */
export function handleKey(event: KeyboardEvent<HTMLElement>, to: KeyTarget): void {
  const target = event.target
  if (
    event.defaultPrevented ||
    !(target instanceof Element) ||
    target.closest('input, textarea, select, button, [contenteditable], [role="menu"], [role="dialog"]')
  )
    return
  const focused = target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')?.dataset.id ?? null
  if (press(event, focused, to)) {
    event.preventDefault()
    event.stopPropagation()
  }
}

function press(event: KeyboardEvent, focused: string | null, to: KeyTarget): boolean {
  const { props } = to
  const command = event.ctrlKey || event.metaKey
  const chosen = idsToActOn(focused, to)
  const direction = directionOf(event.key)
  if (direction !== null) return arrow(event, direction, focused, to)
  if (command) {
    if (event.key === 'a') return does(() => selectAll(to))
    if (event.key === 'd') return does(() => duplicateAll(to, chosen))
    return false
  }
  if (event.altKey) return false
  switch (event.key) {
    case 'Enter':
      return focused !== null && does(() => props.onOpen(focused))
    case ' ':
      return focused !== null && !props.selection.has(focused) && does(() => select(to, focused, event.shiftKey))
    case 'Escape':
      return does(() => to.cancel())
    case 'Delete':
    case 'Backspace':
      return chosen.length > 0 && does(() => removeAll(to, chosen))
    case 'F2':
      return chosen.length === 1 && does(() => to.startRename(chosen[0] ?? ''))
    case 'w':
    case 'W':
      return chosen.length === 1 && props.readOnly !== true && does(() => to.openConnect(chosen[0] ?? ''))
    case ']':
    case '[':
      return focused !== null && does(() => follow(focused, event.key === ']', to))
    case 'Home':
    case 'End': {
      const node = props.drawing.nodes.at(event.key === 'Home' ? 0 : -1)
      return node !== undefined && does(() => to.focusNode(node.id))
    }
    case '+':
    case '=':
      return does(() => to.zoom('in'))
    case '-':
      return does(() => to.zoom('out'))
    case '0':
      return does(() => to.zoom('fit'))
    default:
      return false
  }
}

/** On a selected node arrows move the selection, otherwise (and with Alt) they move focus. */
function arrow(event: KeyboardEvent, direction: Direction, focused: string | null, to: KeyTarget): boolean {
  const { drawing, selection } = to.props
  const node = focused === null ? undefined : drawing.nodeById.get(focused)
  if (event.ctrlKey || event.metaKey) return false
  const moves =
    !event.altKey &&
    to.props.readOnly !== true &&
    (node === undefined ? selection.size > 0 && focused === null : selection.has(node.id))
  if (moves) return nudge(direction, event.shiftKey ? MOVE.coarse : MOVE.fine, to)
  if (node === undefined) {
    const first = drawing.nodes[0]
    return first !== undefined && does(() => to.focusNode(first.id))
  }
  const next = neighbour(drawing, node, direction)
  return does(() => (next === null ? announce(`Nothing ${direction} of ${node.label}.`) : to.focusNode(next.id)))
}

function nudge(direction: Direction, by: number, to: KeyTarget): boolean {
  const { drawing, selection } = to.props
  const dx = direction === 'left' ? -by : direction === 'right' ? by : 0
  const dy = direction === 'up' ? -by : direction === 'down' ? by : 0
  const moved = drawing.nodes.filter(
    (node) => selection.has(node.id) && node.type !== 'zone' && (node.parent === null || !selection.has(node.parent)),
  )
  if (moved.length === 0) return false
  tell(
    to.props.onMove({ to: new Map(moved.map((node) => [node.id, { x: node.rect.x + dx, y: node.rect.y + dy }])) }),
    true,
  )
  const first = moved[0]
  if (first !== undefined) announce(`${moved.length === 1 ? first.label : `${moved.length} nodes`} ${direction} ${by}.`)
  return true
}

function follow(id: string, forward: boolean, to: KeyTarget): void {
  const next = alongWire(to.props.drawing, id, forward)
  if (next === null) announce(forward ? 'No wire leaves here.' : 'No wire arrives here.')
  else if (next.kind === 'node') to.focusNode(next.id)
  else to.focusEdge(next.id)
}

function idsToActOn(focused: string | null, { props }: KeyTarget): readonly string[] {
  if (focused !== null && !props.selection.has(focused)) return [focused]
  return [...props.selection]
}

function select({ props }: KeyTarget, id: string, extend: boolean): void {
  props.onSelect(extend ? [...props.selection, id] : [id])
}

function selectAll({ props }: KeyTarget): void {
  props.onSelect(props.drawing.nodes.map((node) => node.id))
  announce(`${props.drawing.nodes.length} nodes selected.`)
}

function does(action: () => void): true {
  action()
  return true
}
