import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileCapture, compileRegex } from './regex'

/** Patterns made of what both engines know. */
const pattern = fc.letrec<{ node: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '[a-c0-3]', '\\.', ' '),
    tie('node').map((node) => `(${node})`),
    tie('node').map((node) => `(?:${node})`),
  ),
  node: fc
    .array(fc.tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '*?', '+?')), { maxLength: 4 })
    .chain((parts) => {
      const text = parts.map(([atom, sign]) => atom + sign).join('')
      return fc.constantFrom(text, `${text}|b`, `^${text}`, `${text}$`, `\\b${text}`)
    }),
})).node
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', ' ', '_'), maxLength: 12 })

test('agrees with the built-in engine on whether a text matches', () => {
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      fc.pre(source.length <= 200)
      expect(compileRegex(source)(subject)).toBe(new RegExp(source).test(subject))
    }),
    { numRuns: 2_000 },
  )
})

test('agrees with the built-in engine on what named groups hold', () => {
  const plain = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '\\d',
    '\\w+',
    'a*',
    'b?',
    '.*',
    '.*?',
    '\\w+?',
    'a{1,2}',
    'ab|b',
    '(?:a|ab)',
  )
  const parts = fc.array(fc.tuple(plain, fc.boolean()), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(parts, fc.boolean(), text, (list, whole, subject) => {
      const body = list.map(([it, named], n) => (named ? `(?<g${n}>${it})` : `(?:${it})`)).join('')
      const source = whole ? `^${body}$` : body
      const { names, find } = compileCapture(source)
      const groups = new RegExp(source).exec(subject)
      const expected = groups === null ? null : names.map((name) => groups.groups?.[name] ?? null)
      expect(find(subject)).toEqual(expected)
    }),
    { numRuns: 3_000 },
  )
})

test('folds case when asked', () => {
  expect(compileRegex('(?i)error')('An ERROR')).toBe(true)
  expect(compileRegex('(?i)[a-c]+$')('xxABC')).toBe(true)
  expect(compileRegex('error')('An ERROR')).toBe(false)
})

test('patterns that make others hang end at once', () => {
  const long = 'a'.repeat(5_000)
  for (const source of ['(a+)+$b', '(a|a)*b', 'a*a*a*a*a*a*b', '(.*)*(.*)*x', '(a?){50}a{50}b'])
    expect(compileRegex(source)(long)).toBe(false)
  expect(compileCapture('(?<x>(a+)+)+$b').find(long)).toBe(null)
})
