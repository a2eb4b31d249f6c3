import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../model/scenario'
import { compile, PLACEHOLDERS, uuidOf, type Call, type TemplateProblem } from './template'

const call = (n: number, draws: number[] = [0.5]): Call => {
  let drawn = 0
  return {
    n,
    now: 1_500_000 * n,
    key: 'k',
    uuid: () => uuidOf(42, 0, n),
    draw: () => draws[drawn++ % draws.length]!,
  }
}
const filled = (value: Json, n = 1, draws?: number[]): Json => compile(value)!(call(n, draws))
const problemsOf = (value: Json): TemplateProblem[] => {
  const problems: TemplateProblem[] = []
  compile(value, problems)
  return problems
}

describe('placeholders', () => {
  it('keep their type where they stand alone, and are text within a text', () => {
    expect(filled({ id: '{{n}}', name: 'order {{n}} of {{ key }}' }, 7)).toEqual({ id: 7, name: 'order 7 of k' })
    expect(filled('{{time}}')).toBe('2026-11-20T00:00:01.500Z')
    expect(filled('{{epoch}}')).toBe(1_795_132_801_500)
    expect(filled(['{{pick 1 true null a "b c"}}'], 1, [0, 0.3, 0.5, 0.7, 0.9])).toEqual([1])
    expect([0, 0.21, 0.41, 0.61, 0.99].map((draw) => filled('{{pick 1 true null a "b c"}}', 1, [draw]))).toEqual([
      1,
      true,
      null,
      'a',
      'b c',
    ])
    expect([1, 2, 3, 4].map((n) => filled('{{cycle a b c}}', n))).toEqual(['a', 'b', 'c', 'a'])
  })

  it('draw between bounds, both included, with the decimals of the bounds', () => {
    expect([1e-9, 0.5, 1 - 1e-9].map((draw) => filled('{{random 1 3}}', 1, [draw]))).toEqual([1, 2, 3])
    expect([1e-9, 1 - 1e-9].map((draw) => filled('{{random -0.5 1.25}}', 1, [draw]))).toEqual([-0.5, 1.25])
  })

  it('of one call have one UUID, a well-formed one, and another call has another', () => {
    const made = filled({ a: '{{uuid}}', b: { c: 'x-{{uuid}}' } }, 3) as { a: string; b: { c: string } }
    expect(made.a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(made.b.c).toBe(`x-${made.a}`)
    expect(new Set(Array.from({ length: 1_000 }, (_, n) => uuidOf(42, 0, n))).size).toBe(1_000)
    expect(uuidOf(42, 1, 1)).not.toBe(uuidOf(42, 0, 1))
  })

  it('that are none compile to nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(!JSON.stringify(value).includes('{{'))
        expect(compile(value as Json)).toBeNull()
      }),
    )
  })

  it('leave everything else as it is', () => {
    expect(filled({ a: [1, { b: null }], '{{n}}': 'x', c: '{{n}}' })).toEqual({
      a: [1, { b: null }],
      '{{n}}': 'x',
      c: 1,
    })
  })

  it('that cannot be read are told with their place and a remedy', () => {
    expect(problemsOf({ a: { 'b/c': ['x', '{{nn}}'] } })).toEqual([
      { path: '/a/b~1c/1', reason: `{{nn}} is no placeholder. Known are ${PLACEHOLDERS.join(' ')}` },
    ])
    for (const wrong of [
      '{{}}',
      '{{random}}',
      '{{random 5 1}}',
      '{{random a b}}',
      '{{pick}}',
      '{{cycle}}',
      '{{n 1}}',
      '{{toString}}',
    ])
      expect(problemsOf(wrong), wrong).toHaveLength(1)
    for (const right of PLACEHOLDERS) expect(problemsOf(right), right).toEqual([])
  })
})
