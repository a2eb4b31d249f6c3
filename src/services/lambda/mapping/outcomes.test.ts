import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../model/scenario'
import { runOf } from '../../run.fixture'
import { mapped, withDeadLetters, type Mapped } from './mapping.fixture'

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] }
const left = (run: ReturnType<typeof runOf>, queue: string): number =>
  (run.level(queue, 'visible').at(-1)?.[1] ?? 0) + (run.level(queue, 'inFlight').at(-1)?.[1] ?? 0)

describe('the response of a handler (SQS-ESM-7)', () => {
  /** Invocations, deleted and dead messages of three in one batch; what fails is received once. */
  const responded = (response: Json | undefined, more: Mapped = {}): number[] => {
    const { queue, more: dead } = withDeadLetters(1)
    const run = runOf(
      mapped({
        traffic: { pattern: 'burst', count: 3 },
        queue: { VisibilityTimeout: 10, ...queue },
        behavior: response === undefined ? {} : { response },
        mapping: REPORTS,
        more: dead,
        ...more,
      }),
    )
    return [run.total('Fn', 'Invocations'), run.total('Queue', 'NumberOfMessagesDeleted'), left(run, 'Dead')]
  }
  test.each<[string, Json | undefined]>([
    ['nothing', undefined],
    ['null', null],
    ['{}', {}],
    ['an empty list of failures', { batchItemFailures: [] }],
    ['null for the list', { batchItemFailures: null }],
  ])('%s: all are done', (_, response) => {
    expect(responded(response)).toEqual([1, 3, 0])
  })
  test.each<[string, Json]>([
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: '#9' }] }],
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['null for an id', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['another key', { batchItemFailures: [{ id: '#1' }] }],
    ['a known and an unknown id', { batchItemFailures: [{ itemIdentifier: '#1' }, { itemIdentifier: '#9' }] }],
    ['no list', { batchItemFailures: '#1' }],
    ['a text', 'two failed'],
  ])('%s: all have failed', (_, response) => {
    expect(responded(response)).toEqual([1, 0, 3])
  })
  test('a name: that message has failed; the same name twice is one message', () => {
    const second = { itemIdentifier: '#2' }
    expect(responded({ batchItemFailures: [second] })).toEqual([1, 2, 1])
    expect(responded({ batchItemFailures: [second, second] })).toEqual([1, 2, 1])
  })
  test('a mapping that does not ask for it reads no response', () => {
    expect(responded({ batchItemFailures: [{ itemIdentifier: '#2' }] }, { mapping: {} })).toEqual([1, 3, 0])
    expect(responded('two failed', { mapping: {} })).toEqual([1, 3, 0])
  })
  test('an exception fails all, whatever is asked', () => {
    expect(responded(undefined, { steps: [{ fail: {} }] })).toEqual([1, 0, 3])
  })
  test('FIFO: only what is named comes back; naming what follows is the handler’s duty', () => {
    const fifo = { FifoQueue: true, VisibilityTimeout: 10 }
    const run = runOf(
      mapped(
        {
          traffic: { pattern: 'burst', count: 3 },
          sender: { group: 'a' },
          queue: fifo,
          behavior: { response: { batchItemFailures: [{ itemIdentifier: '#2' }] } },
          mapping: REPORTS,
        },
        { duration: 5 },
      ),
    )
    expect(run.total('Queue', 'NumberOfMessagesDeleted')).toBe(2)
    expect(run.total('Mapping', 'FailedInvokeEventCount')).toBe(1)
    expect(run.reasons('lambda.batchPartlyFailed').map(([, count]) => count)).toEqual([1])
  })
})

describe('a refused batch (learning-design 2.3, SQS-ESM-8)', () => {
  test('is held and offered again every 250 ms; it is not received again meanwhile', () => {
    const run = runOf(
      mapped({
        traffic: { pattern: 'burst', count: 20 },
        fn: { ReservedConcurrentExecutions: 1 },
        steps: [{ wait: 2 }],
      }),
    )
    expect(run.total('Fn', 'Invocations')).toBe(2)
    expect(run.total('Queue', 'NumberOfMessagesReceived')).toBe(20)
    const refused = run.reasons('lambda.batchHeld').map(([at]) => at)
    expect(refused).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75])
    expect(run.total('Fn', 'Throttles')).toBe(refused.length)
    // every call is counted, with each of its messages
    expect(run.total('Mapping', 'InvokedEventCount')).toBe(10 * (2 + refused.length))
    expect(run.total('Mapping', 'FailedInvokeEventCount')).toBe(10 * refused.length)
  })
  test('is let go when the visibility timeout is over, and comes back with one receive more', () => {
    const run = runOf(
      mapped(
        {
          traffic: { pattern: 'burst', count: 10 },
          queue: { VisibilityTimeout: 6 },
          fn: { ReservedConcurrentExecutions: 0 },
        },
        { duration: 13 },
      ),
    )
    expect(run.reasons('lambda.batchReleased').map(([at]) => at)).toEqual([6, 12])
    expect(new Set(run.reasons('sqs.reappeared').map(([at]) => at))).toEqual(new Set([6, 12]))
    expect(run.total('Fn', 'Invocations')).toBe(0)
  })
})

