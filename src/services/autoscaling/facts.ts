import type { FactTable } from '../../model/facts'

const AS_OF = '2026-11-01'

export const facts = {
  outPoints: {
    key: 'autoscaling.outPoints',
    title: 'Data points of a minute above the target before it scales out',
    unit: 'count',
    value: { teaching: 3 },
    rows: ['LAM-50'],
    confidence: 'verified',
    asOf: AS_OF,
  },
  inPoints: {
    key: 'autoscaling.inPoints',
    title: 'Data points of a minute below the scale-in threshold before it scales in',
    unit: 'count',
    value: { teaching: 15 },
    rows: [],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 1, max: 60 },
  },
  inShare: {
    key: 'autoscaling.inShare',
    title: 'Scale-in threshold as a share of the target',
    unit: 'ratio',
    value: { teaching: 0.9 },
    rows: ['LAM-50'],
    confidence: 'verified',
    asOf: AS_OF,
  },
} as const satisfies FactTable
