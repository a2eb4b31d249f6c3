import { describe, expect, test } from 'vitest'
import { createRun } from '../../../engine/run'
import type { JsonObject, Resource } from '../../../model/scenario'
import { ITEM } from '../../parcel'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'
import { ALL_FAILED, ALL_OK, batchResponse } from '../mapping/batch-response'

const table: Resource = { Type: 'AWS::DynamoDB::Table' }
const fn = (steps: JsonObject[], behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 5, Role: 'Role' },
  Behavior: { steps, ...behavior },
})
const batch = (worker: Resource, mapping: JsonObject = {}, queue: JsonObject = {}, traffic: JsonObject = {}) =>
  scenarioOf({
    Role: mayAll,
    Shop: client('sqs:SendMessage', 'Orders', { pattern: 'burst', count: 10, at: 1 }, { poison: [4], ...traffic }),
    Orders: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 30,
        RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 3 },
        ...queue,
      },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: 'Orders',
        FunctionName: 'Fn',
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 1,
        ...mapping,
      },
    },
    Fn: worker,
    Done: table,
  })
const store = { call: 'dynamodb:PutItem', to: 'Done', perMessage: true }

describe('steps for each message', () => {
  test('adjacent ones are done message by message: the three before the poison one are stored, three times (SQS-ESM-6)', () => {
    const run = runOf(batch(fn([{ fail: { poison: true }, perMessage: true }, store])))
    expect(run.total('Done', 'Effects')).toBe(9)
    expect(run.total('Done', 'DuplicateEffects')).toBe(6)
    expect(run.total('Fn', 'Errors')).toBe(3)
    expect(run.reasons('sqs.deadLettered').length).toBe(10)
  })
  test('a handler that first checks the whole batch stores nothing', () => {
    expect(runOf(batch(fn([{ fail: { poison: true } }, store]))).total('Done', 'Effects')).toBe(0)
  })
  test('a poison message at the end of the work: 27 effects, 18 of them again, ten dead (claim 8.4)', () => {
    const run = runOf(batch(fn([store, { fail: { poison: true } }]), {}, {}, { poison: [10] }))
    expect(run.total('Done', 'Effects')).toBe(30)
    const careful = runOf(batch(fn([{ fail: { poison: true }, perMessage: true }, store]), {}, {}, { poison: [10] }))
    expect(careful.total('Done', 'Effects')).toBe(27)
    expect(careful.total('Done', 'DuplicateEffects')).toBe(18)
    expect(careful.reasons('sqs.deadLettered').length).toBe(10)
  })
  test('what is reported alone comes back: nine stored once, one dead (claim 8.5, vector 18)', () => {
    const run = runOf(
      batch(fn([{ fail: { poison: true }, perMessage: true }, store], { reportFailures: true }), {
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    )
    expect(run.total('Done', 'Effects')).toBe(9)
    expect(run.total('Done', 'DuplicateEffects')).toBe(0)
    expect(run.reasons('sqs.deadLettered').length).toBe(1)
    expect(run.total('Fn', 'Errors')).toBe(0)
  })
  test('a mapping that does not ask for it takes the report for a success', () => {
    const run = runOf(batch(fn([{ fail: { poison: true }, perMessage: true }, store], { reportFailures: true })))
    expect(run.reasons('sqs.deadLettered').length).toBe(0)
    expect(run.total('Fn', 'Invocations')).toBe(1)
  })
  test('a handler that deletes what it has done leaves only the bad one (claim 8.6)', () => {
    const run = runOf(
      batch(
        fn([
          { fail: { poison: true }, perMessage: true },
          store,
          { call: 'sqs:DeleteMessage', to: 'Orders', perMessage: true },
        ]),
        {},
        {},
        { poison: [10] },
      ),
    )
    expect(run.total('Done', 'Effects')).toBe(9)
    expect(run.reasons('sqs.deadLettered').length).toBe(1)
  })
  test('an effect carries the event of its own message', () => {
    const run = createRun(batch(fn([store]), {}, {}, { poison: [] }))
    while (!run.advance(1_000_000)) continue
    expect(
      new Set(
        run
          .contents()
          .filter(({ resource }) => resource === 'Done')
          .map(({ key }) => key),
      ).size,
    ).toBe(10)
  })
})

describe('failures', () => {
  const total = (steps: JsonObject[], name: string): number =>
    runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn(steps),
        Client: client('lambda:InvokeAsync', 'Fn', { pattern: 'once' }, { body: { bad: 2 } }),
      }),
    ).total('Fn', name)
  test('as often as the event says', () => {
    expect(total([{ fail: { field: 'bad' } }], 'Errors')).toBe(2)
    expect(total([{ fail: { field: 'bad' } }], 'Invocations')).toBe(3)
  })
  test('under a type of their own', () => {
    expect(total([{ fail: { type: 'PaymentRefused' } }], 'Errors:PaymentRefused')).toBe(3)
  })
})

describe('repeats (INV-8)', () => {
  const balance = (write: JsonObject): unknown => {
    const run = createRun(
      scenarioOf({
        Role: mayAll,
        Accounts: { Type: 'AWS::DynamoDB::Table', Behavior: { items: { a: { balance: 100 } } } },
        Fn: fn([{ call: 'dynamodb:UpdateItem', to: 'Accounts', key: 'a', ...write }, { fail: { attempts: [1, 2] } }]),
        Client: client('lambda:InvokeAsync', 'Fn', { pattern: 'once' }),
      }),
    )
    while (!run.advance(1_000_000)) continue
    const item = run.contents().find(({ resource, key }) => resource === 'Accounts' && key === 'a')
    return (item!.value as JsonObject)['balance']
  }
  test('adding adds again, setting does not, a key makes adding safe (claims 7.7, 7.8)', () => {
    expect(balance({ add: { balance: 10 } })).toBe(130)
    expect(balance({ set: { balance: 110 } })).toBe(110)
    expect(balance({ add: { balance: 10 }, idempotent: true })).toBe(110)
  })
})

describe('batch responses (SQS-ESM-7)', () => {
  const items = Array.from({ length: 2 * ITEM }, (_, i) => i)
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['an empty list', []],
    ['an empty object', {}],
    ['no failures', { batchItemFailures: null }],
    ['an empty list of failures', { batchItemFailures: [] }],
  ])('%s is a success', (_, response) => {
    expect(batchResponse(response, items)).toBe(ALL_OK)
  })
  test.each([
    ['an empty id', { batchItemFailures: [{ itemIdentifier: '' }] }],
    ['an id of null', { batchItemFailures: [{ itemIdentifier: null }] }],
    ['another key', { batchItemFailures: [{ foo: '#1' }] }],
    ['an unknown id', { batchItemFailures: [{ itemIdentifier: '#3' }] }],
    ['a number', { batchItemFailures: [{ itemIdentifier: 123 }] }],
    ['a text', 'failed'],
  ])('%s fails the whole batch', (_, response) => {
    expect(batchResponse(response, items)).toBe(ALL_FAILED)
  })
  test('names what failed', () => {
    expect(batchResponse({ batchItemFailures: [{ itemIdentifier: '#2' }] }, items)).toEqual(items.slice(ITEM))
  })
})
