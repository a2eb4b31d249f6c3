/** Where an imported network stands on the canvas: zones side by side in their VPC, subnets one below the other, hosts in a grid. */
import type { Position, Scenario } from '../../model/scenario'
import { drawing, type DrawnNode } from '../../drawing'
import { NETWORK_VIEW } from '../../drawing/network'
import { PAD } from '../../drawing/containers'
import { CONNECTORS } from '../../services/connectors'
import { KINDS } from '../../services/kinds'

const GAP = 32
/** Rows of VPCs, and of what stands outside them, are at most this wide (px) unless one thing alone is wider. */
const ROW = 2_600
const EMPTY = { w: 208, h: 96 }

interface Block {
  readonly w: number
  readonly h: number
  /** Places of everything in it, from its own top left corner. */
  readonly places: readonly (readonly [id: string, at: Position])[]
}

/** The scenario with a place for every node; nothing overlaps but what holds from what is held. */
export function laidOut(scenario: Scenario): Scenario {
  const { nodes } = drawing(scenario, { kinds: KINDS, connectors: CONNECTORS }, NETWORK_VIEW)
  const childrenOf = new Map<string | null, DrawnNode[]>()
  for (const node of nodes) {
    const siblings = childrenOf.get(node.parent)
    if (siblings === undefined) childrenOf.set(node.parent, [node])
    else siblings.push(node)
  }
  const top = childrenOf.get(null) ?? []
  const blocks = (of: readonly DrawnNode[]): Block[] => of.map((node) => blockOf(node, childrenOf))
  const held = flow(blocks(top.filter(({ shape }) => shape === 'container')), ROW)
  const outside = flow(blocks(top.filter(({ shape }) => shape !== 'container')), Math.max(ROW, held.w))
  const shift = held.h === 0 ? 0 : held.h + 2 * GAP
  const layout = Object.fromEntries([
    ...held.places,
    ...outside.places.map(([id, at]) => [id, { ...at, y: at.y + shift }] as const),
  ])
  return { ...scenario, layout }
}

function blockOf(node: DrawnNode, childrenOf: ReadonlyMap<string | null, readonly DrawnNode[]>): Block {
  const { w, h } = node.rect
  if (node.shape !== 'container') return { w, h, places: [[node.id, { x: 0, y: 0 }]] }
  const children = childrenOf.get(node.id) ?? []
  const gates = children.filter(({ shape }) => shape === 'gate')
  // public subnets stand below private ones: their routes lead to the gateways on the floor
  const inner = children
    .filter(({ shape }) => shape !== 'gate')
    .sort((a, b) => Number(a.container?.access === 'public') - Number(b.container?.access === 'public'))
    .map((child) => blockOf(child, childrenOf))
  const level = node.container?.level
  const inside = level === 'vpc' ? flow(inner, Infinity) : level === 'zone' ? flow(inner, 0) : grid(inner)
  const gatesWidth = gates.reduce((sum, gate) => sum + gate.rect.w + GAP, GAP)
  const width = snap(Math.max(EMPTY.w, gatesWidth, inside.w + 2 * PAD.side + 16))
  const height = snap(Math.max(EMPTY.h, inside.h + PAD.top + PAD.bottom + 16 + (gates.length > 0 ? GAP : 0)))
  let x = GAP
  const onBorder = gates.map((gate) => {
    const at = { x, y: height - Math.round(gate.rect.h / 2) }
    x += gate.rect.w + GAP
    return [gate.id, at] as const
  })
  return {
    w: width,
    h: height + (gates.length > 0 ? GAP : 0),
    places: [
      [node.id, { x: 0, y: 0, w: width, h: height }],
      ...onBorder,
      ...inside.places.map(([id, at]) => [id, { ...at, x: at.x + PAD.side + 8, y: at.y + PAD.top + 8 }] as const),
    ],
  }
}

/** About as many columns as rows. */
function grid(blocks: readonly Block[]): Block {
  const widest = Math.max(0, ...blocks.map(({ w }) => w))
  const columns = Math.ceil(Math.sqrt(blocks.length / 2))
  return flow(blocks, columns * (widest + GAP))
}

/** Left to right in rows no wider than `most`. */
function flow(blocks: readonly Block[], most: number): Block {
  const places: (readonly [string, Position])[] = []
  let [x, y, row, width] = [0, 0, 0, 0]
  for (const block of blocks) {
    if (x > 0 && x + block.w > most) {
      y += row + GAP
      x = 0
      row = 0
    }
    for (const [id, at] of block.places) places.push([id, { ...at, x: at.x + x, y: at.y + y }])
    row = Math.max(row, block.h)
    width = Math.max(width, x + block.w)
    x += block.w + GAP
  }
  return { w: width, h: y + row, places }
}

const snap = (value: number): number => Math.ceil(value / 4) * 4
