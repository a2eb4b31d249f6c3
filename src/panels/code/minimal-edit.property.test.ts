import fc from 'fast-check'
import { expect, it } from 'vitest'
import { minimalEdit } from './minimal-edit'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁'), maxLength: 12 })

it('leads from one text to the other, cuts no character in half, and leaves the ends alone', () => {
  fc.assert(
    fc.property(text, text, text, text, (head, tail, a, b) => {
      const [before, after] = [head + a + tail, head + b + tail]
      const edit = minimalEdit(before, after)
      if (before === after) return expect(edit).toBeNull()
      expect(before.slice(0, edit!.from) + edit!.text + before.slice(edit!.to)).toBe(after)
      expect(edit!.text.isWellFormed()).toBe(true)
      expect(edit!.from).toBeGreaterThanOrEqual(head.length - 1)
      expect(before.length - edit!.to).toBeGreaterThanOrEqual(tail.length - 1)
    }),
  )
})
