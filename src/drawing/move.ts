/** Edits of the layout: none of them changes what is simulated. */
import type { Position, Scenario } from '../model/scenario'
import type { Edit } from './edit-result'
import { extentFor } from './faces'
import { snap } from './rect'
import type { Drawing, Point, Rect } from './types'

/**
 * New absolute places of drawn nodes; what they hold moves along. Everything drawn gets its place written, so that a document
 * without layout keeps the arrangement it was seen in.
 */
export function move(scenario: Scenario, drawing: Drawing, to: ReadonlyMap<string, Point>): Edit {
  const layout: { [id: string]: Position } = { ...layoutOf(scenario, drawing) }
  const shifts = new Map<string, Point>()
  for (const node of drawing.nodes) {
    const target = to.get(node.id)
    const inherited = node.parent === null ? undefined : shifts.get(node.parent)
    const shift =
      target === undefined ? inherited : { x: snap(target.x) - node.rect.x, y: snap(target.y) - node.rect.y }
    const kept = layout[node.id]
    if (shift === undefined || kept === undefined) continue
    shifts.set(node.id, shift)
    layout[node.id] = { ...kept, x: kept.x + shift.x, y: kept.y + shift.y }
  }
  return { scenario: { ...scenario, layout }, said: '', ids: [...to.keys()] }
}

/** A container's new absolute rectangle. It never becomes smaller than what it holds: the drawing grows it back. */
export function resize(scenario: Scenario, drawing: Drawing, id: string, rect: Rect): Edit {
  const layout = layoutOf(scenario, drawing)
  const kept = { x: snap(rect.x), y: snap(rect.y), w: Math.max(64, snap(rect.w)), h: Math.max(64, snap(rect.h)) }
  return { scenario: { ...scenario, layout: { ...layout, [id]: kept } }, said: '', ids: [id] }
}

/** How much of its face a node shows. */
export function setExtent(
  scenario: Scenario,
  drawing: Drawing,
  ids: readonly string[],
  extent: 'collapsed' | 'normal' | 'wide',
): Edit {
  const layout: { [id: string]: Position } = { ...layoutOf(scenario, drawing) }
  for (const id of ids) {
    const node = drawing.nodeById.get(id)
    if (node === undefined || node.shape !== 'node') continue
    const at = { x: layout[id]?.x ?? node.rect.x, y: layout[id]?.y ?? node.rect.y }
    const w = extent === 'collapsed' ? 148 : 404
    layout[id] = extent === 'normal' || extentFor(node.kind, w) !== extent ? at : { ...at, w }
  }
  return { scenario: { ...scenario, layout }, said: '', ids }
}

/** Places of everything drawn that stands where the learner, or the arrangement, put it. */
export function layoutOf(scenario: Scenario, drawing: Drawing): { [id: string]: Position } {
  const layout: { [id: string]: Position } = { ...scenario.layout }
  for (const node of drawing.nodes) {
    const kept = layout[node.id]
    if (kept !== undefined) continue
    const at = { x: Math.round(node.rect.x), y: Math.round(node.rect.y) }
    layout[node.id] =
      node.shape === 'container' ? { ...at, w: Math.round(node.rect.w), h: Math.round(node.rect.h) } : at
  }
  return layout
}
