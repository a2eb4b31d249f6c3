import type { FactTable } from '../../model/facts'

export const facts = {
  latency: {
    key: 'rds.latency',
    title: 'How long a query takes, unless the Behavior of the database says',
    unit: 's',
    value: { teaching: 0.01, 'aws-2026-11': { lognormal: { p50: 0.008, p90: 0.025 } } },
    rows: [],
    confidence: 'assumed',
    asOf: '2026-11-01',
    configurable: { min: 0, max: 60 },
  },
  mysqlBytes: {
    key: 'rds.mysqlBytes',
    title: 'Bytes of memory for each connection MySQL allows by default',
    unit: 'count',
    value: { teaching: 12_582_880 },
    rows: ['RDS-1'],
    confidence: 'verified',
    asOf: '2026-04-13',
  },
  postgresBytes: {
    key: 'rds.postgresBytes',
    title: 'Bytes of memory for each connection PostgreSQL allows by default',
    unit: 'count',
    value: { teaching: 9_531_392 },
    rows: ['RDS-1'],
    confidence: 'verified',
    asOf: '2026-04-13',
  },
  postgresMost: {
    key: 'rds.postgresMost',
    title: 'Connections PostgreSQL allows at most by default',
    unit: 'count',
    value: { teaching: 5_000 },
    rows: ['RDS-1'],
    confidence: 'verified',
    asOf: '2026-04-13',
  },
} as const satisfies FactTable
