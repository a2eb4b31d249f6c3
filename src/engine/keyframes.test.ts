import { expect, test } from 'vitest'
import type { Keyframe } from '../kernel/kernel'
import { Keyframes } from './keyframes'

const frame = (at: number, bytes = 8): Keyframe => ({ at, events: at, rows: at, images: [new Uint8Array(bytes)] })

test('keeps the first and the newest, and thins the older ones', () => {
  const frames = new Keyframes()
  for (let at = 0; at < 500; at++) frames.add(frame(at))
  const kept = frames.all.map(({ at }) => at)
  expect(kept.length).toBeLessThanOrEqual(128)
  expect(kept[0]).toBe(0)
  expect(kept.slice(-4)).toEqual([496, 497, 498, 499])
  expect(kept).toEqual([...kept].sort((x, y) => x - y))
})

test('keeps fewer when they are large', () => {
  const frames = new Keyframes()
  for (let at = 0; at < 30; at++) frames.add(frame(at, 20e6))
  expect(frames.bytes).toBeLessThanOrEqual(96e6)
  expect(frames.before(29.5)?.at).toBe(29)
})

test('finds the last one strictly before a time', () => {
  const frames = new Keyframes()
  for (const at of [10, 20, 30]) frames.add(frame(at))
  expect(frames.before(20)?.at).toBe(10)
  expect(frames.before(10)).toBeNull()
  expect(frames.until(30).all.map(({ at }) => at)).toEqual([10, 20])
})
