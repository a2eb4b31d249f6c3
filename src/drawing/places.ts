/** Gives everything a rectangle: the layout's where it has one, else a computed one; containers around what they hold. */
import type { Scenario } from '../model/scenario'
import { fitContainers, onBorder, type Box } from './containers'
import { layout, type Arrow, type Item } from './layout'
import type { Contents, Thing } from './outline'
import { freePlace } from './place'
import { union } from './rect'
import type { Rect } from './types'

type Sizes = ReadonlyMap<string, { readonly w: number; readonly h: number }>
const NOWHERE: Rect = { x: 0, y: 0, w: 0, h: 0 }

export function placesOf(contents: Contents, scenario: Scenario, sizes: Sizes): Map<string, Rect> {
  const rects = new Map<string, Rect>()
  for (const thing of contents.things) {
    const kept = scenario.layout?.[thing.id]
    if (kept !== undefined) rects.set(thing.id, { x: kept.x, y: kept.y, ...(sizes.get(thing.id) ?? { w: 0, h: 0 }) })
  }
  const arranged = rects.size === contents.things.length ? new Map<string, Rect>() : arrange(contents, scenario, sizes)
  const placed = rects.size === 0 ? new Map(arranged) : placeTheRest(contents, sizes, rects, arranged)
  return onBorders(contents, fit(contents, placed))
}

/** Things without a layout beside things with one: first inside the containers that are there, then the top level. */
function placeTheRest(
  contents: Contents,
  sizes: Sizes,
  kept: ReadonlyMap<string, Rect>,
  arranged: ReadonlyMap<string, Rect>,
): Map<string, Rect> {
  const rects = new Map(kept)
  for (const thing of contents.things.toReversed()) {
    if (thing.shape !== 'container' || rects.has(thing.id)) continue
    const inside = contents.things
      .filter((child) => child.parent === thing.id && child.shape !== 'gate')
      .flatMap((child) => rects.get(child.id) ?? [])
    const all = union(inside)
    if (inside.length > 0) rects.set(thing.id, { x: all.x - 12, y: all.y - 30, w: all.w + 24, h: all.h + 42 })
  }
  for (const thing of contents.things) {
    const parent = thing.parent === null ? undefined : rects.get(thing.parent)
    if (!rects.has(thing.id) && parent !== undefined)
      rects.set(thing.id, placeInside(thing, parent, contents, sizes, rects, arranged))
  }
  for (const [id, rect] of fit(contents, rects)) if (rects.has(id)) rects.set(id, rect)
  for (const thing of contents.things) {
    if (rects.has(thing.id)) continue
    const auto = arranged.get(thing.id) ?? NOWHERE
    const home = thing.parent === null ? undefined : arranged.get(thing.parent)
    const parent = thing.parent === null ? undefined : rects.get(thing.parent)
    // the contents of a container that is new as a whole keep their arrangement
    const inner =
      home !== undefined && parent !== undefined
        ? { ...auto, x: parent.x + auto.x - home.x, y: parent.y + auto.y - home.y }
        : undefined
    rects.set(thing.id, inner ?? placeOutside(thing, contents, rects, auto))
  }
  return rects
}

function placeInside(
  thing: Thing,
  parent: Rect,
  contents: Contents,
  sizes: Sizes,
  rects: ReadonlyMap<string, Rect>,
  arranged: ReadonlyMap<string, Rect>,
): Rect {
  const taken = siblingsOf(thing, contents).flatMap((other) => rects.get(other.id) ?? [])
  const auto = arranged.get(thing.id) ?? NOWHERE
  const size =
    thing.shape === 'container' ? { w: auto.w, h: auto.h } : (sizes.get(thing.id) ?? { w: auto.w, h: auto.h })
  if (thing.shape === 'gate') {
    const row = taken.filter((rect) => rect.y + rect.h / 2 >= parent.y + parent.h - 2)
    const x = Math.max(parent.x + 24, ...row.map((rect) => rect.x + rect.w + 24))
    return { x, y: parent.y + parent.h - size.h / 2, ...size }
  }
  const tether = contents.links.find((link) => link.to === thing.id && link.connection === null)
  const host = tether === undefined ? undefined : rects.get(tether.from)
  const corner = { x: parent.x + 20, y: parent.y + 40 }
  const near =
    host === undefined
      ? { x: corner.x + size.w / 2, y: corner.y + size.h / 2 }
      : { x: host.x + host.w / 2, y: host.y + host.h + 48 }
  return { ...freePlace(near, size, taken, { ...parent, ...corner }), ...size }
}

/** To the right of what calls it, else below everything. */
function placeOutside(thing: Thing, contents: Contents, rects: ReadonlyMap<string, Rect>, size: Rect): Rect {
  const { w, h } = size
  const taken = siblingsOf(thing, contents).flatMap((other) => rects.get(other.id) ?? [])
  const caller = contents.links.find((link) => link.to === thing.id && rects.has(link.from))
  const host = caller === undefined ? undefined : rects.get(caller.from)
  const all = union([...rects.values()])
  const near =
    host === undefined
      ? { x: all.x + w / 2, y: all.y + all.h + 32 + h / 2 }
      : { x: host.x + host.w + 72 + w / 2, y: host.y + h / 2 }
  return { ...freePlace(near, { w, h }, taken), w, h }
}

function siblingsOf(thing: Thing, contents: Contents): Thing[] {
  return contents.things.filter((other) => other.parent === thing.parent && other !== thing)
}

function fit(contents: Contents, rects: ReadonlyMap<string, Rect>): Map<string, Rect> {
  const boxes = contents.things.flatMap((thing): Box[] => {
    const rect = rects.get(thing.id)
    if (rect === undefined) return []
    return [
      {
        id: thing.id,
        parent: thing.parent,
        rect,
        container: thing.shape === 'container',
        onBorder: thing.shape === 'gate',
      },
    ]
  })
  return fitContainers(boxes)
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

function arrange(contents: Contents, scenario: Scenario, sizes: Sizes): Map<string, Rect> {
  const items = contents.things.map((thing): Item => {
    const size = sizes.get(thing.id) ?? { w: 0, h: 0 }
    const isNew = thing.shape === 'container' && scenario.layout?.[thing.id] === undefined
    return {
      id: thing.id,
      parent: thing.parent,
      w: isNew ? 208 : size.w,
      h: isNew ? 96 : size.h,
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
    const below = link.port === 'failure' || link.connection === null
    return { from: link.from, to: link.to, below, row: Math.min((sizes.get(link.from)?.h ?? 0) / 2, 48) }
  })
  return layout(items, arrows)
}
