/** Room for what grows: a function that gets a version or an alias, a bus or topic that gets a row. */
import type { LogicalId, Position, Scenario } from '../model/scenario'
import { KINDS } from '../services/kinds'
import { aliasRows, releasesHeight, sizeOf } from './faces'
import { overlaps } from './rect'
import { FUNCTION, ownerOf, releaseOf } from './releases'
import type { Attachment, Drawing, Point, Rect } from './types'

/** Kept free between nodes that would touch (px). */
const GAP = 16

/** Height of a function's face at its usual extent. */
function heightOf(fn: LogicalId, scenario: Scenario): number {
  const kind = KINDS[FUNCTION]
  const attachments = Object.keys(scenario.resources).flatMap((id): Attachment[] => {
    const release = ownerOf(id, scenario) === fn ? releaseOf(id, scenario) : null
    return release === null || kind === undefined ? [] : [{ id, type: '', kind, label: id, release }]
  })
  if (kind === undefined || aliasRows(attachments).length + attachments.length === 0) return kind?.size?.h ?? 0
  return sizeOf(kind, 'plain', 'normal', fn, 0, releasesHeight(attachments)).h
}

/**
 * Nodes on the open canvas that `fn` would cover after an edit, moved below it; what stands in containers is kept apart by those. Empty
 * when nothing is in the way.
 */
export function madeRoom(fn: LogicalId, before: Scenario, after: Scenario): { [id: LogicalId]: Position } {
  const place = before.layout?.[fn]
  const grown = heightOf(fn, after) - heightOf(fn, before)
  if (place === undefined || grown <= 0) return {}
  const [top, bottom] = [place.y + heightOf(fn, before), place.y + heightOf(fn, after) + GAP]
  const width = Math.max(place.w ?? 0, KINDS[FUNCTION]?.size?.w ?? 0)
  const moved: { [id: LogicalId]: Position } = {}
  for (const [id, at] of Object.entries(before.layout ?? {})) {
    const resource = before.resources[id]
    const kind = KINDS[resource?.Type ?? '']
    if (resource === undefined || kind?.drawn !== 'node' || id === fn) continue
    if ((kind.container?.(resource, before) ?? null) !== null) continue
    const under = at.x < place.x + width && at.x + (kind.size?.w ?? 148) > place.x
    if (under && at.y >= top && at.y < bottom) moved[id] = { ...at, y: at.y + grown }
  }
  return moved
}

/**
 * Where nodes on the open canvas go that another one would cover after an edit and did not before: below it, and what they would cover
 * then below them. Both drawings are of the same places.
 */
export function roomFor(before: Drawing, after: Drawing): ReadonlyMap<string, Point> {
  const open = after.nodes.filter(({ parent, shape }) => parent === null && shape !== 'gate')
  const rects = new Map(open.map(({ id, rect }) => [id, rect]))
  const moved = new Map<string, Point>()
  const push = (id: string, old: Rect, rect: Rect): void => {
    const reach = { ...rect, h: rect.h + GAP / 2 }
    for (const [other, at] of rects) {
      if (other === id || moved.size > 50 || at.y < old.y + old.h || !overlaps(reach, at) || overlaps(old, at)) continue
      const to = { ...at, y: rect.y + rect.h + GAP }
      rects.set(other, to)
      moved.set(other, { x: to.x, y: to.y })
      push(other, at, to)
    }
  }
  for (const { id, rect } of open) {
    const old = before.nodeById.get(id)?.rect
    if (old !== undefined && rect.h > old.h) push(id, old, rects.get(id)!)
  }
  return moved
}
