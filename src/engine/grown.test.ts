import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Grown, type Past } from './grown'

test('every past is what the list held then, also after the list was taken back to one of them', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(9), fc.constant('keep'), fc.constant('back')), { maxLength: 60 }), (steps) => {
      const list = new Grown<number>()
      const kept: { past: Past<number>; items: number[] }[] = []
      for (const step of steps) {
        if (typeof step === 'number') list.all.push(step)
        else if (step === 'keep') kept.push({ past: list.past(), items: [...list.all] })
        else {
          const to = kept[kept.length >> 1]
          if (to !== undefined) list.restore(to.past)
        }
      }
      for (const { past, items } of kept) {
        const found: number[] = []
        past.into(found)
        expect(found).toEqual(items)
        expect(past.length).toBe(items.length)
      }
    }),
  )
})

test('a keyframe holds what was new since the one before', () => {
  const list = new Grown<number>()
  list.all.push(1, 2, 3)
  expect(list.past().added).toEqual([1, 2, 3])
  list.all.push(4)
  const past = list.past()
  expect([past.added, past.length]).toEqual([[4], 4])
  expect(list.past()).toBe(past)
})
