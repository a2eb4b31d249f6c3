/** Moving focus over the drawing with arrow keys, and along wires. */
import type { Drawing, DrawnNode, Point } from '../drawing'

export type Direction = 'left' | 'right' | 'up' | 'down'

const STEP: { readonly [direction in Direction]: Point } = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
}

export function directionOf(key: string): Direction | null {
  switch (key) {
    case 'ArrowLeft':
      return 'left'
    case 'ArrowRight':
      return 'right'
    case 'ArrowUp':
      return 'up'
    case 'ArrowDown':
      return 'down'
    default:
      return null
  }
}

/** The nearest node that way: distance along counts once, distance aside twice. Null at the edge of the drawing. */
export function neighbour(drawing: Drawing, from: DrawnNode, direction: Direction): DrawnNode | null {
  const here = handleOf(from)
  const step = STEP[direction]
  let best: DrawnNode | null = null
  let bestCost = Infinity
  for (const node of drawing.nodes) {
    if (node.id === from.id) continue
    const there = handleOf(node)
    const dx = there.x - here.x
    const dy = there.y - here.y
    const along = dx * step.x + dy * step.y
    const aside = Math.abs(dx * step.y) + Math.abs(dy * step.x)
    if (along <= 0 || aside > 3 * along + 40) continue
    const cost = along + 2 * aside
    if (cost < bestCost) {
      best = node
      bestCost = cost
    }
  }
  return best
}

/** `]`: from a node to its first wire out, from a wire to its end. `[`: the other way. */
export function alongWire(
  drawing: Drawing,
  id: string,
  forward: boolean,
): { kind: 'node' | 'edge'; id: string } | null {
  const edge = drawing.edgeById.get(id)
  if (edge !== undefined) return { kind: 'node', id: forward ? edge.to : edge.from }
  const found = drawing.edges.find(
    (candidate) => candidate.connection !== null && (forward ? candidate.from : candidate.to) === id,
  )
  return found === undefined ? null : { kind: 'edge', id: found.id }
}

/** Containers are reached at their title, everything else in its middle. */
function handleOf(node: DrawnNode): Point {
  const { x, y, w, h } = node.rect
  return node.shape === 'container' ? { x: x + Math.min(60, w / 2), y } : { x: x + w / 2, y: y + h / 2 }
}
