/** Containers fit what they hold (visual.md 7). Coordinates are absolute, so growing a container never moves its children. */
import { union } from './rect'
import type { Rect } from './types'

/** Inset of children: 12 px per level and a 30 px header, which is the drag handle. */
export const PAD = { top: 30, side: 12, bottom: 12 }

export interface Box {
  readonly id: string
  readonly parent: string | null
  readonly rect: Rect
  readonly container: boolean
  /** Sits on its parent's border, so the parent does not grow around it. */
  readonly onBorder?: boolean
}

/**
 * Grows every container around its children, innermost first. Never shrinks, idempotent, children keep their absolute place.
 * A parent that is missing, or that would close a circle, counts as none.
 */
export function fitContainers(boxes: readonly Box[]): Map<string, Rect> {
  const rects = new Map(boxes.map((box) => [box.id, box.rect]))
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const depths = new Map(boxes.map((box) => [box.id, depthOf(box, byId)]))
  const inward = boxes.filter((box) => box.container).sort((a, b) => (depths.get(b.id) ?? 0) - (depths.get(a.id) ?? 0))
  for (const container of inward) {
    const own = rects.get(container.id) ?? container.rect
    const needs = boxes
      .filter((box) => box.parent === container.id && box.onBorder !== true)
      .map((box) => padded(rects.get(box.id) ?? box.rect))
    rects.set(container.id, needs.length === 0 ? own : union([own, ...needs]))
  }
  return rects
}

export function padded(rect: Rect): Rect {
  return { x: rect.x - PAD.side, y: rect.y - PAD.top, w: rect.w + 2 * PAD.side, h: rect.h + PAD.top + PAD.bottom }
}

function depthOf(box: Box, byId: ReadonlyMap<string, Box>): number {
  let depth = 0
  let parent = box.parent
  while (parent !== null && depth < 64) {
    depth += 1
    parent = byId.get(parent)?.parent ?? null
  }
  return depth
}

/** Puts a capsule on the side of a rectangle that is nearest to where it was. */
export function onBorder(rect: Rect, container: Rect): Rect {
  const x = rect.x + rect.w / 2
  const y = rect.y + rect.h / 2
  const sides = [
    { gap: Math.abs(y - (container.y + container.h)), x: null, y: container.y + container.h },
    { gap: Math.abs(y - container.y), x: null, y: container.y },
    { gap: Math.abs(x - container.x), x: container.x, y: null },
    { gap: Math.abs(x - (container.x + container.w)), x: container.x + container.w, y: null },
  ].sort((a, b) => a.gap - b.gap)
  const side = sides[0]
  const clamp = (value: number, low: number, high: number): number =>
    Math.min(Math.max(value, low), Math.max(low, high))
  const cx = side?.x ?? clamp(x, container.x + rect.w / 2 + 12, container.x + container.w - rect.w / 2 - 12)
  const cy = side?.y ?? clamp(y, container.y + 30, container.y + container.h - 30)
  return { x: Math.round(cx - rect.w / 2), y: Math.round(cy - rect.h / 2), w: rect.w, h: rect.h }
}
