import { describe, expect, test } from 'vitest'
import type { Connection } from '../services/service'
import { wireThrough } from './geometry'
import { labelRect, labelsApart } from './labels'
import { overlaps } from './rect'
import { stationOn } from './stations'
import type { DrawnEdge, Point } from './types'

const poller: Connection = { from: 'Q', to: 'Fn', action: 'lambda:Invoke', style: 'async', resource: 'M', poller: true }
const wire = (points: readonly Point[], connection: Connection | null = poller): DrawnEdge => ({
  id: 'Q->Fn',
  from: 'Q',
  to: 'Fn',
  fromPort: 'out',
  toPort: 'in',
  connection,
  via: [],
  style: 'async',
  label: 'batch 10',
  wire: wireThrough(points, 'left'),
})
const straight = wire([
  { x: 100, y: 50 },
  { x: 300, y: 50 },
])

describe('a poller', () => {
  test('stands on the middle of its wire, which leaves it both ways', () => {
    const station = stationOn(straight, [])!
    expect(station.rect).toEqual({ x: 158, y: 32, w: 84, h: 36 })
    expect([station.enters, station.leaves]).toEqual([0.29, 0.71])
  })

  test('stands near what it reads where the border of a subnet would cut it', () => {
    const station = stationOn(straight, [], [{ x: 220, y: 0, w: 400, h: 200 }])!
    expect(station.rect.x).toBe(114)
    // one that holds the whole wire cuts nothing
    expect(stationOn(straight, [], [{ x: 0, y: 0, w: 400, h: 200 }])?.rect.x).toBe(158)
  })

  test('takes the longest run of a wire with corners', () => {
    const bent = wire([
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 90 },
      { x: 240, y: 90 },
    ])
    expect(stationOn(bent, [])?.rect).toMatchObject({ x: 98, y: 72 })
  })

  test('is a label beside its wire where that is too short, and other wires have none', () => {
    const short = wire([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ])
    expect(stationOn(short, [])).toBeNull()
    expect(stationOn(wire(straight.wire.points, null), [])).toBeNull()
    const [drawn] = labelsApart([short], [])
    expect(drawn?.station).toBeUndefined()
    expect(labelRect(drawn!)).toMatchObject({ y: 8, h: 20 })
  })

  test('has its place before labels do, and keeps it', () => {
    const other = {
      ...wire(
        [
          { x: 100, y: 20 },
          { x: 300, y: 20 },
        ],
        null,
      ),
      id: 'other',
    }
    const placed = labelsApart([other, straight], [])
    const rects = placed.map((edge) => labelRect(edge)!)
    expect(placed[1]?.station).toBeDefined()
    expect(overlaps(rects[0]!, rects[1]!)).toBe(false)
    expect(labelsApart(placed, [])).toEqual(placed)
  })
})
