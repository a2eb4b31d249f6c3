import { describe, expect, it } from 'vitest'
import type { EventContent } from '../../model/recording'
import { ContentCache } from './content'
import type { RunStatus } from './runStore'

const content = (row: number): EventContent => ({ body: { row }, count: 1 })

function made(): { cache: ContentCache; asked: number[][]; status: { stale: boolean }; answer(at?: number): void } {
  const asked: number[][] = []
  const status = { stale: false, phase: 'done' } as unknown as RunStatus & { stale: boolean }
  const cache = new ContentCache({ status: () => status }, (rows) => asked.push([...rows]))
  const answer = (at = asked.length - 1): void =>
    cache.hear({ type: 'content', run: 1, rows: asked[at]!, contents: asked[at]!.map(content) })
  return { cache, asked, status, answer }
}

describe('contents of rows', () => {
  it('are asked once, and answered in the order of the rows', async () => {
    const { cache, asked, answer } = made()
    const first = cache.of([5, 3])
    answer()
    expect(await first).toEqual([content(5), content(3)])
    const second = cache.of([3, 4, 5])
    answer()
    expect(await second).toEqual([content(3), content(4), content(5)])
    expect(await cache.of([4])).toEqual([content(4)])
    expect(asked).toEqual([[5, 3], [4]])
  })

  it('answer each question, whatever order they are answered in', async () => {
    const { cache, answer } = made()
    const first = cache.of([1])
    const second = cache.of([2])
    answer(1)
    answer(0)
    expect([await first, await second]).toEqual([[content(1)], [content(2)]])
  })

  it('are null for what a newer run replaced', async () => {
    const { cache, asked, status, answer } = made()
    const before = cache.of([1, 9])
    cache.hear({ type: 'resumed', run: 2, keepRows: 5, keepEntities: 0, keepLevels: 0, keepWires: 0 })
    expect(await before).toEqual([null, null])
    const again = cache.of([1, 9])
    answer()
    await again
    cache.hear({ type: 'resumed', run: 3, keepRows: 5, keepEntities: 0, keepLevels: 0, keepWires: 0 })
    void cache.of([1, 9])
    expect(asked.at(-1)).toEqual([9])
    status.stale = true
    expect(await cache.of([1, 2])).toEqual([content(1), null])
    cache.hear({ type: 'head', run: 4, head: { resources: [], machines: [], reasons: [], duration: 1 } })
    expect(await cache.of([1])).toEqual([null])
  })

  it('are bounded', async () => {
    const { cache, asked, answer } = made()
    for (let row = 0; row < 600; row++) {
      const found = cache.of([row])
      answer()
      await found
    }
    void cache.of([599, 0])
    expect(asked.at(-1)).toEqual([0])
  })
})
