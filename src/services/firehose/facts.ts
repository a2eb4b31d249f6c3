import type { Fact, FactTable } from '../../model/facts'

type About = Omit<Fact, 'value' | 'asOf' | 'confidence' | 'rows'>
const assumed = (about: About, value: number): Fact => ({
  ...about,
  value: { teaching: value },
  rows: ['KIN-9'],
  confidence: 'assumed',
  asOf: '2026-11-01',
})

export const facts = {
  retryFor: assumed(
    { key: 'firehose.retryFor', title: 'How long a delivery to a bucket is tried again', unit: 's' },
    86_400,
  ),
  retryBase: assumed({ key: 'firehose.retryBase', title: 'First wait before a delivery is tried again', unit: 's' }, 1),
  retryCap: assumed({ key: 'firehose.retryCap', title: 'Longest wait between two deliveries', unit: 's' }, 300),
  mostBytes: {
    key: 'firehose.mostBytes',
    title: 'Largest record (1,000 KiB before base64)',
    unit: 'MB',
    value: { teaching: 1_000 / 1_024 },
    rows: ['KIN-9'],
    confidence: 'verified',
    asOf: '2026-08-07',
  },
  readPeriod: assumed({ key: 'firehose.readPeriod', title: 'Time between two reads of a shard', unit: 's' }, 1),
} satisfies FactTable
