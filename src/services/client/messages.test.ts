import { describe, expect, test } from 'vitest'
import { createRun } from '../../engine/run'
import { gateJson } from '../../gate'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, scenarioOf } from '../run.fixture'
import { connectors } from './connectors'

const FIFO: Resource = { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } }
const stored = (sender: JsonObject, count = 2, queue: Resource = { Type: 'AWS::SQS::Queue' }): JsonObject[] => {
  const run = createRun(
    scenarioOf({ C: client('sqs:SendMessage', 'Q', { pattern: 'burst', count }, sender), Q: queue }, { duration: 1 }),
  )
  while (!run.advance(1_000)) continue
  return run.contents().map(({ value }) => value as JsonObject)
}

describe('what the messages of a client carry', () => {
  test('a JSON body, or a plain text in its place, and attributes', () => {
    expect(stored({ body: { a: 1 } }, 1)[0]).toMatchObject({ body: { a: 1 } })
    const attributes = { kind: { dataType: 'String', stringValue: 'order' } }
    expect(stored({ body: { a: 1 }, text: 'hello', attributes }, 1)[0]).toMatchObject({
      body: {},
      text: 'hello',
      attributes,
    })
  })
  test('a group; each message is one of its own', () => {
    const [first, second] = stored({ group: 'a' }, 2, FIFO)
    expect([first!['group'], second!['group']]).toEqual(['a', 'a'])
  })
  test('a deduplication id: one is stored', () => {
    expect(stored({ group: 'a', deduplication: 'x' }, 5, FIFO)).toHaveLength(1)
  })
  test('without a group a FIFO queue refuses them', () => {
    expect(stored({}, 5, FIFO)).toEqual([])
  })
  test('the gate takes what SQS takes', () => {
    const gated = (sender: JsonObject): boolean =>
      gateJson(
        JSON.parse(
          JSON.stringify(scenarioOf({ C: client('sqs:SendMessage', 'Q', { pattern: 'once' }, sender), Q: FIFO })),
        ),
      ).ok
    expect(gated({ group: 'orders/1', deduplication: 'x-1', text: 'hello' })).toBe(true)
    expect(gated({ group: 'two words' })).toBe(false)
    expect(gated({ group: '' })).toBe(false)
  })
})

describe('drawing a wire to a queue', () => {
  const connect = (queue: Resource, sender: JsonObject = {}): Resource => {
    const scenario = scenarioOf({ C: { Type: 'Coldstart::Client', Behavior: sender }, Q: queue })
    return connectors[0]!.connect('C', 'Q', scenario).resources['C']!
  }
  test('names a message group for a FIFO queue, unless there is one', () => {
    expect(connect(FIFO).Behavior).toEqual({ call: 'sqs:SendMessage', to: 'Q', group: 'a' })
    expect(connect(FIFO, { group: 'b' }).Behavior!['group']).toBe('b')
    expect(connect({ Type: 'AWS::SQS::Queue' }).Behavior!['group']).toBeUndefined()
  })
})
