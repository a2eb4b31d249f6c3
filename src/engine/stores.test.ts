import { expect, test } from 'vitest'
import type { Payload } from '../services/service'
import { ParcelStore, PayloadStore } from './stores'

test('a parcel that is dropped gives its id to the next; what is no parcel cannot be dropped', () => {
  const store = new ParcelStore()
  const first = store.put([1])
  store.drop(first)
  expect(() => store.drop(-1)).toThrow(RangeError)
  expect([store.put([2]), store.put([3])]).toEqual([first, first + 1])
  expect(store.get(first)).toEqual([2])
})

const content = (n: number): Payload => ({ body: { n }, poison: false })

test('contents keep their numbers in runs that are taken up, and what came later in another run is not known', () => {
  const first = new PayloadStore()
  const ids = [1, 2, 3].map((n) => first.intern(content(n)))
  expect(ids).toEqual([0, 1, 2])
  const image = first.save()
  first.intern(content(4))
  const second = new PayloadStore()
  second.intern(content(99))
  second.load(image)
  expect([second.intern(content(5)), second.intern(content(4)), second.intern(content(2))]).toEqual([3, 4, 1])
  expect([first.intern(content(4)), first.intern(content(5))]).toEqual([3, 4])
  expect(second.get(4)).toEqual(content(4))
  expect(() => second.get(5)).toThrow('no payload 5')
})

test('contents keep their numbers however often a run is taken up', () => {
  let store = new PayloadStore()
  for (let round = 0; round < 20; round++) {
    expect(store.intern(content(round))).toBe(round)
    const next = new PayloadStore()
    next.load(store.save())
    store = next
    for (let n = 0; n <= round; n++) expect(store.intern(content(n))).toBe(n)
  }
})
