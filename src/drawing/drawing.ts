import type { Scenario } from '../model/scenario'
import { fitContainers, onBorder, type Box } from './containers'
import { COLLAPSED, EMPTY_CONTAINER, ENI_SIZE, portsOf, rowsOf, sizeOf } from './faces'
import { layout, type Arrow, type Item } from './layout'
import { contentsOf, type Contents, type Thing } from './outline'
import { freePlace } from './place'
import { union } from './rect'
import type { Attachment, Drawing, DrawnNode, NetworkView, Port, Rect, Registry } from './types'
import { drawEdges } from './wires'

/**
 * What a scenario looks like: nodes (parents before children), wires and attachments. What has no layout gets a place;
 * the document is not changed. Pure and deterministic.
 */
export function drawing(scenario: Scenario, registry: Registry, network: NetworkView): Drawing {
  const contents = contentsOf(scenario, registry, network)
  const sizes = sizesOf(contents, scenario)
  const placed = placeAll(contents, scenario, sizes)
  const nodes = toNodes(contents, placed)
  return assemble(nodes, contents.links, contents.attachments)
}

/** A drawing from nodes that have places already. */
export function assemble(
  nodes: readonly DrawnNode[],
  links: Contents['links'],
  attachments: Drawing['attachments'],
): Drawing {
  const nodeById = new Map(nodes.map((node) => [node.id, node]))
  const edges = drawEdges(links, nodeById)
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
  const still = new Map(boxes.map((box) => [box.id, box.rect]))
  const nodes = settle(drawing.nodes, still)
  const links = drawing.edges.map((edge) => ({
    from: edge.from,
    to: edge.to,
    port: edge.fromPort,
    via: edge.via,
    connection: edge.connection,
  }))
  return assemble(nodes, links, drawing.attachments)
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
      return [
        thing.id,
        sizeOf(thing.kind, thing.silhouette, thing.extent, thing.label, rulesOf(thing, contents).length),
      ]
    }),
  )
}

/** Attachments of a bus that are rows with a port of their own. */
function rulesOf(thing: Thing, contents: Contents): Attachment[] {
  return rowsOf(thing.silhouette, contents.attachments.get(thing.id))
}

function placeAll(
  contents: Contents,
  scenario: Scenario,
  sizes: ReadonlyMap<string, { w: number; h: number }>,
): Map<string, Rect> {
  const arranged = arrange(contents, sizes, scenario)
  const rects = new Map<string, Rect>()
  const isKept = (thing: Thing): boolean => scenario.layout?.[thing.id] !== undefined
  const nothingKept = !contents.things.some(isKept)
  for (const thing of contents.things) {
    const kept = scenario.layout?.[thing.id]
    const auto = arranged.get(thing.id) ?? { x: 0, y: 0, w: 0, h: 0 }
    const size = sizes.get(thing.id) ?? auto
    if (kept !== undefined) rects.set(thing.id, { x: kept.x, y: kept.y, w: size.w, h: size.h })
    else if (nothingKept) rects.set(thing.id, auto)
  }
  if (!nothingKept) placeTheRest(contents, sizes, rects, arranged)
  const boxes: Box[] = contents.things.map((thing) => ({
    id: thing.id,
    parent: thing.parent,
    rect: rects.get(thing.id) ?? { x: 0, y: 0, w: 0, h: 0 },
    container: thing.shape === 'container',
    onBorder: thing.shape === 'gate',
  }))
  return onBorders(contents, fitContainers(boxes))
}

