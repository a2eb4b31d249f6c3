import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compilePattern } from '../../events/compile-pattern'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
import type { Json } from '../../model/scenario'
import { laidOut, leavesOf, patternFrom } from './from-event'
import { placeOf, spotAt } from './json-scan'
import { linesOf } from './lines'
import { suggest } from './suggest'

const name = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '"', '\\', '/', '~', ' '), minLength: 1, maxLength: 3 })
const scalar: fc.Arbitrary<Json> = fc.oneof(name, fc.integer(), fc.boolean(), fc.constant(null))
const json = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('object'), fc.array(scalar, { maxLength: 3 })),
  object: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
}))

it('a pattern made of an event matches it, whatever fields were chosen', () => {
  fc.assert(
    fc.property(json.object, fc.infiniteStream(fc.boolean()), (event, coins) => {
      const chosen = new Set(leavesOf(event).flatMap(({ path }) => (coins.next().value ? [path] : [])))
      if (chosen.size === 0) return
      const parsed = parsePattern(laidOut(patternFrom(event, chosen)))
      expect(parsed.ok).toBe(true)
      if (parsed.ok) expect(matchEvent(compilePattern(parsed.pattern), event)).toBe(true)
    }),
  )
})

it('layouts say the same as the value', () => {
  fc.assert(
    fc.property(json.object, (value) => {
      expect(JSON.parse(laidOut(value))).toEqual(value)
      const lines = linesOf(value).map(({ key, text }) => key + text)
      expect(JSON.parse(lines.join(''))).toEqual(value)
    }),
  )
})

it('finds the characters of every value in text, however it is laid out', () => {
  fc.assert(
    fc.property(json.object, fc.constantFrom(undefined, 1, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const visit = (node: Json, pointer: string): void => {
        if (node === null || typeof node !== 'object') {
          const { from, to } = placeOf(text, pointer)
          expect(text.slice(from, to)).toBe(JSON.stringify(node))
        } else
          for (const [key, child] of Object.entries(node))
            visit(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      }
      visit(value, '')
    }),
  )
})

it('reads any text up to any place, and offers without throwing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', 'a', '\\', ' ', '$or', '1') }),
      fc.nat(60),
      json.object,
      (text, offset, event) => {
        const at = Math.min(offset, text.length)
        const spot = spotAt(text, at)
        expect(text.slice(spot.from, at)).toBe(spot.word)
        expect(Array.isArray(suggest(spot, [event]))).toBe(true)
      },
    ),
  )
})
