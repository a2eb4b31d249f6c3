/** What AWS was recorded to do (../shared/conformance/lambda-behaviour), asked of scenario documents through the gate and metric queries. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gateJson } from '../gate'
import type { Json, JsonObject } from '../model/scenario'
import { documentOf, QUERIES, type Case } from './lambda-behaviour.fixture'
import { hand } from './sqs-hand.fixture'
import { answerRefused, ask, type MetricQuery } from './query'

const file = join(import.meta.dirname, '../../../shared/conformance/lambda-behaviour/scenarios.jsonl')
const cases: Case[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Case)
  : []

/** Answers of a document, through the gate. */
function answers(document: JsonObject, queries: readonly MetricQuery[]): Json[] {
  const gated = gateJson(document)
  if (!gated.ok) {
    if (!queries.some(({ m }) => m === 'deploy.status')) throw new Error(JSON.stringify(gated.problems, null, 1))
    return answerRefused(queries, gated.problems).map(({ value }) => value)
  }
  return ask(queries, gated.normalised, { problems: [] }).map(({ value }) => value)
}
const one = (document: JsonObject, query: MetricQuery): Json => answers(document, [query])[0]!
const status = (document: JsonObject, reason?: string): Json =>
  one(document, { m: 'deploy.status', ...(reason === undefined ? {} : { where: { reason } }) })

/** Expectations that are asked otherwise than by one query of the case's document; by metric. */
const ASKED: { readonly [metric: string]: (it: Case, expected: JsonObject) => void } = {
  // 202: the call was accepted, whatever becomes of the event
  invokeStatus: (it) => expect(one(documentOf(it), { m: 'success', of: 'Caller1' })).toBe(1),
  secondsBetweenAttempts(it, { min }) {
    const starts = one(documentOf(it), QUERIES['secondsBetweenAttempts']!) as number[]
    expect(starts.length).toBeGreaterThan(1)
    for (let i = 1; i < starts.length; i++) expect(starts[i]! - starts[i - 1]!).toBeGreaterThanOrEqual(min as number)
  },
  // every message was received as often as its last count says
  ApproximateReceiveCount(it, { values }) {
    const counts = values as number[]
    const messages = Number(it.stimulus['messages'] ?? 1)
    expect(one(documentOf(it), QUERIES['ApproximateReceiveCount']!)).toBe(Math.max(...counts) * messages)
  },
  // what a caller sees of an error is what the record of the same event says
  FunctionError: inRecord,
  StatusCode: inRecord,
  errorType: inRecord,
  errorMessageRegex: (it, { value }) =>
    expect(one(failing(it), QUERIES['errorMessageRegex']!)).toMatch(new RegExp(value as string)),
  // defaults of a mapping, as the gate fills them in
  BatchSize: inMapping,
  MaximumBatchingWindowInSeconds: inMapping,
  BisectBatchOnFunctionError: inMapping,
  MaximumRecordAgeInSeconds: inMapping,
  ParallelizationFactor: inMapping,
  TumblingWindowInSeconds: inMapping,
  error(it) {
    // of a call to a queue: its fact asserts it
    if (it.area === 'SQS') return
    const document = documentOf(it) as unknown as { resources: { [id: string]: unknown } }
    delete document.resources['Queue']
    expect(status(document as unknown as JsonObject)).toBe('refused')
  },
  'receive(10)': (it, { value }) => expect(hand(it).receive(10)).toEqual(value),
}

/** The same function, called asynchronously without retries and with a destination that keeps the record. */
const failing = (it: Case): JsonObject =>
  documentOf(
    { ...it, stimulus: { ...it.stimulus, invocationType: 'Event' } },
    { onFailure: 'SQS', maximumRetryAttempts: 0 },
  )
function inRecord(it: Case, { metric, value }: JsonObject): void {
  expect(one(failing(it), QUERIES[String(metric)]!)).toBe(value)
}
function inMapping(it: Case, { metric, value }: JsonObject): void {
  const gated = gateJson(documentOf(it))
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  expect(gated.normalised.resources['Mapping']!.Properties![String(metric)]).toBe(value)
}

