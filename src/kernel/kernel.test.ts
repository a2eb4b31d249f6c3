import { describe, expect, it } from 'vitest'
import { Kernel } from './kernel'

describe('Kernel', () => {
  it('handles events in time order, with the cause and trace they were scheduled in', () => {
    const kernel = new Kernel(1, 10)
    const log: number[][] = []
    const note = kernel.handler((a, b) => log.push([kernel.now, a, b, kernel.recorder.cause, kernel.recorder.trace]))
    Object.assign(kernel.recorder, { cause: 1, trace: 2 })
    kernel.after(20, note, 1, 2)
    Object.assign(kernel.recorder, { cause: 3, trace: 4 })
    kernel.after(10, note, 3, 4)
    expect(kernel.advance(15, 100)).toBe(true)
    expect(kernel.advance(100, 100)).toBe(true)
    expect(log).toEqual([
      [10, 3, 4, 3, 4],
      [20, 1, 2, 1, 2],
    ])
  })

  it('does at most what it is told at a time, with the same result', () => {
    const run = (slice: number): number[] => {
      const kernel = new Kernel(1, 10)
      const log: number[] = []
      const tick = kernel.handler((n) => {
        log.push(kernel.now)
        if (n > 0) kernel.after(7, tick, n - 1)
      })
      kernel.after(0, tick, 50)
      while (!kernel.advance(200, slice));
      return log
    }
    expect(run(1)).toEqual(run(1_000))
    expect(run(3)).toHaveLength(29)
  })

  it('stops a run that does not move, and says so', () => {
    const kernel = new Kernel(1, 10, { perInstant: 1_000 })
    const again = kernel.handler(() => kernel.after(0, again))
    kernel.after(5, again)
    expect(kernel.advance(100, 1e6)).toBe(true)
    expect(kernel.stopped).toBe('The run stopped at 1,000 events in one instant.')
    expect(kernel.events).toBeLessThan(1_100)
  })

  it('puts interventions first in their instant, by rank', () => {
    const kernel = new Kernel(1, 10)
    const log: number[] = []
    const note = kernel.handler((a) => log.push(a))
    kernel.after(5, note, 3)
    kernel.intervene(5, note, 2, 1)
    kernel.intervene(5, note, 1, 0)
    kernel.advance(10, 10)
    expect(log).toEqual([1, 2, 3])
  })
})
