import { describe, expect, test } from 'vitest'
import { runOf } from '../../run.fixture'
import { mapped, type Mapped } from './mapping.fixture'

const batches = (it: Mapped, duration = 60): [number, number][] =>
  runOf(mapped(it, { duration })).reasons('lambda.batch')

describe('batches (ESM-2, SQS-ESM-1)', () => {
  test('without a window what is there goes at once', () => {
    expect(batches({ traffic: { pattern: 'burst', count: 13 } })).toEqual([
      [0, 10],
      [0, 3],
    ])
  })
  test('a window is waited for, from the first message of the batch', () => {
    const it: Mapped = {
      traffic: { pattern: 'constant', rate: 1, at: 1, count: 3 },
      mapping: { MaximumBatchingWindowInSeconds: 5, ScalingConfig: { MaximumConcurrency: 2 } },
    }
    // the poller that has begun a batch is served before the one that has none
    expect(batches(it)).toEqual([[6, 3]])
  })
  test('a full batch does not wait', () => {
    const it: Mapped = {
      traffic: { pattern: 'burst', count: 10, at: 1 },
      mapping: { MaximumBatchingWindowInSeconds: 20 },
    }
    expect(batches(it)).toEqual([[1, 10]])
  })
  test('more than ten in one batch need a window; a receive takes them all', () => {
    const it: Mapped = {
      traffic: { pattern: 'burst', count: 250, at: 1 },
      mapping: { BatchSize: 100, MaximumBatchingWindowInSeconds: 2 },
    }
    expect(batches(it).map(([at, size]) => [at, size])).toEqual([
      [1, 100],
      [1, 100],
      [3, 50],
    ])
  })
  test('six megabytes are the most: the rest is the next batch of the same poller', () => {
    const it: Mapped = {
      traffic: { pattern: 'burst', count: 20, at: 1 },
      sender: { text: 'x'.repeat(1_000_000) },
      mapping: { BatchSize: 20, MaximumBatchingWindowInSeconds: 1 },
    }
    const run = runOf(mapped(it, { duration: 60 }))
    expect(run.reasons('lambda.batch').map(([, size]) => size)).toEqual([6, 6, 6, 2])
    expect(run.reasons('lambda.batchSplit').length).toBe(3)
    expect(run.total('Queue', 'NumberOfMessagesDeleted')).toBe(20)
    expect(run.total('Queue', 'NumberOfMessagesReceived')).toBe(20)
  })
  test('what was received while a full batch is worked on is in no batch twice', () => {
    const it: Mapped = {
      traffic: { pattern: 'poisson', rate: 40, count: 2_000 },
      mapping: { BatchSize: 25, MaximumBatchingWindowInSeconds: 1 },
      steps: [{ wait: { exp: 0.3 } }],
      queue: { VisibilityTimeout: 120 },
    }
    const run = runOf(mapped(it, { duration: 200 }))
    expect(run.total('Mapping', 'InvokedEventCount')).toBe(2_000)
    expect(run.total('Queue', 'NumberOfMessagesDeleted')).toBe(2_000)
  })
})
