import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Clock } from '../kernel/clock'
import { ITEM } from './parcel'
import { ShardLog } from './shards'
import { md5, shardOfKey } from './shards-hash'
import { sequenceNumber, shardId } from './shards-names'

const open = (retention: number, shards = 1): { clock: Clock; log: ShardLog } => {
  const clock = new Clock()
  const log = new ShardLog(clock)
  for (let shard = 0; shard < shards; shard++) log.add(retention)
  return { clock, log }
}
const handles = (items: readonly number[]): number[] => items.filter((_, i) => i % ITEM === 0)

describe('a log of shards', () => {
  test('counts the records of each shard from 0 and gives them back as they came', () => {
    const { clock, log } = open(1e9, 2)
    clock.now = 5
    expect([log.append(1, 7, 70, 700, 10), log.append(1, 8, 80, 800, 10), log.append(0, 9, 90, 900, 10)]).toEqual([
      0, 1, 0,
    ])
    expect(log.read(1, 0, 10, 1e6)).toEqual([0, 7, 70, 5, 700, 1, 8, 80, 5, 800])
    expect(log.bytes).toBe(20)
    expect([log.next(0), log.next(1), log.next(2), log.oldest(2)]).toEqual([1, 2, 0, 0])
  })
  test('reads as many as are asked for, as many bytes as are allowed, and one record always', () => {
    const { log } = open(1e9)
    for (let i = 0; i < 5; i++) log.append(0, i, -1, 0, 10)
    expect(handles(log.read(0, 1, 2, 1e6))).toEqual([1, 2])
    expect(handles(log.read(0, 0, 10, 35))).toEqual([0, 1, 2])
    expect(handles(log.read(0, 4, 10, 1))).toEqual([4])
    expect(log.read(0, 5, 10, 1e6)).toEqual([])
  })
  test('forgets a record when it is as old as the retention, and passes over what is gone', () => {
    const { clock, log } = open(100)
    for (const at of [0, 50, 100]) {
      clock.now = at
      log.append(0, at, -1, 0, 1)
    }
    expect([log.oldest(0), log.next(0)]).toEqual([1, 3])
    expect(handles(log.read(0, 0, 10, 1e6))).toEqual([1, 2])
    clock.now = 500
    expect([log.oldest(0), log.next(0)]).toEqual([3, 3])
    expect(log.append(0, 1, -1, 0, 1)).toBe(3)
    expect(handles(log.read(0, 0, 10, 1e6))).toEqual([3])
  })
  test('what is gone stays gone when records are kept longer', () => {
    const { clock, log } = open(100)
    log.append(0, 0, -1, 0, 1)
    clock.now = 100
    log.keep(0, 1_000)
    log.append(0, 1, -1, 0, 1)
    clock.now = 900
    expect([log.oldest(0), log.next(0)]).toEqual([1, 2])
  })

  test('an image is never written to: two runs that go on from it do not meet', () => {
    const { log } = open(1e9)
    log.append(0, 1, -1, 0, 1)
    const image = log.save()
    const others = [2, 3, 4].map((payload) => {
      const other = open(1e9).log
      other.load(image)
      other.append(0, payload, -1, 0, 1)
      return other
    })
    log.append(0, 5, -1, 0, 1)
    expect([log, ...others].map((one) => one.payload(0, 1))).toEqual([5, 2, 3, 4])
  })

  test('property: it is a list of which the old end is cut off, image or no image', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('append' as const), n: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ do: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ do: fc.constant('read' as const), n: fc.integer({ min: 0, max: 900 }) }),
      fc.record({ do: fc.constant('image' as const), n: fc.integer({ min: 0, max: 1 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const { clock, log } = open(100)
        const all: number[] = []
        let image = log.save()
        let then = { length: 0, now: 0 }
        for (const { do: what, n } of steps) {
          if (what === 'append') for (let i = 0; i < n; i++) log.append(0, all.push(clock.now), -1, 0, 1)
          else if (what === 'wait') clock.now += n
          else if (what === 'image' && n === 0) {
            image = log.save()
            then = { length: all.length, now: clock.now }
          } else if (what === 'image') {
            log.load(image)
            all.length = then.length
            clock.now = then.now
          } else {
            const kept = all.findIndex((at) => at > clock.now - 100)
            const oldest = kept < 0 ? all.length : kept
            expect(log.oldest(0)).toBe(oldest)
            const from = Math.max(n, oldest)
            const expected = all.slice(from, from + 50).map((_, i) => [from + i, from + i + 1])
            const items = log.read(0, n, 50, 1e9)
            expect(handles(items).map((handle, i) => [handle, items[i * ITEM + 1]])).toEqual(expected)
          }
        }
      }),
    )
  })
})

describe('where a key goes (KIN-3)', () => {
  test('its MD5 is the one everybody else computes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(md5(text)).toBe(createHash('md5').update(text).digest('hex'))
      }),
    )
    for (const length of [0, 55, 56, 63, 64, 65, 119, 120, 128]) {
      const text = 'é'.repeat(length % 3) + 'x'.repeat(length)
      expect(md5(text)).toBe(createHash('md5').update(text).digest('hex'))
    }
  })
  test('the range of the hash decides, as ExplicitHashKey would have it', () => {
    // 0cc175b9..., 92eb5ffe..., 4a8a08f0..., 8277e091... of a, b, c, d
    expect(['a', 'b', 'c', 'd'].map((key) => shardOfKey(key, 2))).toEqual([0, 1, 0, 1])
    expect(['a', 'b', 'c', 'd'].map((key) => shardOfKey(key, 4))).toEqual([0, 2, 1, 2])
    expect(['a', 'b', 'c', 'd'].map((key) => shardOfKey(key, 1))).toEqual([0, 0, 0, 0])
  })
  test('property: in the shard whose range holds it, for any number of shards', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 1_000 }), (key, shards) => {
        const shard = shardOfKey(key, shards)
        const size = (1n << 128n) / BigInt(shards)
        const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`)
        expect(hash >= BigInt(shard) * size).toBe(true)
        expect(shard === shards - 1 || hash < BigInt(shard + 1) * size).toBe(true)
      }),
    )
  })
})

test('names rise with what they name', () => {
  expect(shardId('kinesis', 12)).toBe('shardId-000000000012')
  for (const [service, length] of [
    ['kinesis', 56],
    ['dynamodb', 21],
  ] as const) {
    const numbers = [0, 8, 9, 123_456].map((sequence) => sequenceNumber(service, 3, sequence))
    expect(numbers.map((number) => number.length)).toEqual([length, length, length, length])
    expect(numbers.toSorted()).toEqual(numbers)
  }
})
