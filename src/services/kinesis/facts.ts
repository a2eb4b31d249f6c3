import type { Fact, FactTable } from '../../model/facts'
import { ON_DEMAND_SHARDS } from './settings'

const MIB = 1_048_576
type About = Omit<Fact, 'value' | 'asOf' | 'confidence'>

const limit = (about: About, value: number): Fact => ({
  ...about,
  value: { teaching: value },
  confidence: 'verified',
  asOf: '2026-11-01',
})
const price = (about: Omit<About, 'unit' | 'rows'>, unit: 'USD' | 'USD/h', value: number): Fact => ({
  ...about,
  unit,
  value: { teaching: value },
  rows: ['PR-19'],
  confidence: 'verified',
  asOf: '2026-08-21',
  configurable: { min: 0, max: 100 },
})

export const facts = {
  writeBytes: limit(
    {
      key: 'kinesis.writeBytes',
      title: 'Bytes a shard takes per second, keys included',
      unit: 'count',
      rows: ['KIN-1'],
    },
    MIB,
  ),
  writeRecords: limit(
    { key: 'kinesis.writeRecords', title: 'Records a shard takes per second', unit: '1/s', rows: ['KIN-1'] },
    1_000,
  ),
  readCalls: limit(
    { key: 'kinesis.readCalls', title: 'GetRecords calls for a shard per second', unit: '1/s', rows: ['KIN-1'] },
    5,
  ),
  readRecords: limit(
    { key: 'kinesis.readRecords', title: 'Records one GetRecords call returns', unit: 'count', rows: ['KIN-1'] },
    10_000,
  ),
  readCallBytes: limit(
    { key: 'kinesis.readCallBytes', title: 'Bytes one GetRecords call returns', unit: 'count', rows: ['KIN-1'] },
    10 * MIB,
  ),
  readBytes: limit(
    {
      key: 'kinesis.readBytes',
      title: 'Bytes read of a shard per second, by all of its readers or by one consumer with enhanced fan-out',
      unit: 'count',
      rows: ['KIN-1', 'KIN-5'],
    },
    2 * MIB,
  ),
  onDemandShards: limit(
    {
      key: 'kinesis.onDemandShards',
      title: 'Shards a new on-demand stream has: 4 MB/s to write, 8 MB/s to read',
      unit: 'count',
      rows: ['KIN-6'],
    },
    ON_DEMAND_SHARDS,
  ),
  push: {
    key: 'kinesis.push',
    title: 'How long a record takes to a consumer with enhanced fan-out',
    unit: 's',
    value: { teaching: 0.07 },
    rows: ['KIN-5'],
    confidence: 'assumed',
    asOf: '2026-11-01',
    configurable: { min: 0, max: 10 },
  },
  payloadUnit: limit(
    { key: 'kinesis.payloadUnit', title: 'Bytes one PUT payload unit covers', unit: 'count', rows: ['PR-19'] },
    25_600,
  ),
  shardPrice: price({ key: 'kinesis.shardPrice', title: 'Price of a provisioned shard' }, 'USD/h', 0.015),
  putPrice: price({ key: 'kinesis.putPrice', title: 'Price of a PUT payload unit (25 KB)' }, 'USD', 0.000000014),
  streamPrice: price({ key: 'kinesis.streamPrice', title: 'Price of an on-demand stream' }, 'USD/h', 0.04),
  inPrice: price({ key: 'kinesis.inPrice', title: 'Price of a GB written on demand' }, 'USD', 0.08),
  outPrice: price({ key: 'kinesis.outPrice', title: 'Price of a GB read on demand' }, 'USD', 0.04),
} as const satisfies FactTable
