import { expect, test } from 'vitest'
import { small } from '../logs/small.fixture'
import { ticks } from './axis'
import { latency, listTraces, type TraceFilter, type TraceOrder } from './traceList'
import { tracesOf } from './traces.fixture'

const { index, names, trees } = tracesOf(
  small({ traffic: '{ pattern: repeat, every: 1, times: 6 }', steps: '[{ wait: 0.05 }, { fail: { rate: 0.5 } }]' }),
)
const list = (filter: TraceFilter, order: TraceOrder = 'newest', text = ''): number[] => [
  ...listTraces(index, 42, filter, order, text, (resource) => names[resource] ?? ''),
]

test('newest first, or slowest first with the newer of equals first', () => {
  expect(list('all')).toEqual([5, 4, 3, 2, 1, 0])
  const slowest = list('all', 'slowest')
  expect(slowest[0]).toBe(0)
  expect(slowest.map((place) => latency(index, place))).toEqual([151_000, ...Array.from({ length: 5 }, () => 51_000)])
  expect(slowest.slice(1)).toEqual([5, 4, 3, 2, 1])
})

test('by what happened', () => {
  const failed = trees.flatMap(({ segments }, n) => (segments.some(({ fault }) => fault) ? [n] : [])).reverse()
  expect(failed.length).toBeGreaterThan(0)
  expect(failed.length).toBeLessThan(6)
  expect(list('error')).toEqual(failed)
  expect(list('cold')).toEqual([0])
  expect(list('deadLetter')).toEqual([])
})

test('by names of resources and by id', () => {
  expect(list('all', 'newest', 'HELLO caller')).toEqual([5, 4, 3, 2, 1, 0])
  expect(list('all', 'newest', 'nobody')).toEqual([])
  expect(list('all', 'newest', `hello ${trees[2]!.id}`)).toEqual([2])
})

test('an axis has round numbers, never more than asked for', () => {
  expect(ticks(90_000_000, 6)).toEqual([0, 20e6, 40e6, 60e6, 80e6])
  expect(ticks(0, 6)).toEqual([0])
  for (const length of [1, 7, 999, 1_000_001, 86_400e6])
    for (const most of [1, 4, 6]) expect(ticks(length, most).length).toBeLessThanOrEqual(most + 1)
})
