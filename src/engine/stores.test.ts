import { expect, test } from 'vitest'
import { ParcelStore } from './stores'

test('a parcel that is dropped gives its id to the next; what is no parcel cannot be dropped', () => {
  const store = new ParcelStore()
  const first = store.put([1])
  store.drop(first)
  expect(() => store.drop(-1)).toThrow(RangeError)
  expect([store.put([2]), store.put([3])]).toEqual([first, first + 1])
  expect(store.get(first)).toEqual([2])
})
