import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../run.fixture'
import { Effects } from '../effects'
import { Items } from '../items'
import { sizeOf } from './items'
import { operationOf, putItem, updateItem } from './operation'

const table = (items: JsonObject = {}): Resource => ({ Type: 'AWS::DynamoDB::Table', Behavior: { items } })
const writer = (call: string, body: JsonObject, count = 1): Resource =>
  client(call, 'T', { pattern: 'constant', rate: 1, at: 1, count }, { body })

describe('a table', () => {
  it('adds twice and sets once: repeats change one and not the other (7.7)', () => {
    const items = { C1: { balance: 100 } }
    const add = runOf(
      scenarioOf({ C: writer('dynamodb:UpdateItem', { key: 'C1', add: { balance: 10 } }, 3), T: table(items) }),
    )
    expect(add.states('item')).toEqual([
      [0, 'present', 'C1', 100],
      [1.005, 'present', 'C1', 110],
      [2.005, 'present', 'C1', 120],
      [3.005, 'present', 'C1', 130],
    ])
    const set = runOf(
      scenarioOf({ C: writer('dynamodb:UpdateItem', { key: 'C1', set: { balance: 110 } }, 3), T: table(items) }),
    )
    expect(set.states('item').at(-1)![3]).toBe(110)
    expect(set.total('C', 'Successes')).toBe(3)
  })

  it('puts, deletes and puts again, counting items and units', () => {
    const ran = runOf(
      scenarioOf({
        A: client(
          'dynamodb:PutItem',
          'T',
          { pattern: 'burst', count: 1, at: 1 },
          { body: { key: 'k', item: { n: 1 } } },
        ),
        B: client('dynamodb:DeleteItem', 'T', { pattern: 'burst', count: 1, at: 2 }, { body: { key: 'k' } }),
        C: client(
          'dynamodb:PutItem',
          'T',
          { pattern: 'burst', count: 1, at: 3 },
          { body: { key: 'k', item: { n: 7 } } },
        ),
        D: client('dynamodb:GetItem', 'T', { pattern: 'burst', count: 2, at: 4 }, { body: { key: 'k' } }),
        E: client('dynamodb:GetItem', 'T', { pattern: 'burst', count: 1, at: 4 }, { body: { key: 'none' } }),
        T: table(),
      }),
    )
    expect(ran.states('item').map(([, state, , value]) => [state, value])).toEqual([
      ['present', 1],
      ['deleted', 0],
      ['present', 7],
    ])
    expect(ran.level('T', 'items').map(([, value]) => value)).toEqual([1, 0, 1])
    expect(ran.total('T', 'ConsumedWriteCapacityUnits')).toBe(3)
    expect(ran.total('T', 'ConsumedReadCapacityUnits')).toBe(1.5)
    expect(ran.reasons('dynamodb.missing')).toHaveLength(1)
    expect(ran.max('T', 'SuccessfulRequestLatency')).toBe(5_000)
  })

  it('keys an item without a key by its event, so every event has its own', () => {
    const ran = runOf(scenarioOf({ C: writer('dynamodb:PutItem', { item: { n: 1 } }, 3), T: table() }))
    expect(ran.level('T', 'items').at(-1)![1]).toBe(3)
    expect(new Set(ran.states('item').map(([, , label]) => label)).size).toBe(3)
  })

  it('draws the first 1,000 items and counts the rest', () => {
    const C = client(
      'dynamodb:PutItem',
      'T',
      { pattern: 'constant', rate: 100, at: 0, count: 1_100 },
      { body: { item: { n: 1 } } },
    )
    const ran = runOf(scenarioOf({ C, T: table() }))
    expect(ran.level('T', 'items').at(-1)![1]).toBe(1_100)
    expect(ran.states('item')).toHaveLength(1_000)
  })
})

