import { describe, expect, test } from 'vitest'
import type { Fields, Value } from './evaluate'
import { globbed } from './glob'
import { parseQuery } from './parse'
import { placeOf, QueryProblem } from './problem'
import { compileRegex } from './regex'
import { QueryRun } from './run'
import { SAMPLES } from './samples'

const LINES: readonly { readonly [name: string]: Value }[] = [
  { '@timestamp': 1e6, '@message': 'START a', '@type': 'START', '@requestId': 'a', '@log': 'x' },
  { '@timestamp': 2e6, '@message': 'took 12 ms for bread', '@requestId': 'a', '@log': 'x' },
  {
    '@timestamp': 2e6,
    '@message': 'REPORT a',
    '@type': 'REPORT',
    '@requestId': 'a',
    '@log': 'x',
    '@duration': 12,
    '@initDuration': 50,
  },
  { '@timestamp': 11e6, '@message': 'Error: no "milk"', '@requestId': 'b', '@log': 'y' },
  { '@timestamp': 11e6, '@message': 'REPORT b', '@type': 'REPORT', '@requestId': 'b', '@log': 'y', '@duration': 8 },
  { '@timestamp': 12e6, '@message': 'REPORT a', '@type': 'REPORT', '@requestId': 'a', '@log': 'x', '@duration': 100 },
]
const fieldsOf =
  (line: (typeof LINES)[number]): Fields =>
  (name) =>
    line[name] ?? null

function ask(query: string) {
  const run = new QueryRun(parseQuery(query))
  LINES.forEach((line, n) => run.feed(fieldsOf(line), n))
  return run.finish()
}
const cells = (query: string) => ask(query).rows.map((row) => row.cells)
const lines = (query: string) => ask(query).rows.map((row) => row.line)

describe('filter', () => {
  test.each([
    ['@duration > 10', [2, 5]],
    ['@duration >= 12 and @duration < 100', [2]],
    ['@duration <= 12', [2, 4]],
    ['@duration != 12', [0, 1, 3, 4, 5]],
    ['@type = "REPORT" and (@requestId = "b" or @duration = 100)', [4, 5]],
    ['not @type = "REPORT"', [0, 1, 3]],
    ['ispresent(@initDuration)', [2]],
    ['not ispresent(@type)', [1, 3]],
    ['@requestId in ["b", "c"]', [3, 4]],
    ['@requestId not in ["b"]', [0, 1, 2, 5]],
    ['@message like "milk"', [3]],
    ['@message like /^REPORT [b-z]$/', [4]],
    ['@message like /(?i)error|took \\d+/', [1, 3]],
    ['@message not like /REPORT/', [0, 1, 3]],
    ['@message =~ /START/', [0]],
    ['@duration * 2 - 4 = 20', [2]],
    ['@message like \'"milk"\'', [3]],
  ])('%s', (condition, expected) => {
    expect(lines(`filter ${condition}`)).toEqual(expected)
  })
})

describe('stats', () => {
  test('count, sum, average, extremes, percentiles and distinct values, by a field', () => {
    const result = ask(
      'filter @type = "REPORT" | stats count(*), sum(@duration) as total, avg(@duration), min(@duration), max(@duration), pct(@duration, 50) by @log',
    )
    expect(result.columns).toEqual([
      '@log',
      'count(*)',
      'total',
      'avg(@duration)',
      'min(@duration)',
      'max(@duration)',
      'pct(@duration, 50)',
    ])
    expect(result.rows.map((row) => row.cells)).toEqual([
      ['x', 2, 112, 56, 12, 100, 12],
      ['y', 1, 8, 8, 8, 8, 8],
    ])
    expect(result).toMatchObject({ scanned: 6, matched: 3, cut: false })
  })
  test('by a period, in order of time', () => {
    expect(cells('stats count(*), count(@initDuration) by bin(10s)')).toEqual([
      [0, 3, 1],
      [10e6, 3, 0],
    ])
  })
  test('of nothing is one row without by, and none with it', () => {
    expect(cells('filter @type = "X" | stats count(*), avg(@duration)')).toEqual([[0, null]])
    expect(cells('filter @type = "X" | stats count(*) by @log')).toEqual([])
  })
  test('distinct values, then sort and limit over the groups', () => {
    expect(cells('stats count_distinct(@requestId)')).toEqual([[2]])
    expect(cells('stats count(*) by @requestId | sort count(*) desc | limit 1')).toEqual([['a', 4]])
    expect(cells('stats count(*) as n by @requestId | filter n < 3 | display n')).toEqual([[2]])
  })
})

