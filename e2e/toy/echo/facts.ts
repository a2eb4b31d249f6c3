import type { FactTable } from '../../model/facts'

export const facts = {
  delay: {
    key: 'echo.delay',
    title: 'How long an echo takes, unless its properties say',
    unit: 's',
    value: { teaching: 0.25, 'aws-2026-11': 0.25 },
    rows: [],
    confidence: 'assumed',
    asOf: '2026-11-01',
  },
} as const satisfies FactTable