describe('effects', () => {
  it('are told from repeats whatever was noted since an image', () => {
    const write = fc.record({ trace: fc.integer({ min: 0, max: 9_000 }), slot: fc.integer({ min: 0, max: 5 }) })
    fc.assert(
      fc.property(fc.array(write), fc.array(write), (before, after) => {
        const effects = new Effects()
        const seen = new Set<string>()
        for (const { trace, slot } of before) {
          expect(effects.note(trace, slot)).toBe(seen.has(`${trace} ${slot}`))
          seen.add(`${trace} ${slot}`)
        }
        const image = effects.save()
        for (const { trace, slot } of after) effects.note(trace, slot)
        effects.load(image)
        const fresh = new Effects()
        fresh.load(image)
        for (const { trace, slot } of [...before, ...after]) {
          expect(effects.has(trace, slot)).toBe(seen.has(`${trace} ${slot}`))
          expect(fresh.has(trace, slot)).toBe(seen.has(`${trace} ${slot}`))
        }
      }),
    )
  })

  it('count every write, and beside it those that repeat an event and key; with an idempotency key a repeat changes nothing (7.8)', () => {
    const Fn = (step: JsonObject): Resource => ({
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'Role', Timeout: 3, MemorySize: 1769 },
      Behavior: { steps: [{ call: 'dynamodb:UpdateItem', to: 'T', ...step }, { fail: { attempts: [1, 2] } }] },
    })
    const C = client('lambda:InvokeAsync', 'Fn', { pattern: 'once', at: 0 })
    const T = table({ C1: { balance: 100 } })
    const body = { key: 'C1', add: { balance: 10 } }
    const twice = runOf(scenarioOf({ C, Fn: Fn({ body }), T, Role: mayAll }))
    expect(twice.states('item').at(-1)![3]).toBe(130)
    for (const id of ['T', 'Fn']) {
      expect(twice.total(id, 'Effects')).toBe(3)
      expect(twice.total(id, 'DuplicateEffects')).toBe(2)
    }
    const once = runOf(scenarioOf({ C, Fn: Fn({ body: { ...body, $once: true } }), T, Role: mayAll }))
    expect(once.states('item').at(-1)![3]).toBe(110)
    expect(once.total('T', 'Effects')).toBe(1)
    expect(once.total('T', 'DuplicateEffects')).toBe(0)
    expect(once.total('T', 'ConsumedWriteCapacityUnits')).toBe(3)
    expect(once.reasons('dynamodb.once')).toHaveLength(2)
  })
})

describe('items', () => {
  it('come back from an image whatever was written since', () => {
    const write = fc.record({ key: fc.integer({ min: 0, max: 600 }).map(String), n: fc.option(fc.integer()) })
    fc.assert(
      fc.property(fc.array(write), fc.array(write), (before, after) => {
        const items = new Items()
        const state = (from: Items): unknown[] => Array.from({ length: from.length }, (_, slot) => from.at(slot))
        for (const { key, n } of before) items.put(key, n === null ? null : { n })
        const image = items.save()
        const expected = state(items)
        for (const { key, n } of after) items.put(key, n === null ? null : { n })
        items.load(image)
        expect(state(items)).toEqual(expected)
        const fresh = new Items()
        fresh.load(image)
        expect(state(fresh)).toEqual(expected)
        for (const { key } of before) expect(fresh.at(fresh.find(key)).key).toBe(key)
      }),
    )
  })

  it('have the size DynamoDB counts, about', () => {
    expect(sizeOf({ name: 'é€😀', n: 1, list: [true, null] })).toBe(3 + (1 + 4 + 9) + (1 + 1 + 8) + (1 + 4 + 3 + 2 + 2))
  })
})

describe('operations', () => {
  it('take a bare body for the item', () => {
    expect(putItem(operationOf({ key: 'a', total: 3 }))).toEqual({ total: 3 })
    expect(operationOf({ key: 7, set: { a: 1 }, $once: true })).toEqual({
      key: '7',
      item: null,
      set: { a: 1 },
      add: {},
      once: true,
    })
  })
  it('add to what is not there as to 0, and leave other attributes alone', () => {
    expect(updateItem({ a: 1, b: 'x' }, operationOf({ add: { a: 2, c: 3, d: 'no' } }))).toEqual({ a: 3, b: 'x', c: 3 })
  })
})
