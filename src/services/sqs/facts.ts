import type { FactTable } from '../../model/facts'

export const facts = {
  inFlightLimit: {
    key: 'sqs.inFlightLimit',
    title: 'Messages in flight a standard queue allows',
    unit: 'count',
    value: { teaching: 120_000 },
    rows: ['SQS-3'],
    confidence: 'verified',
    asOf: '2026-10-01',
  },
  batchEntries: {
    key: 'sqs.batchEntries',
    title: 'Messages one request may send, receive or delete',
    unit: 'count',
    value: { teaching: 10 },
    rows: ['SQS-2'],
    confidence: 'verified',
    asOf: '2026-08-07',
  },
  agedReceives: {
    key: 'sqs.agedReceives',
    title: 'Receives after which a message no longer counts for the age of the oldest',
    unit: 'count',
    value: { teaching: 3 },
    rows: ['SQS-8'],
    confidence: 'verified',
    asOf: '2026-10-01',
  },
  requestPrice: {
    key: 'sqs.requestPrice',
    title: 'Price of a request to a standard queue (64 KB)',
    unit: 'USD',
    value: { teaching: 0.0000004 },
    rows: ['PR-12'],
    confidence: 'verified',
    asOf: '2026-08-21',
    configurable: { min: 0, max: 1 },
  },
} as const satisfies FactTable
