import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wireThrough } from './geometry'
import { labelRect, labelsApart } from './labels'
import { overlaps } from './rect'
import type { DrawnEdge } from './types'

const STEP = 20
const corner = fc.integer({ min: 0, max: 8 })
/** Wires out of one port: right, down or up, right. */
const edges = fc
  .array(
    fc.record({ turn: corner, y: fc.integer({ min: -6, max: 6 }), x: corner, label: fc.string({ maxLength: 22 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((all) =>
    all.map(({ turn, y, x, label }, i): DrawnEdge => {
      const middle = 40 + turn * STEP
      const points = [
        { x: 0, y: 0 },
        { x: middle, y: 0 },
        { x: middle, y: y * STEP },
        { x: middle + 40 + x * STEP, y: y * STEP },
      ]
      return {
        id: `e${i}`,
        from: 'a',
        to: `b${i}`,
        fromPort: 'out',
        toPort: 'in',
        connection: null,
        via: [],
        style: 'sync',
        label,
        wire: wireThrough(points, 'left'),
      }
    }),
  )

test('no label lies on another, and that of a wire alone at its port keeps its place', () => {
  fc.assert(
    fc.property(edges, (given) => {
      const placed = labelsApart(given, [])
      const rects = placed.flatMap((edge) => labelRect(edge) ?? [])
      rects.forEach((rect, i) => expect(rects.slice(i + 1).some((other) => overlaps(rect, other))).toBe(false))
      if (given.length === 1) expect(placed[0]).toBe(given[0])
      // nothing but the places of labels changes, and placing again changes nothing
      placed.forEach(({ wire, ...rest }, i) => {
        expect({ ...rest, wire: { ...wire, labelAt: given[i]!.wire.labelAt } }).toEqual(given[i])
      })
      expect(labelsApart(placed, [])).toEqual(placed)
    }),
  )
})

test('a label stays at its wire where there is room, and off what stands there', () => {
  const long = (y: number): DrawnEdge =>
    ({
      id: String(y),
      label: 'sqs:SendMessage',
      connection: null,
      wire: wireThrough(
        [
          { x: 0, y: 0 },
          { x: 80, y: 0 },
          { x: 80, y },
          { x: 400, y },
        ],
        'left',
      ),
    }) as unknown as DrawnEdge
  const obstacle = { x: 100, y: 200, w: 150, h: 30 }
  const second = labelsApart([long(100), long(200)], [obstacle])[1]!
  const rect = labelRect(second)!
  expect(Math.min(Math.abs(rect.y + rect.h - 200), Math.abs(rect.y - 200), Math.abs(rect.x - 80))).toBeLessThanOrEqual(
    8,
  )
  expect(overlaps(rect, obstacle)).toBe(false)
})
