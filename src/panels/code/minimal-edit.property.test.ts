import fc from 'fast-check'
import { expect, it } from 'vitest'
import { minimalEdit } from './minimal-edit'

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁'), maxLength: 12 })

it('leads from one text to the other, cuts no character in half, and leaves the ends alone', () => {
  fc.assert(
    fc.property(text, text, text, text, (head, tail, a, b) => {
      const [before, after] = [head + a + tail, head + b + tail]
      const edit = minimalEdit(before, after)
      if (before === after) {
        expect(edit).toBeNull()
        return
      }
      expect(before.slice(0, edit!.from) + edit!.text + before.slice(edit!.to)).toBe(after)
      // a lone half of a pair becomes U+FFFD in UTF-8
      expect(new TextDecoder().decode(new TextEncoder().encode(edit!.text))).toBe(edit!.text)
      const kept = edit!.from + before.length - edit!.to
      expect(kept).toBeGreaterThanOrEqual(head.length + tail.length - 2)
    }),
  )
})
