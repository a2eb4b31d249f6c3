import { describe, expect, test } from 'vitest'
import coverage from './COVERAGE.md?raw'
import { facts } from './facts'
import { reasons } from './reasons'

const SOURCES = import.meta.glob<string>(['./**/*.ts', '!./**/*.test.ts', '!./**/*.fixture.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const ROW = /\b(?:LAM|INV|CS|SS|STR-ESM|ESM|SQS-ESM|SQS|KIN|DDB|NET|OBS|PR|EB|IAM)-\d+b?\b/g
const rowsIn = (text: string): string[] => text.match(ROW) ?? []
const sources = Object.entries(SOURCES)

describe('reasons', () => {
  const asked = new Set(
    sources.flatMap(([, text]) => [...text.matchAll(/\breason\('(lambda\.\w+)'\)/g)].map((it) => it[1]!)),
  )

  test('every reason that is given has a sentence, and every sentence is given', () => {
    expect(asked.size).toBeGreaterThan(40)
    expect([...asked].sort()).toEqual(Object.keys(reasons).sort())
  })

  test.each(Object.entries(reasons))('%s: sentences with their row', (_, text) => {
    expect(text).toMatch(/^[A-Z{].*\.$/)
    expect(rowsIn(text).length).toBeGreaterThan(0)
    expect(text.replace(/\{(resource|value|subject)\}/g, '')).not.toMatch(/[{}]/)
  })

  test('refusals say the status and the code of AWS (LAM-51, LAM-52)', () => {
    const refusals = [
      'reserved',
      'switchedOff',
      'account',
      'requestRate',
      'reservedRate',
      'unusable',
      'down',
      'pending',
      'absent',
      'reviving',
      'noAddress',
      'eniLimit',
      'eniThrottled',
      'recursion',
      'mountConnectivity',
      'mountTimeout',
      'mountFailure',
      'fileIo',
    ]
    for (const name of refusals)
      expect(reasons[`lambda.${name}` as keyof typeof reasons]).toMatch(/\b[45]\d\d [A-Z]\w+/)
    for (const name of ['timeout', 'outOfMemory', 'initFailed', 'threw', 'callFailed'])
      expect(reasons[`lambda.${name}` as keyof typeof reasons]).toContain('200 with X-Amz-Function-Error: Unhandled')
  })

  /** Numbers in sentences that are no row, status or placeholder, and the fact each one is. */
  const TYPED: { readonly [code: string]: readonly (readonly [number: string, fact: string | null])[] } = {
    'lambda.spillover': [['10', 'requestRate']],
    'lambda.requestRate': [['10', 'requestRate']],
    'lambda.reservedRate': [['10', 'requestRate']],
    // the period the number before it is counted in
    'lambda.scaling': [['10', null]],
    // the name of AWS's service and of its exception
    'lambda.eniThrottled': [
      ['2', null],
      ['2', null],
    ],
    // the value itself, which is what the sentence is about
    'lambda.switchedOff': [['0', null]],
    'lambda.asyncOff': [['0', null]],
    'lambda.batchSplit': [['6', 'batchPayload']],
    'lambda.windowCut': [['1', 'tumblingState']],
    'lambda.pollersProvisioned': [['10', 'provisionedInvokes']],
  }
  test('no sentence holds a number that a run could contradict', () => {
    for (const [code, text] of Object.entries(reasons)) {
      const bare = text.replace(ROW, '').replace(/\b(200|4\d\d|5\d\d)\b/g, '')
      expect(bare.match(/\d+/g) ?? [], code).toEqual((TYPED[code] ?? []).map(([number]) => number))
      for (const [number, name] of TYPED[code] ?? []) {
        if (name === null) continue
        const { value, configurable } = facts[name]!
        expect(configurable, name).toBeUndefined()
        expect(new Set(Object.values(value).map(String)), name).toEqual(new Set([number]))
      }
    }
  })
})

describe('rows of the fact sheet', () => {
  const covered = new Set(rowsIn(coverage))

  test('every row that reasons, checks and facts cite is in COVERAGE.md', () => {
    for (const [file, text] of sources)
      for (const row of rowsIn(text)) expect(covered, `${file}: ${row}`).toContain(row)
  })
  test('every LAM, INV, CS and SS row is there once, with a test or a reason why not', () => {
    const rows = [...coverage.matchAll(/^\| ((?:LAM|INV|CS|SS)-\d+b?) +\|(.*)\|(.*)\|$/gm)]
    const ids = rows.map(([, id]) => id!)
    expect(ids).toEqual([...new Set(ids)])
    const upTo = (stem: string, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, i) => `${stem}-${from + i}`)
    const sheet = [
      ...upTo('LAM', 1, 31),
      ...upTo('LAM', 40, 54),
      'LAM-43b',
      ...upTo('LAM', 60, 70),
      ...upTo('INV', 1, 15),
      ...upTo('CS', 1, 5),
      ...upTo('SS', 1, 4),
    ]
    expect(ids.toSorted()).toEqual(sheet.toSorted())
    for (const [, id, where, how] of rows) expect(`${where}${how}`.trim().length, id).toBeGreaterThan(10)
  })
  test('every test it names is there', () => {
    const tests = ['./reasons.test.ts', ...Object.keys(import.meta.glob(['./**/*.test.ts', '../../**/*.test.ts']))]
    const named = [...coverage.matchAll(/`([\w./-]+\.test\.ts)`/g)].map(([, file]) => file!)
    expect(named.length).toBeGreaterThan(20)
    for (const file of named)
      expect(
        tests.some((it) => it.endsWith(`/${file}`)),
        file,
      ).toBe(true)
  })
  test('every fact of Lambda stands on a covered row', () => {
    for (const { key, rows } of Object.values(facts))
      for (const row of rows) expect(covered, `${key}: ${row}`).toContain(row)
  })
})
