import { describe, expect, it } from 'vitest'
import { boundsIn, clampTo, keyTarget } from './split-size'

const DOCK = { min: 120, max: Infinity, rest: 0.4 }
const SIDE = { min: 280, max: 640, rest: 0.4 }

describe('boundsIn', () => {
  it('leaves the part beside the panel its share', () => {
    expect(boundsIn(1000, DOCK)).toEqual({ min: 120, max: 600 })
    expect(boundsIn(900, SIDE)).toEqual({ min: 280, max: 540 })
  })

  it('stops at the largest size in a large room', () => {
    expect(boundsIn(3000, SIDE)).toEqual({ min: 280, max: 640 })
  })

  it('gives the panel its minimum in a room too small for both', () => {
    expect(boundsIn(150, DOCK)).toEqual({ min: 120, max: 120 })
    expect(boundsIn(0, SIDE)).toEqual({ min: 280, max: 280 })
  })
})

describe('clampTo', () => {
  it('keeps a size within bounds', () => {
    const bounds = boundsIn(1000, DOCK)
    expect([-50, 120, 256.5, 600, 900].map((size) => clampTo(bounds, size))).toEqual([120, 120, 256.5, 600, 600])
  })
})

describe('keyTarget', () => {
  const bounds = { min: 120, max: 600 }

  it('moves a line between rows up and down', () => {
    expect(keyTarget('ArrowUp', false, 'row', 256, bounds)).toBe(266)
    expect(keyTarget('ArrowDown', false, 'row', 256, bounds)).toBe(246)
    expect(keyTarget('ArrowLeft', false, 'row', 256, bounds)).toBeUndefined()
    expect(keyTarget('ArrowRight', false, 'row', 256, bounds)).toBeUndefined()
  })

  it('moves a line between columns left and right', () => {
    expect(keyTarget('ArrowLeft', false, 'column', 312, bounds)).toBe(322)
    expect(keyTarget('ArrowRight', false, 'column', 312, bounds)).toBe(302)
    expect(keyTarget('ArrowUp', false, 'column', 312, bounds)).toBeUndefined()
    expect(keyTarget('ArrowDown', false, 'column', 312, bounds)).toBeUndefined()
  })

  it('goes further with Shift', () => {
    expect(keyTarget('ArrowUp', true, 'row', 256, bounds)).toBe(306)
    expect(keyTarget('ArrowRight', true, 'column', 312, bounds)).toBe(262)
  })

  it('goes to the smallest and the largest size with Home and End', () => {
    expect(keyTarget('Home', false, 'row', 256, bounds)).toBe(120)
    expect(keyTarget('End', false, 'row', 256, bounds)).toBe(600)
  })

  it('leaves every other key alone', () => {
    for (const key of ['Enter', ' ', 'Tab', 'Escape', 'PageUp', 'a'])
      expect(keyTarget(key, false, 'row', 256, bounds)).toBeUndefined()
  })
})