/** Hand-written assertions for what the cases say in prose. */
const FACTS: readonly (readonly [RegExp, (it: Case) => void])[] = [
  [
    /detail = the destination record; resources = \[bus ARN, function ARN/,
    (it) => {
      const [details, resources] = answers(documentOf(it), [
        { m: 'record.all', of: 'Destination', field: 'detail.requestContext.condition' },
        { m: 'record.all', of: 'Destination', field: 'resources' },
      ]) as [string[], string[][]]
      expect(details.toSorted()).toEqual(['RetriesExhausted', 'Success'])
      for (const [bus, fn] of resources) {
        expect(bus).toMatch(/:event-bus\//)
        expect(fn).toMatch(/:function:Fn:\$LATEST$/)
      }
    },
  ],
  [
    /^no responseContext\/responsePayload in the record/,
    (it) => {
      const record = one(documentOf(it), { m: 'record', of: 'Destination', field: 'body' })
      const body = (typeof record === 'string' ? JSON.parse(record) : record) as JsonObject
      expect(body).toHaveProperty('requestPayload')
      expect(body).not.toHaveProperty('responseContext')
      expect(body).not.toHaveProperty('responsePayload')
    },
  ],
  [
    /^reserved < total provisioned is rejected/,
    (it) =>
      expect(status(documentOf(it, { reservedConcurrency: it.stimulus['putReserved']! }), 'provisioned')).toBe(
        'refused',
      ),
  ],
  [
    /^reserved == total provisioned: unqualified invoke 429; more provisioned rejected/,
    (it) => {
      const provisioned = it.setup['provisionedConcurrency']!
      const same = { reservedConcurrency: provisioned }
      const called: Case = { ...it, stimulus: { invocationType: 'RequestResponse' } }
      expect(answers(documentOf(called, same), [{ m: 'deploy.status' }, { m: 'throttles', of: 'Fn' }])).toEqual([
        'ok',
        1,
      ])
      const more = { ...same, provisionedConcurrency: Number(provisioned) + 1 }
      expect(status(documentOf(it, more), 'provisioned')).toBe('refused')
    },
  ],
  [
    /^BatchSize > 10 needs MaximumBatchingWindowInSeconds > 0/,
    (it) => {
      expect(status(documentOf(it, { batchSize: 11, batchWindow: 0 }))).toBe('refused')
      expect(status(documentOf(it, { batchSize: 11, batchWindow: 1 }))).toBe('ok')
      expect(status(documentOf(it, { batchSize: 10, batchWindow: 0 }))).toBe('ok')
    },
  ],
  [
    /^deleted after the successful/,
    (it) => {
      const deleted: MetricQuery = { m: 'NumberOfMessagesDeleted', of: 'Queue' }
      expect(answers(documentOf(it), [deleted, { m: 'records', of: 'Queue' }])).toEqual([it.stimulus['messages'], 0])
    },
  ],
  [
    /^1st invocation: messages 1\.\.4/,
    (it) => {
      // message n is done at its attempt failAttempts + 1, or dead after maxReceiveCount receives
      const fails = it.setup['failAttempts'] as number[]
      const receives = Number(it.setup['maxReceiveCount'])
      const dead = fails.flatMap((n, i) => (n >= receives ? i + 1 : []))
      const [invocations, left, kept, received] = answers(documentOf(it), [
        { m: 'invocations', of: 'Fn' },
        { m: 'records', of: 'Queue' },
        { m: 'record.all', of: 'Dead', field: 'n' },
        { m: 'receives', of: 'Queue' },
      ])
      expect(invocations).toBe(Math.min(receives, Math.max(...fails) + 1))
      expect(left).toBe(0)
      expect(kept).toEqual(dead)
      // one group: the first failure of a batch takes those behind it along
      const first = fails.findIndex((n) => n > 0)
      expect(received).toBe(fails.length + (fails.length - first))
    },
  ],
  [
    /^an exception fails the WHOLE batch/,
    (it) =>
      expect(
        answers(documentOf(it), [
          { m: 'records', of: 'Dead' },
          { m: 'records', of: 'Queue' },
        ]),
      ).toEqual([it.stimulus['messages'], 0]),
  ],
  [
    /^\{\} = full success; DLQ stays empty/,
    (it) =>
      expect(
        answers(documentOf(it), [
          { m: 'records', of: 'Dead' },
          { m: 'records', of: 'Queue' },
        ]),
      ).toEqual([0, 0]),
  ],
  [
    /^receive\(10\) gives 0,1,2; after 2 s again 0,1,2/,
    (it) => {
      const queue = hand(it)
      const all = Array.from({ length: Number(it.stimulus['messages']) }, (_, i) => String(i))
      for (const body of all) queue.send(body, 'g1')
      expect(queue.receive(10)).toEqual(all)
      queue.wait(Number(it.setup['visibilityTimeout']) + 1)
      expect(queue.receive(10)).toEqual(all)
    },
  ],
  [
    /^m1 delivered at once; m2 withheld while m1 is in flight/,
    (it) => {
      const queue = hand(it)
      const waiting = [1, 2, 3].map(() => queue.listen(1))
      queue.send('m1', 'g1')
      queue.send('m2', 'g1')
      queue.wait(2)
      expect(waiting.flatMap((it) => it.got())).toEqual(['m1'])
      queue.remove(waiting.find((it) => it.got().length > 0)!)
      queue.wait(2)
      expect(waiting.flatMap((it) => it.got()).toSorted()).toEqual(['m1', 'm2'])
    },
  ],
  [
    /^g1-m2 still hidden/,
    (it) => {
      const queue = hand(it)
      const first = queue.listen(Number(it.stimulus['receive']))
      queue.wait(0.001)
      expect(first.got()).toEqual(['g1-m1', 'g1-m2'])
      for (const [body, seconds] of Object.entries(it.stimulus['changeVisibility'] as JsonObject))
        queue.hide(first, body, Number(seconds))
      queue.wait(Number(it.stimulus['waitSeconds']))
      const again = queue.listen(3)
      queue.wait(0.001)
      expect(again.got().toSorted()).toEqual(['g1-m1', 'g2-m1'])
    },
  ],
  [
    /receipt handle has expired/,
    (it) => {
      const queue = hand(it)
      queue.send('m1', 'g1')
      const first = queue.listen(1)
      queue.wait(Number(it.setup['visibilityTimeout']) + 0.001)
      queue.remove(first)
      queue.wait(0.001)
      expect(queue.deleted()).toBe(0)
      expect(queue.held()).toBe(1)
    },
  ],
  [
    /^first receive empty; second gets it/,
    (it) => {
      const queue = hand(it)
      queue.send('m1', null)
      expect(queue.receive(1)).toEqual([])
      const second = queue.listen(1)
      queue.wait(2)
      expect(second.got()).toEqual(['m1'])
    },
  ],
  [
    /^receive returns with the message/,
    (it) => {
      const queue = hand(it)
      const waiting = queue.listen(1)
      queue.wait(1)
      expect(waiting.got()).toEqual([])
      queue.send('m1', null)
      queue.wait(0.001)
      expect(waiting.got()).toEqual(['m1'])
    },
  ],
]

/** The record of a discarded batch: what it says of the stream, and whether it holds the records themselves (STR-ESM-7). */
function aboutStream(it: Case, info: string, payload: boolean): void {
  const record = one(documentOf(it), { m: 'record', of: 'Destination', field: 'body' })
  const body = (typeof record === 'string' ? JSON.parse(record) : record) as JsonObject
  for (const field of ['shardId', 'startSequenceNumber', 'endSequenceNumber', 'batchSize'])
    expect(body).toHaveProperty([info, field])
  expect(Object.hasOwn(body, 'payload')).toBe(payload)
}
const STREAM_FACTS: typeof FACTS = [
  [/^record carries KinesisBatchInfo/, (it) => aboutStream(it, 'KinesisBatchInfo', false)],
  [/^S3 object contains payload\.Records/, (it) => aboutStream(it, 'KinesisBatchInfo', true)],
  [/^envelope has DDBStreamBatchInfo/, (it) => aboutStream(it, 'DDBStreamBatchInfo', false)],
  [
    /^no responseContext$/,
    (it) => expect(one(documentOf(it), { m: 'record', of: 'Destination', field: 'responseContext' })).toBeNull(),
  ],
  [
    /^8 attempts inside 60 s/,
    // a single sample: 5 to 12 agree, as its note says
    (it) => {
      const attempts = one(documentOf(it), QUERIES['approximateInvokeCount']!)
      expect(attempts).toBeGreaterThanOrEqual(5)
      expect(attempts).toBeLessThanOrEqual(12)
    },
  ],
]

/** Metrics whose case is a matter of calls to a queue, which its fact asserts. */
const IN_FACT = new Set(['receive(3)'])

function check(it: Case, expected: JsonObject): void {
  const { metric, fact, value, values, min, max } = expected
  const asserted = [...FACTS, ...STREAM_FACTS].filter(([pattern]) => typeof fact === 'string' && pattern.test(fact))
  for (const [, assert] of asserted) assert(it)
  if (metric === undefined) {
    if (asserted.length === 0) throw new Error(`no assertion for: ${String(fact)}`)
    return
  }
  const name = String(metric)
  // one sample of a random number: its fact says what agrees
  if (IN_FACT.has(name) || it.note?.startsWith('single sample')) return
  if (ASKED[name] !== undefined) return ASKED[name](it, expected)
  const query = QUERIES[name]
  if (query === undefined) {
    if (asserted.length === 0 && it.area !== 'SQS') throw new Error(`no query for ${name}`)
    expect(asserted.length, `an assertion for ${name}`).toBeGreaterThan(0)
    return
  }
  const answer = one(documentOf(it), query)
  if (value !== undefined) expect(answer).toEqual(value)
  if (values !== undefined) expect((answer as string[]).toSorted()).toEqual((values as string[]).toSorted())
  if (min !== undefined) expect(answer).toBeGreaterThanOrEqual(min as number)
  if (max !== undefined) expect(answer).toBeLessThanOrEqual(max as number)
}

describe.skipIf(cases.length === 0)('Lambda as AWS was recorded (skipped without ../shared/conformance)', () => {
  for (const it of cases) {
    describe(`${it.area}: ${it.id}`, () => {
      for (const expected of it.expect) {
        const { metric, fact } = expected
        test(`expects ${String(metric ?? fact)}`, () => {
          check(it, expected)
        })
      }
    })
  }
})

test('every expectation of every case has its query or its assertion', () => {
  for (const { area, expect: expectations } of cases)
    for (const { metric, fact } of expectations) {
      const name = metric === undefined ? null : String(metric)
      const asked = name !== null && (QUERIES[name] !== undefined || ASKED[name] !== undefined || IN_FACT.has(name))
      const asserted = [...FACTS, ...STREAM_FACTS].some(([pattern]) => typeof fact === 'string' && pattern.test(fact))
      expect(asked || asserted, `${area}: ${name ?? String(fact)}`).toBe(true)
    }
})
