import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionOf, snap, steppedBy, valueAt, type SliderScale } from './slider-scale'

const scale = fc.constantFrom<SliderScale>('linear', 'log')
const range = fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 100_000 })).map(([min, span]) => ({
  min,
  max: min + span,
}))

describe('slider scale', () => {
  it('gives every whole value back from its position', () => {
    fc.assert(
      fc.property(scale, range, fc.double({ min: 0, max: 1, noNaN: true }), (kind, { min, max }, share) => {
        const value = min + Math.round(share * (max - min))
        expect(valueAt(positionOf(value, min, max, kind), min, max, 1, kind)).toBe(value)
      }),
    )
  })

  it('moves by keyboard in the right direction, never past the ends', () => {
    fc.assert(
      fc.property(scale, range, fc.double({ min: 0, max: 1, noNaN: true }), (kind, { min, max }, share) => {
        const value = min + Math.round(share * (max - min))
        const up = steppedBy(1, value, min, max, 1, kind)
        const down = steppedBy(-1, value, min, max, 1, kind)
        expect(up > value || value === max).toBe(true)
        expect(down < value || value === min).toBe(true)
        expect(up).toBeLessThanOrEqual(max)
        expect(down).toBeGreaterThanOrEqual(min)
      }),
    )
  })

  it('puts the ends of a log scale at the ends and the geometric mean in the middle', () => {
    expect(positionOf(128, 128, 8192, 'log')).toBe(0)
    expect(positionOf(8192, 128, 8192, 'log')).toBe(1)
    expect(positionOf(1024, 128, 8192, 'log')).toBeCloseTo(0.5, 12)
  })

  it('snaps to the grid counted from min', () => {
    expect(snap(0.31, 0, 1, 0.1)).toBe(0.3)
    expect(snap(131, 128, 10240, 64)).toBe(128)
    expect(snap(161, 128, 10240, 64)).toBe(192)
  })
})
