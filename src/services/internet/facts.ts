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
} as const satisfies FactTable
