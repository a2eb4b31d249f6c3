import type { Scenario } from '../model/scenario'
import type { Box } from './containers'
import {
  aliasRows,
  COLLAPSED,
  EMPTY_CONTAINER,
  ENI_SIZE,
  LANES_W,
  lanesHeight,
  portsOf,
  releasesHeight,
  rowsOf,
  sizeOf,
} from './faces'
import { contentsOf, type Contents, type Thing } from './outline'
import { placesOf } from './places'
import { union } from './rect'
import type { Attachment, Drawing, DrawnEdge, DrawnNode, NetworkView, Port, Rect, Registry } from './types'
import { drawEdges } from './wires'

/**
 * What a scenario looks like: nodes (parents before children), wires and attachments. What has no layout gets a place;
 * the document is not changed. Pure and deterministic.
 */
export function drawing(scenario: Scenario, registry: Registry, network: NetworkView): Drawing {
  const contents = contentsOf(scenario, registry, network)
  const sizes = sizesOf(contents, scenario)
  const placed = placesOf(contents, scenario, sizes)
  const nodes = toNodes(contents, placed)
  return assemble(nodes, contents.links, contents.attachments)
}

/** A drawing from nodes that have places already. */
function assemble(
  nodes: readonly DrawnNode[],
  links: Contents['links'],
  attachments: Drawing['attachments'],
  kept?: ReadonlyMap<string, DrawnEdge>,
): Drawing {
  const nodeById = new Map(nodes.map((node) => [node.id, node]))
  const edges = drawEdges(links, nodeById, kept)
  return {
    nodes,
    edges,
    attachments,
    nodeById,
    edgeById: new Map(edges.map((edge) => [edge.id, edge])),
    bounds: union(nodes.map((node) => node.rect)),
  }
}

/** The same drawing with nodes elsewhere (and what they hold along), for the time of a drag. `to`: new top left corners. */
export function withMoved(drawing: Drawing, to: ReadonlyMap<string, { x: number; y: number }>): Drawing {
  const shifts = new Map<string, { x: number; y: number }>()
  const boxes: Box[] = drawing.nodes.map((node) => {
    const target = to.get(node.id)
    const inherited = node.parent === null ? undefined : shifts.get(node.parent)
    const shift = target === undefined ? inherited : { x: target.x - node.rect.x, y: target.y - node.rect.y }
    if (shift !== undefined) shifts.set(node.id, shift)
    const rect = shift === undefined ? node.rect : { ...node.rect, x: node.rect.x + shift.x, y: node.rect.y + shift.y }
    return {
      id: node.id,
      parent: node.parent,
      rect,
      container: node.shape === 'container',
      onBorder: node.shape === 'gate',
    }
  })
  // a parent is not stretched after a child that is being dragged out of it
  const nodes = settle(drawing.nodes, new Map(boxes.map((box) => [box.id, box.rect])))
  const links = drawing.edges.map((edge) => ({
    from: edge.from,
    to: edge.to,
    port: edge.fromPort,
    ...(edge.toPort === 'in' || edge.toPort === 'top' || edge.toPort === 'bottom' ? {} : { toPort: edge.toPort }),
    via: edge.via,
    connection: edge.connection,
  }))
  const moved = new Set(
    nodes.filter((node, i) => node !== drawing.nodes[i] && node.rect !== drawing.nodes[i]?.rect).map((node) => node.id),
  )
  const still = drawing.edges.filter((edge) => ![edge.from, edge.to, ...edge.via].some((id) => moved.has(id)))
  return assemble(nodes, links, drawing.attachments, new Map(still.map((edge) => [edge.id, edge])))
}

function sizesOf(contents: Contents, scenario: Scenario): Map<string, { w: number; h: number }> {
  return new Map(
    contents.things.map((thing) => {
      const kept = scenario.layout?.[thing.id]
      if (thing.type === 'eni') return [thing.id, ENI_SIZE]
      if (thing.shape === 'container') {
        return [
          thing.id,
          { w: Math.max(COLLAPSED.w, kept?.w ?? EMPTY_CONTAINER.w), h: Math.max(64, kept?.h ?? EMPTY_CONTAINER.h) },
        ]
      }
      const rows = rulesOf(thing, contents).length
      const more = releasesHeight(contents.attachments.get(thing.id)) + lanesHeight(thing.shards ?? 0)
      const size = sizeOf(thing.kind, thing.silhouette, thing.extent, thing.label, rows, more)
      return [thing.id, thing.shards === undefined || thing.extent === 'collapsed' ? size : { ...size, w: LANES_W }]
    }),
  )
}

/** Attachments of a bus that are rows with a port of their own. */
function rulesOf(thing: Thing, contents: Contents): Attachment[] {
  return rowsOf(thing.silhouette, contents.attachments.get(thing.id))
}

function toNodes(contents: Contents, rects: ReadonlyMap<string, Rect>): DrawnNode[] {
  return contents.things.map((thing): DrawnNode => {
    const rect = rects.get(thing.id) ?? { x: 0, y: 0, w: 0, h: 0 }
    const rows = rulesOf(thing, contents)
    const ports: Port[] = portsOf(
      thing.shape,
      thing.silhouette,
      rect,
      rows,
      thing.extent,
      thing.container?.level === 'subnet',
      {
        is: thing.kind.actions?.['lambda:Invoke'] !== undefined,
        aliases: aliasRows(contents.attachments.get(thing.id)),
      },
    )
    return {
      ...thing,
      rect,
      ports,
      relative: relativeTo(rect, thing.parent === null ? undefined : rects.get(thing.parent)),
    }
  })
}

function settle(nodes: readonly DrawnNode[], rects: ReadonlyMap<string, Rect>): DrawnNode[] {
  return nodes.map((node) => {
    const rect = rects.get(node.id) ?? node.rect
    const relative = relativeTo(rect, node.parent === null ? undefined : rects.get(node.parent))
    const same = rect === node.rect && relative.x === node.relative.x && relative.y === node.relative.y
    return same ? node : { ...node, rect, relative }
  })
}

function relativeTo(rect: Rect, parent: Rect | undefined): { x: number; y: number } {
  return parent === undefined ? { x: rect.x, y: rect.y } : { x: rect.x - parent.x, y: rect.y - parent.y }
}
