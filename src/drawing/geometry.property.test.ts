import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pointAt, RADIUS, STUB, wireThrough } from './geometry'
import { route } from './route'
import type { Side } from './types'

const anchor = fc.record({
  x: fc.integer({ min: -600, max: 600 }),
  y: fc.integer({ min: -600, max: 600 }),
  side: fc.constantFrom<Side>('left', 'right', 'top', 'bottom'),
})
const ENDS = { from: 'a', to: 'b' }
const NOTHING = { obstacles: [], runs: [] }

test('a wire begins and ends at its anchors, turns at right angles and leaves along its side', () => {
  fc.assert(
    fc.property(anchor, anchor, (a, b) => {
      fc.pre(Math.abs(a.x - b.x) + Math.abs(a.y - b.y) > 4 * STUB)
      const points = route(a, b, NOTHING, ENDS)
      expect(points[0]).toMatchObject({ x: a.x, y: a.y })
      expect(points.at(-1)).toMatchObject({ x: b.x, y: b.y })
      for (let i = 1; i < points.length; i++) {
        const [p, q] = [points[i - 1], points[i]]
        expect(p?.x === q?.x || p?.y === q?.y).toBe(true)
      }
    }),
  )
})

test('samples lie at equal distances along the path, without gaps', () => {
  fc.assert(
    fc.property(anchor, anchor, (a, b) => {
      fc.pre(Math.abs(a.x - b.x) + Math.abs(a.y - b.y) > 4 * STUB)
      const wire = wireThrough(route(a, b, NOTHING, ENDS), b.side)
      const count = wire.samples.length / 2 - 1
      const step = wire.length / count
      for (let i = 1; i <= count; i++) {
        const dx = (wire.samples[2 * i] ?? 0) - (wire.samples[2 * i - 2] ?? 0)
        const dy = (wire.samples[2 * i + 1] ?? 0) - (wire.samples[2 * i - 1] ?? 0)
        const apart = Math.hypot(dx, dy)
        // a chord of a corner is shorter than its arc, and the shortest chord spans a corner of the smallest radius
        expect(apart).toBeLessThanOrEqual(step + 1e-3)
        expect(apart).toBeGreaterThan(step * 0.6)
      }
    }),
  )
})

test('the length is that of the corners less what rounding saves', () => {
  const wire = wireThrough(
    [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ],
    'top',
  )
  expect(wire.length).toBeCloseTo(200 - 2 * RADIUS + (RADIUS * Math.PI) / 2, 9)
  const out = { x: 0, y: 0 }
  pointAt(wire, 0.25, out)
  expect(out.y).toBeCloseTo(0, 3)
  expect(out.x).toBeCloseTo(wire.length / 4, 1)
  pointAt(wire, 1, out)
  expect(out).toEqual({ x: 100, y: 100 })
})

test('a wire goes around what stands in its way', () => {
  const wall = { x: 100, y: -60, w: 60, h: 120 }
  const points = route(
    { x: 0, y: 0, side: 'right' },
    { x: 300, y: 0, side: 'left' },
    { obstacles: [wall], runs: [] },
    ENDS,
  )
  for (let i = 1; i < points.length; i++) {
    const [p, q] = [points[i - 1], points[i]]
    if (p === undefined || q === undefined) continue
    const through =
      Math.min(p.x, q.x) < 160 && Math.max(p.x, q.x) > 100 && Math.min(p.y, q.y) < 60 && Math.max(p.y, q.y) > -60
    expect(through).toBe(false)
  }
})
