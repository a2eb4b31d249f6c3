/** Whatever happens: every record is done in the order of its key, or discarded and accounted for (STR-ESM-2 to STR-ESM-7). */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRun } from '../../../../engine/run'
import { Lanes } from './lanes'
import type { JsonObject, Resource } from '../../../../model/scenario'
import { client, runOf } from '../../../run.fixture'
import { streamed, withDestination } from './streams.fixture'
import { Kernel } from '../../../../kernel/kernel'
import { ParcelStore, PayloadStore } from '../../../../engine/stores'
import { HANDLE, ITEM } from '../../../parcel'
import { FROM, PIECES, SIZE } from './row'

const KEYS = ['a', 'b', 'c', 'd', 'e']

const mappings = fc.record({
  BatchSize: fc.integer({ min: 1, max: 12 }),
  MaximumRetryAttempts: fc.constantFrom(0, 1, 2, 3, -1),
  MaximumRecordAgeInSeconds: fc.constantFrom(60, 90),
  BisectBatchOnFunctionError: fc.boolean(),
  ParallelizationFactor: fc.integer({ min: 1, max: 4 }),
  MaximumBatchingWindowInSeconds: fc.integer({ min: 0, max: 3 }),
  reports: fc.boolean(),
})
const senders = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 12 }),
    rate: fc.integer({ min: 1, max: 8 }),
    poison: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: KEYS.length },
)

test('each key in order, each record done or discarded', () => {
  fc.assert(
    fc.property(mappings, senders, fc.integer({ min: 1, max: 3 }), fc.integer(), (drawn, keys, shards, seed) => {
      const { reports, ...mapping } = drawn
      const clients = Object.fromEntries(
        keys.map(({ count, rate, poison }, i): [string, Resource] => [
          `Sender${i}`,
          client(
            'kinesis:PutRecord',
            'Stream',
            { pattern: 'constant', rate, count },
            { group: KEYS[i]!, poison: poison.filter((n) => n <= count), body: { key: KEYS[i]! } },
          ),
        ]),
      )
      const perMessage: JsonObject[] = [
        { wait: 0.05, perMessage: true },
        { fail: { poison: true }, perMessage: true },
        { fail: { rate: 0.1 } },
      ]
      const scenario = streamed(
        {
          stream: { ShardCount: shards },
          traffic: { pattern: 'manual' },
          ...withDestination({
            ...mapping,
            ...(reports ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}),
          }),
          steps: perMessage,
          behavior: reports ? { reportFailures: true } : {},
          more: { ...withDestination().more, ...clients },
        },
        { duration: 1_200, seed: Math.abs(seed) },
      )
      const run = runOf(scenario)
      const sent = keys.reduce((sum, { count }) => sum + count, 0)
      const of = (name: string): number => run.total('Mapping', `${name}EventCount`)
      expect(of('Polled')).toBe(sent)
      // what was handed over and did not fail is done, the rest was discarded and told of
      expect(of('Invoked') - of('FailedInvoke') + of('Dropped')).toBe(sent)
      expect(of('OnFailureDestinationDelivered')).toBe(of('Dropped'))
      const told = createRun(scenario)
      while (!told.advance(1_000_000)) continue
      const batches = told
        .contents()
        .filter(({ resource }) => resource === 'Failed')
        .map(({ value }) => (value as { body: JsonObject }).body['KinesisBatchInfo'] as JsonObject)
      expect(batches.reduce((sum, { batchSize }) => sum + Number(batchSize), 0)).toBe(of('Dropped'))
      // no range of a shard is given up twice, and they are given up in order when a shard has one lane
      if (mapping.ParallelizationFactor === 1) {
        const last = new Map<string, string>()
        for (const { shardId, startSequenceNumber, endSequenceNumber } of batches) {
          expect(String(startSequenceNumber) > (last.get(String(shardId)) ?? '')).toBe(true)
          last.set(String(shardId), String(endSequenceNumber))
        }
      }
      // every lane is empty in the end
      const states = new Map(run.states('shard').map(([, state, lane]) => [lane, state]))
      expect([...states.values()].every((state) => state === 'reading')).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a lane hands over its records in order, however they come in and are split', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ give: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 9 }) }),
      fc.constant({ halve: true }),
      fc.constant({ done: true }),
    ),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(steps, (list) => {
      const parcels = new ParcelStore()
      const lanes = new Lanes(new Kernel(1, 1_000), { parcels, payloads: new PayloadStore() })
      const l = lanes.add(0)
      let given = 0
      const done: number[] = []
      for (const step of list) {
        const size = lanes.get(l, SIZE)
        if ('give' in step) {
          lanes.give(l, Array.from({ length: step.give }, () => [given++, 0, 0, 0, 0]).flat(), 0)
        } else if ('take' in step && size === 0) lanes.set(l, SIZE, Math.min(step.take, lanes.held(l)))
        else if ('halve' in step && size > 1) {
          lanes.halve(l)
        } else if ('done' in step && size > 0) {
          const items = lanes.first(l, size)
          for (let at = HANDLE; at < items.length; at += ITEM) done.push(items[at]!)
          lanes.pass(l, size)
          lanes.takePiece(l)
        }
        const open = lanes.get(l, PIECES) < 0 ? [] : parcels.get(lanes.get(l, PIECES))
        const later = open.reduce((sum, value, i) => (i % 2 === 0 ? sum + value : sum), 0)
        expect(lanes.get(l, SIZE) + later).toBeLessThanOrEqual(lanes.held(l))
        expect(lanes.get(l, FROM)).toBeGreaterThanOrEqual(0)
        expect(done.length + lanes.held(l)).toBe(given)
      }
      expect(done).toEqual(done.map((_, i) => i))
    }),
  )
})
