/** Test vectors 22 to 24 of aws-facts.md section 18: streams before functions. */
import { expect, test } from 'vitest'
import { measure, reasonsOf } from '../claims/run.fixture'
import { simulate } from '../simulate'
import { RowKind } from '../../model/recording'
import type { Scenario } from '../../model/scenario'
import { vector } from './vector.fixture'

/** States of the lane of a shard, in order. */
function lane(scenario: Scenario, name: string): string[] {
  const { rows, legend, head } = simulate(scenario)
  const states = head.machines.find((it) => it.name === 'shard')!.states
  return rows.flatMap((it) =>
    Array.from({ length: it.length }, (_, i) => i)
      .filter((i) => it.kind[i] === RowKind.state)
      .filter(
        (i) => legend.entities[it.subject[i]!]?.machine === 'shard' && legend.entities[it.subject[i]!]!.label === name,
      )
      .map((i) => states[it.code[i]!]!),
  )
}

test('22 (STR-ESM-2): four shards with a factor of 10 are forty batches at once', () => {
  expect(
    measure(vector('22'), {
      most: 'concurrency.max Fn',
      calls: 'invocations Fn',
      pollers: { m: 'Pollers', of: 'Mapping', stat: 'Maximum' },
    }),
  ).toEqual({ most: 40, calls: 400, pollers: 40 })
})

test('23 (STR-ESM-4): the shard of the poison record stands still, the other goes on', () => {
  const scenario = vector('23')
  expect(lane(scenario, 'shard 0')).not.toContain('blocked')
  expect(lane(scenario, 'shard 0').at(-1)).toBe('reading')
  expect(['blocked', 'retrying']).toContain(lane(scenario, 'shard 1').at(-1))
  const age = (from: number, to: number) => ({
    m: 'IteratorAge',
    of: 'Fn',
    stat: 'Maximum',
    during: [from, to] as const,
  })
  const answers = measure(scenario, { first: age(0, 5), later: age(50, 60), last: age(100, 120) })
  // a second at first: what a poll finds is no older; then as old as the time that passed
  expect(Number(answers.first)).toBeLessThanOrEqual(1_000)
  expect(Number(answers.later)).toBeGreaterThan(40_000)
  expect(Number(answers.last)).toBeGreaterThan(95_000)
})

test('24 (STR-ESM-5): 8, 4, 2, 1: only the single record is retried and discarded', () => {
  const scenario = vector('24')
  expect(reasonsOf(scenario, 'lambda.shardBisected').map(({ value }) => value)).toEqual([4, 2, 1])
  expect(reasonsOf(scenario, 'lambda.shardBlocked').length).toBe(2)
  expect(reasonsOf(scenario, 'lambda.recordsExhausted').map(({ value }) => value)).toEqual([1])
  expect(
    measure(scenario, {
      dropped: { m: 'DroppedEventCount', of: 'Mapping' },
      aside: 'queue.depth Aside',
      size: { m: 'record', of: 'Aside', field: 'KinesisBatchInfo.batchSize' },
    }),
  ).toEqual({ dropped: 1, aside: 1, size: 1 })
})
