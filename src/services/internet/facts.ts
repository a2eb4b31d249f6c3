import type { FactTable } from '../../model/facts'

export const facts = {
  latency: {
    key: 'internet.latency',
    title: 'How long a host on the internet takes to answer, unless its Behavior says',
    unit: 's',
    value: { teaching: 0.2, 'aws-2026-11': { lognormal: { p50: 0.2, p90: 0.45 } } },
    rows: [],
    confidence: 'assumed',
    asOf: '2026-11-01',
    configurable: { min: 0, max: 60 },
  },
  egressPrice: {
    key: 'internet.egressPrice',
    title: 'Price of a GB from AWS to the internet',
    unit: 'USD',
    value: { teaching: 0.09 },
    rows: ['PR-23'],
    confidence: 'verified',
    asOf: '2026-08-21',
    configurable: { min: 0, max: 100 },
  },
} as const satisfies FactTable
