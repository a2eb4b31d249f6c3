import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../model/scenario'
import { small } from '../logs/small.fixture'
import { bytes, MOST_BYTES, segmentDocument } from './document'
import { tracesOf } from './traces.fixture'

const TABLE = '  T: { Type: AWS::DynamoDB::Table }'

/** A trace's segments as X-Ray would get them: one document for each that is not a subsegment. */
function documentsOf(it: Parameters<typeof small>[0]) {
  const { tree, documents } = tracesOf(small(it))
  const own = tree.segments.filter((segment) => segment.own)
  return { tree, own: own.map((segment) => segmentDocument(tree, segment, documents)), documents }
}
const parts = (document: JsonObject): JsonObject[] => (document['subsegments'] ?? []) as JsonObject[]

describe('a segment document (OBS-9)', () => {
  test('has name, ids and times in seconds, and names its parent', () => {
    const { tree, own } = documentsOf({ steps: '[{ call: dynamodb:PutItem, to: T }]', more: TABLE })
    const [client, service, fn] = own
    expect(tree.id).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/)
    // 2026-11-20T00:00:01Z
    expect(parseInt(tree.id.slice(2, 10), 16)).toBe(Date.UTC(2026, 10, 20, 0, 0, 1) / 1_000)
    for (const document of own) {
      expect(document).toMatchObject({ trace_id: tree.id, id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown })
      expect(document).not.toHaveProperty('type')
    }
    expect(client).not.toHaveProperty('parent_id')
    expect(client).toMatchObject({ name: 'Caller', start_time: 1_795_132_801, end_time: 1_795_132_801.106 })
    // what a call leads to names the call as its parent
    expect(parts(client!)).toEqual([
      expect.objectContaining({ name: 'Hello', namespace: 'aws', aws: { operation: 'Invoke' } }) as unknown,
    ])
    expect(service).toMatchObject({
      name: 'Hello',
      origin: 'AWS::Lambda',
      parent_id: parts(client!)[0]!['id'],
      http: { response: { status: 200 } },
      aws: { request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
    })
    expect(fn).toMatchObject({
      name: 'Hello',
      origin: 'AWS::Lambda::Function',
      parent_id: service!['id'],
      start_time: 1_795_132_801.05,
      end_time: 1_795_132_801.106,
      aws: {
        function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:Hello',
        cloudwatch_logs: [{ log_group: '/aws/lambda/Hello' }],
      },
      annotations: { cold_start: true },
    })
    expect(parts(fn!).map(({ name }) => name)).toEqual(['Initialization', 'Overhead', 'Invocation'])
    expect(parts(parts(fn!)[2]!)).toEqual([
      expect.objectContaining({ name: 'T', namespace: 'aws', aws: { operation: 'PutItem' } }) as unknown,
    ])
  })

  test('tells faults with their exception, and refusals as throttles', () => {
    const fails = documentsOf({ steps: '[{ fail: { type: NoStock, message: none left } }]' })
    expect(fails.own.at(-1)).toMatchObject({
      fault: true,
      cause: { exceptions: [{ type: 'NoStock', message: 'none left' }] },
    })
    const refused = documentsOf({ reserved: 0 })
    expect(refused.own.at(-1)).toMatchObject({
      origin: 'AWS::Lambda',
      error: true,
      throttle: true,
      http: { response: { status: 429 } },
    })
  })

  test('not over says so, and counts attempts', () => {
    const { own } = documentsOf({
      call: 'lambda:InvokeAsync',
      traffic: '{ pattern: burst, count: 1, at: 398 }',
      steps: '[{ fail: { attempts: [1] } }]',
    })
    const service = own[1]!
    expect(service).toMatchObject({ in_progress: true })
    expect(service).not.toHaveProperty('end_time')
    const retried = documentsOf({ call: 'lambda:InvokeAsync', steps: '[{ fail: { attempts: [1] } }]' })
    expect(retried.own.at(-1)).toMatchObject({ annotations: { attempt: 2 } })
  })

  test('of a subsegment says what it is', () => {
    const { tree, documents } = documentsOf({})
    const work = tree.segments.find(({ name }) => name === 'Invocation')!
    expect(segmentDocument(tree, work, documents)).toMatchObject({
      type: 'subsegment',
      parent_id: tree.segments[work.parent]!.id,
    })
  })

  test('takes at most 64 KB: subsegments beyond are left out and counted', () => {
    const name = 'T'.repeat(60)
    const steps = `[${Array.from({ length: 49 }, () => `{ call: dynamodb:PutItem, to: ${name} }`).join(', ')}]`
    const more = `  ${name}: { Type: AWS::DynamoDB::Table }`
    const { tree, documents } = tracesOf(small({ steps, more, timeout: 900 }))
    const parent = tree.segments.find(({ name: own }) => own === 'Invocation')!
    const call = tree.segments.at(-1)!
    const many = Array.from({ length: 2_000 }, (_, n) => ({ ...call, index: tree.segments.length + n }))
    const whole = { ...tree, segments: [...tree.segments, ...many] }
    const document = segmentDocument(whole, parent, documents)
    expect(bytes(document)).toBeLessThanOrEqual(MOST_BYTES)
    const kept = parts(document).length
    expect(kept).toBeGreaterThan(50)
    expect(document['metadata']).toEqual({ coldstart: { subsegments_left_out: 2_049 - kept } })
  })

  test('has an id of its own for every segment', () => {
    const { tree } = documentsOf({ call: 'lambda:InvokeAsync', steps: '[{ fail: { attempts: [1, 2, 3] } }]' })
    expect(new Set(tree.segments.map(({ id }) => id)).size).toBe(tree.segments.length)
  })
})