describe('a failed batch (SQS-ESM-6, SQS-ESM-8)', () => {
  const failing: Mapped = {
    queue: { VisibilityTimeout: 20 },
    steps: [{ wait: 0.5 }, { fail: {} }],
    mapping: { BatchSize: 1 },
  }
  test('comes back as a whole after the visibility timeout', () => {
    const run = runOf(mapped({ ...failing, mapping: { BatchSize: 10 } }, { duration: 30 }))
    expect(run.reasons('sqs.reappeared').map(([at]) => at)).toEqual(Array(10).fill(20))
    expect(run.total('Mapping', 'DeletedEventCount')).toBe(0)
  })
  test('makes its poller pause for a second: fewer invocations than a success would leave', () => {
    const starts = runOf(mapped(failing, { duration: 15 })).states('poller')
    const pauses = starts.filter(([, state]) => state === 'backingOff')
    expect(pauses.map(([at]) => at)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 2, 2, 2, 2, 2])
    const run = runOf(mapped(failing, { duration: 15, facts: { 'lambda.errorBackoff': 0 } }))
    expect(run.reasons('lambda.pollerBacksOff').map(([at]) => at)).toEqual([...Array(5).fill(0.5), ...Array(5).fill(1)])
  })
})

describe('a batch that goes round (LAM-68)', () => {
  const loop = (more: Mapped) =>
    runOf(
      mapped(
        {
          traffic: { pattern: 'once' },
          mapping: { BatchSize: 1 },
          steps: [{ call: 'sqs:SendMessage', to: 'Queue' }],
          ...more,
        },
        { duration: 60 },
      ),
    )
  test('is not processed after 16 passes: it goes to the dead-letter queue of the queue', () => {
    const run = loop(withDeadLetters(5))
    expect(run.total('Fn', 'Invocations')).toBe(16)
    expect(run.total('Fn', 'RecursiveInvocationsDropped')).toBe(1)
    expect(run.total('Mapping', 'DroppedEventCount')).toBe(1)
    expect([left(run, 'Queue'), left(run, 'Dead'), run.total('Queue', 'DeadLettered')]).toEqual([0, 1, 1])
    expect(run.reasons('sqs.discarded')).toHaveLength(1)
    expect(run.stopped).toBeUndefined()
  })
  test('or is gone without one', () => {
    const run = loop({})
    expect(run.total('Fn', 'Invocations')).toBe(16)
    expect(left(run, 'Queue')).toBe(0)
    expect(run.total('Queue', 'NumberOfMessagesDeleted')).toBe(16)
  })
})

describe('switching a mapping on and off (ESM-3)', () => {
  const switched = (more: JsonObject = {}, facts: JsonObject = {}) =>
    runOf(
      mapped(
        {
          traffic: { pattern: 'constant', rate: 1, count: 20 },
          mapping: { BatchSize: 1, ...more },
          steps: [{ wait: 0.1 }],
        },
        {
          duration: 40,
          facts: facts as { [key: string]: number },
          interventions: [
            { at: 5.5, set: '/resources/Mapping/Properties/Enabled', value: more['Enabled'] === false },
            { at: 10.5, set: '/resources/Mapping/Properties/Enabled', value: more['Enabled'] !== false },
          ],
        },
      ),
    )
  const states = (run: ReturnType<typeof runOf>): [number, string][] =>
    run.states('mapping').map(([at, state]) => [at, state])
  test('a disabled mapping polls nothing; the messages wait and are done later', () => {
    const run = switched()
    expect(states(run)).toEqual([
      [0, 'Creating'],
      [0, 'Enabled'],
      [5.5, 'Disabling'],
      [5.5, 'Disabled'],
      [10.5, 'Enabling'],
      [10.5, 'Enabled'],
    ])
    const invoked = run.reasons('lambda.batch').map(([at]) => at)
    expect(invoked.filter((at) => at > 5.5 && at < 10.5)).toEqual([])
    expect(run.total('Fn', 'Invocations')).toBe(20)
  })
  test('one that is created disabled waits until it is enabled', () => {
    const run = switched({ Enabled: false })
    expect(states(run).slice(0, 4)).toEqual([
      [0, 'Creating'],
      [0, 'Disabled'],
      [5.5, 'Enabling'],
      [5.5, 'Enabled'],
    ])
    expect(run.reasons('lambda.batch')[0]![0]).toBe(5.5)
  })
  test('until the change is done it goes on as before', () => {
    const run = switched({}, { 'lambda.mappingChange': 2 })
    expect(states(run).slice(2)).toEqual([
      [5.5, 'Disabling'],
      [7.5, 'Disabled'],
      [10.5, 'Enabling'],
      [12.5, 'Enabled'],
    ])
    const invoked = run.reasons('lambda.batch').map(([at]) => at)
    expect(invoked.filter((at) => at > 5.5 && at < 12.5)).toEqual([6, 7])
  })
})