/** Things without a layout beside things with one: containers around their children, others at a free place nearby. */
function placeTheRest(
  contents: Contents,
  sizes: ReadonlyMap<string, { w: number; h: number }>,
  rects: Map<string, Rect>,
  arranged: ReadonlyMap<string, Rect>,
): void {
  for (const thing of [...contents.things].reverse()) {
    if (thing.shape !== 'container' || rects.has(thing.id)) continue
    const inside = contents.things
      .filter((child) => child.parent === thing.id && child.shape !== 'gate')
      .flatMap((child) => rects.get(child.id) ?? [])
    if (inside.length > 0) rects.set(thing.id, { ...grownAround(inside) })
  }
  for (const thing of contents.things) {
    if (rects.has(thing.id)) continue
    const auto = arranged.get(thing.id) ?? { x: 0, y: 0, w: 0, h: 0 }
    const size = sizes.get(thing.id) ?? auto
    const siblings = contents.things.filter((other) => other.parent === thing.parent && other !== thing)
    const taken = siblings.flatMap((other) => rects.get(other.id) ?? [])
    const parent = thing.parent === null ? undefined : rects.get(thing.parent)
    const host = contents.links.find((link) => link.to === thing.id && rects.has(link.from))
    const hostRect = host === undefined ? undefined : rects.get(host.from)
    if (thing.shape === 'gate' && parent !== undefined) {
      const row = taken.filter((rect) => rect.y + rect.h / 2 >= parent.y + parent.h - 2)
      const x = Math.max(parent.x + 24, ...row.map((rect) => rect.x + rect.w + 24))
      rects.set(thing.id, { x, y: parent.y + parent.h - size.h / 2, ...size })
    } else if (parent !== undefined) {
      const near =
        hostRect !== undefined && host?.connection === null
          ? { x: hostRect.x + hostRect.w / 2, y: hostRect.y + hostRect.h + 48 }
          : null
      const inner = { x: parent.x + 20, y: parent.y + 40, w: parent.w, h: parent.h }
      const at = freePlace(near ?? { x: inner.x + size.w / 2, y: inner.y + size.h / 2 }, size, taken, inner)
      rects.set(thing.id, { ...at, ...size })
    } else {
      const all = union([...rects.values()])
      const near =
        hostRect === undefined
          ? { x: all.x + size.w / 2, y: all.y + all.h + 32 + size.h / 2 }
          : { x: hostRect.x + hostRect.w + 72 + size.w / 2, y: hostRect.y + size.h / 2 }
      rects.set(thing.id, { ...freePlace(near, size, taken), ...size })
    }
  }
}

function grownAround(inside: readonly Rect[]): Rect {
  const all = union(inside)
  return { x: all.x - 12, y: all.y - 30, w: all.w + 24, h: all.h + 42 }
}

function arrange(
  contents: Contents,
  sizes: ReadonlyMap<string, { w: number; h: number }>,
  scenario: Scenario,
): Map<string, Rect> {
  const items = contents.things.map((thing): Item => {
    const size = sizes.get(thing.id) ?? { w: 0, h: 0 }
    const kept = scenario.layout?.[thing.id]
    const min = thing.shape === 'container' && kept === undefined ? { w: 208, h: 96 } : size
    return {
      id: thing.id,
      parent: thing.parent,
      w: min.w,
      h: min.h,
      shape: thing.shape,
      row: Math.min(size.h / 2, 48),
      ...(thing.container === undefined ? {} : { level: thing.container.level }),
    }
  })
  const gates = new Set(contents.things.filter((thing) => thing.shape === 'gate').map((thing) => thing.id))
  const arrows = contents.links.map((link): Arrow => {
    // what a VPC reaches through a gateway on its floor stands below it
    const gate = link.via.findLast((id) => gates.has(id))
    if (gate !== undefined) return { from: gate, to: link.to, below: true, row: 14 }
    const size = sizes.get(link.from)
    return {
      from: link.from,
      to: link.to,
      below: link.port === 'failure' || link.connection === null,
      row: Math.min((size?.h ?? 0) / 2, 48),
    }
  })
  return layout(items, arrows)
}

function onBorders(contents: Contents, rects: ReadonlyMap<string, Rect>): Map<string, Rect> {
  const result = new Map(rects)
  for (const thing of contents.things) {
    const own = rects.get(thing.id)
    const container = thing.parent === null ? undefined : rects.get(thing.parent)
    if (thing.shape === 'gate' && own !== undefined && container !== undefined)
      result.set(thing.id, onBorder(own, container))
  }
  return result
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
