import { afterEach, expect, test, vi } from 'vitest'
import type { Drawing } from '../drawing'
import { createPlayhead } from '../player/playhead'
import { createRunStore } from '../state/run/runStore'
import { facesOf } from './face-source'

afterEach(() => vi.useRealTimers())

test('faces follow playhead and run for as long as somebody looks, however often they are taken away and put back', () => {
  vi.useFakeTimers()
  const playhead = createPlayhead()
  const run = createRunStore()
  const followed = vi.spyOn(run, 'subscribe')
  const faces = facesOf(run, { playhead }, () => ({ nodeById: new Map() }) as unknown as Drawing)
  const told = vi.fn<() => void>()
  // StrictMode mounts, unmounts and mounts again
  faces.subscribe('Fn', () => {})()
  const leave = faces.subscribe('Fn', told)
  expect(followed).toHaveBeenCalledTimes(2)
  playhead.set(1_000)
  vi.advanceTimersByTime(200)
  expect(told).toHaveBeenCalledTimes(1)
  run.begin(1, { resources: [], machines: [], reasons: [], duration: 60e6 })
  vi.advanceTimersByTime(200)
  expect(told).toHaveBeenCalledTimes(2)
  // an id that comes back while others are watched is not followed twice
  const other = faces.subscribe('Queue', () => {})
  leave()
  other()
  playhead.set(2_000)
  run.expect()
  vi.advanceTimersByTime(200)
  expect(told).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)
})
