import type { FactTable } from '../../model/facts'

export const facts = {
  alarmPrice: {
    key: 'cloudwatch.alarmPrice',
    title: 'Price of an alarm of standard resolution, of a month of 730 h',
    unit: 'USD/h',
    value: { teaching: 0.1 / 730 },
    rows: [],
    confidence: 'assumed',
    asOf: '2026-11-21',
    configurable: { min: 0, max: 1 },
  },
} as const satisfies FactTable