describe('other commands', () => {
  test('without fields time and message are shown', () => {
    expect(ask('limit 1')).toMatchObject({
      columns: ['@timestamp', '@message'],
      rows: [{ cells: [1e6, 'START a'], line: 0 }],
    })
  })
  test('fields names and computes, display chooses', () => {
    expect(
      ask('filter @type = "REPORT" | fields @requestId, @duration / 1000 as s | sort s desc | limit 2'),
    ).toMatchObject({
      columns: ['@requestId', 's'],
      rows: [{ cells: ['a', 0.1] }, { cells: ['a', 0.012] }],
    })
    expect(
      ask('fields @timestamp, @duration * 2 as d | filter d > 20 | display d').rows.map((row) => row.cells),
    ).toEqual([[24], [200]])
  })
  test('sort puts what is missing last, both ways keep the order of equals', () => {
    expect(lines('sort @duration')).toEqual([4, 2, 5, 0, 1, 3])
    expect(lines('sort @timestamp desc, @message asc')).toEqual([5, 3, 4, 2, 1, 0])
  })
  test('parse takes what stands for *', () => {
    const query = 'parse @message "took * ms for *" as ms, what | filter ispresent(ms) | display ms, what'
    expect(cells(query)).toEqual([['12', 'bread']])
    expect(cells('parse "no \\"*\\"" as what | filter ispresent(what) | display what')).toEqual([['milk']])
    expect(globbed('a=1 b=2', ['a=', ' b=', ''])).toEqual(['1', '2'])
    expect(globbed('nothing', ['a=', ''])).toBe(null)
  })
  test('parse takes what named groups of a pattern hold', () => {
    const query =
      'parse @message /took (?<ms>\\d+) ms(?: for (?<what>\\w+))?/ | filter ispresent(ms) | display ms + 1, what'
    expect(cells(query)).toEqual([[13, 'bread']])
    expect(cells('parse /^(?<first>\\S+?)(?<rest>.*)$/ | display first, rest | limit 1')).toEqual([['S', 'TART a']])
    expect(cells('parse @message /(?<x>nope)/ | display x | limit 1')).toEqual([[null]])
  })
  test('dedup keeps the first of each', () => {
    expect(lines('dedup @requestId')).toEqual([0, 3])
    expect(lines('sort @timestamp desc | dedup @requestId')).toEqual([5, 3])
  })
  test('comments and a leading | are allowed, backticks name odd fields', () => {
    expect(lines('# slow ones\n| filter `@duration` > 50 # end')).toEqual([5])
  })
  test('every ready-made query runs', () => {
    for (const { query } of SAMPLES) expect(ask(query).scanned).toBe(6)
  })
})

describe('of many lines', () => {
  const many = (query: string) => {
    const run = new QueryRun(parseQuery(query))
    for (let n = 0; n < 130_000; n++) {
      const value = (n * 7_919) % 130_003
      run.feed((name) => (name === 'v' ? value : name === 'n' ? n : null), n)
    }
    return run.finish()
  }
  test('the first of all are found, not of those that were kept', () => {
    const result = many('fields n, v | sort v desc | limit 3')
    expect(result).toMatchObject({ matched: 130_000, cut: false })
    expect(result.rows.map(({ cells }) => cells[1])).toEqual([130_002, 130_001, 130_000])
    expect(many('fields v | sort v | limit 10000').rows.map(({ cells }) => cells[0])).toEqual(
      Array.from({ length: 130_000 }, (_, n) => (n * 7_919) % 130_003)
        .sort((a, b) => a - b)
        .slice(0, 10_000),
    )
  })
  test('the first lines are shown without sort, and equals stay in order', () => {
    expect(many('fields n | filter v > 10 | limit 2').rows.map(({ line }) => line)).toEqual([1, 2])
    expect(many('sort missing | limit 4').rows.map(({ line }) => line)).toEqual([0, 1, 2, 3])
  })
  test('more than are kept are told', () => {
    expect(many('dedup v | limit 1').cut).toBe(true)
  })
})

describe('problems tell place and remedy', () => {
  test.each([
    ['', 1, 1, /empty/],
    ['feilds @message', 1, 1, /feilds is no command.*fields/],
    ['fields @message |', 1, 18, /missing after \|/],
    ['fields @message\n| filter @duration >', 2, 21, /needed here/],
    ['filter @message like milk', 1, 22, /text "..." or a pattern/],
    ['filter @message like /a(b/', 1, 25, /\( without its \)/],
    ['filter @message like /(a)\\1/', 1, 27, /Back references/],
    ['filter @message like /(?=a)/', 1, 24, /Look-around/],
    ['filter @message like /abc', 1, 22, /second \//],
    ['filter @message = "abc', 1, 19, /Close it/],
    ['stats total(@duration)', 1, 7, /needs a function/],
    ['stats count(*) by bin(5 weeks)', 1, 23, /period/],
    ['stats pct(@duration, 101)', 1, 22, /0 to 100/],
    ['limit 0', 1, 7, /1 to 10000/],
    ['parse @message /a b/', 1, 16, /names nothing/],
    ['parse @message /a (?<b/', 1, 20, /Look-around/],
    ['parse @message "a * b" as x, y', 1, 16, /has 1 \*, and as has 2/],
    ['filter count(@x) > 1', 1, 8, /belongs to stats/],
    ['fields @message fields @type', 1, 17, /separated by \|/],
  ])('%s', (query, line, column, message) => {
    let problem: unknown
    try {
      parseQuery(query)
    } catch (error) {
      problem = error
    }
    expect(problem).toBeInstanceOf(QueryProblem)
    expect((problem as QueryProblem).message).toMatch(message)
    expect(placeOf(query, (problem as QueryProblem).at)).toEqual({ line, column })
  })
  test('endless brackets and lengths are refused', () => {
    expect(() => parseQuery(`filter ${'('.repeat(200)}1${')'.repeat(200)}`)).toThrow(/brackets/)
    expect(() => parseQuery(`filter ${'not '.repeat(200)}1`)).toThrow(/brackets/)
    expect(() => parseQuery('x'.repeat(5_000))).toThrow(/most are 4000/)
    expect(() => compileRegex('((a{100}){100}){100}')).toThrow(/repeats too much/)
  })
})
