import { describe, expect, it } from 'vitest'
import { readNumber, stepped } from './number-draft'

const value = (text: string) => readNumber(text, {})

describe('readNumber', () => {
  it.each([
    ['30', 30],
    ['1,440', 1440],
    ['1 440', 1440],
    ['1\u2009440', 1440],
    ['12,345,678.5', 12_345_678.5],
    ['0,5', 0.5],
    ['1e3', 1000],
    ['-2.5', -2.5],
    ['.5', 0.5],
  ])('reads %s', (text, expected) => {
    expect(value(text)).toEqual({ kind: 'value', value: expected })
  })

  it.each(['abc', '1,2,3', '0x10', 'Infinity', '1e999', '5 s', '--1'])('refuses %s', (text) => {
    expect(value(text).kind).toBe('problem')
  })

  it('knows an empty field', () => {
    expect(value('  ')).toEqual({ kind: 'empty' })
  })

  it('names the limits, the unit and what was written', () => {
    const limits = { min: 0, max: 43200, integer: true, unit: 's' }
    expect(readNumber('86400', limits)).toEqual({
      kind: 'problem',
      message: 'Use a whole number from 0 to 43200 s. You wrote 86400.',
    })
    expect(readNumber('1.5', limits).kind).toBe('problem')
    expect(readNumber('43200', limits)).toEqual({ kind: 'value', value: 43200 })
  })
})

describe('stepped', () => {
  it('stays inside the limits and free of binary dust', () => {
    expect(stepped(0.2, 0.1, {})).toBe(0.3)
    expect(stepped(995, 10, { max: 1000 })).toBe(1000)
    expect(stepped(3, -10, { min: 0 })).toBe(0)
  })
})
