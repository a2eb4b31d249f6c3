import type { FactTable } from '../../model/facts'

const AS_OF = '2026-11-01'

export const facts = {
  delay: {
    key: 'scheduler.delay',
    title: 'After the minute a schedule names begins, until it fires',
    unit: 's',
    value: { teaching: 0, 'aws-2026-11': { uniform: [0, 59] } },
    rows: ['EB-63', 'EB-66'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 0, max: 59 },
  },
  retryBase: {
    key: 'scheduler.retryBase',
    title: 'Wait before the first retry; doubles with each',
    unit: 's',
    value: { teaching: 1 },
    rows: ['EB-8', 'EB-66'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 0.1, max: 600 },
  },
  retryCap: {
    key: 'scheduler.retryCap',
    title: 'Longest wait between two attempts; 185 retries then take about a day',
    unit: 's',
    value: { teaching: 480, 'aws-2026-11': 960 },
    rows: ['EB-8', 'EB-66'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 1, max: 3600 },
  },
  retryJitter: {
    key: 'scheduler.retryJitter',
    title: 'Share of a retry wait that is random (1: anything up to the wait)',
    unit: 'ratio',
    value: { teaching: 0, 'aws-2026-11': 1 },
    rows: ['EB-8', 'EB-66'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 0, max: 1 },
  },
} as const satisfies FactTable
