import { expect, test } from 'vitest'
import { facts } from './facts'
import guide from './guide.md?raw'
import { AS_OF } from './runtimes'

/** Where a number of AWS comes from that the guide says in words. */
const FACTS: readonly (readonly [words: string, fact: string, value: number])[] = [
  ['1,769 MB', 'mbPerVcpu', 1_769],
  ['100 of the quota', 'unreservedMinimum', 100],
  ['1 and 2 minutes', 'retryFirst', 60],
  ['1 and 2 minutes', 'retrySecond', 120],
  ['16 times', 'recursionLimit', 16],
]
/** The rest: examples, dates, names and statuses. `scaling` is the present rule, named beside its older profile. */
const OTHERS = [
  '100 requests a second that take 200 ms each, 20 environments',
  '1,000 environments at once, and as many again every 10 s',
  'scaling-2022',
  'aws-2026-11',
  'provided.al2023',
  'with 429',
  'and 0 switches',
  'answers 200 with',
  '20 November 2026',
]

test('numbers in the guide are facts that no scenario changes, or no facts of AWS', () => {
  let left = guide
  for (const [words, name, value] of FACTS) {
    expect(guide, words).toContain(words)
    const fact = facts[name]!
    expect(fact.configurable, name).toBeUndefined()
    expect(Object.values(fact.value), name).toEqual([value])
  }
  for (const words of [...FACTS.map(([it]) => it), ...OTHERS]) left = left.replaceAll(words, '')
  expect(left.match(/.{0,30}\d[\d,.]*.{0,20}/g) ?? []).toEqual([])
  expect([facts['scalingBurst']!.value.teaching, Number(facts['scalingRate']!.value.teaching) * 10]).toEqual([
    1_000, 1_000,
  ])
  expect(AS_OF).toBe('2026-11-20')
})

test('every setting it names is one', () => {
  const named = [...guide.matchAll(/`lambda\.(\w+)`/g)].map(([, name]) => name!)
  expect(named.length).toBeGreaterThan(5)
  for (const name of named) expect(Object.keys(facts)).toContain(name)
})
