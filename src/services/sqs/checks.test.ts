import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../model/scenario'
import { client, scenarioOf } from '../run.fixture'
import { checks } from './checks'

const problems = (queue: JsonObject, sender: JsonObject = {}): [string, string][] =>
  checks
    .flatMap((check) =>
      check(
        scenarioOf({
          Q: { Type: 'AWS::SQS::Queue', Properties: queue },
          Fifo: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
          C: client('sqs:SendMessage', 'Q', { pattern: 'once' }, sender),
        }),
      ),
    )
    .map(({ severity, path }) => [severity, path])

describe('what SQS refuses about FIFO queues (SQS-4)', () => {
  test('a dead-letter queue of the other kind (SQS-5)', () => {
    const RedrivePolicy = { deadLetterTargetArn: 'Fifo', maxReceiveCount: 3 }
    const path = '/resources/Q/Properties/RedrivePolicy/deadLetterTargetArn'
    expect(problems({ RedrivePolicy })).toEqual([['error', path]])
    expect(problems({ FifoQueue: true, RedrivePolicy }, { group: 'a' })).toEqual([])
  })
  test('a name without .fifo, and .fifo on a standard queue', () => {
    const path = '/resources/Q/Properties/QueueName'
    expect(problems({ FifoQueue: true, QueueName: 'orders' }, { group: 'a' })).toEqual([['error', path]])
    expect(problems({ QueueName: 'orders.fifo' })).toEqual([['error', path]])
    expect(problems({ FifoQueue: true, QueueName: 'orders.fifo' }, { group: 'a' })).toEqual([])
  })
  test('attributes of FIFO queues on a standard one', () => {
    expect(problems({ ContentBasedDeduplication: true })).toEqual([
      ['error', '/resources/Q/Properties/ContentBasedDeduplication'],
    ])
  })
  test('high throughput without the scope it needs', () => {
    const limit = { FifoQueue: true, FifoThroughputLimit: 'perMessageGroupId' }
    expect(problems(limit, { group: 'a' })).toEqual([['error', '/resources/Q/Properties/FifoThroughputLimit']])
    expect(problems({ ...limit, DeduplicationScope: 'messageGroup' }, { group: 'a' })).toEqual([])
  })
  test('a client that sends without a message group', () => {
    expect(problems({ FifoQueue: true })).toEqual([['warning', '/resources/C/Behavior/group']])
    expect(problems({})).toEqual([])
  })
  test('a step that sends without a message group', () => {
    const send = { call: 'sqs:SendMessage', to: 'Fifo' }
    const Fn = (steps: JsonObject[]) => ({ Type: 'AWS::Lambda::Function', Behavior: { steps } })
    const Fifo = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } }
    const found = (steps: JsonObject[]) => checks.flatMap((check) => check(scenarioOf({ Fifo, Fn: Fn(steps) })))
    expect(found([{ wait: 1 }, send])).toMatchObject([
      { severity: 'warning', path: '/resources/Fn/Behavior/steps/1/group' },
    ])
    expect(found([{ ...send, group: 'a' }])).toEqual([])
  })
})
