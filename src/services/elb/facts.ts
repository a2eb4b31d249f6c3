import type { FactTable } from '../../model/facts'

export const facts = {
  bodyLimit: {
    key: 'elb.bodyLimit',
    title: 'Most a request body to a Lambda target, and the response of the function, may take',
    unit: 'MB',
    value: { teaching: 1 },
    rows: ['LAM-70'],
    confidence: 'verified',
    asOf: '2026-11-21',
  },
  hourPrice: {
    key: 'elb.hourPrice',
    title: 'Price of an Application Load Balancer, without what it does',
    unit: 'USD/h',
    value: { teaching: 0.0225 },
    rows: ['PR-27'],
    confidence: 'verified',
    asOf: '2026-08-21',
    configurable: { min: 0, max: 100 },
  },
  lcuPrice: {
    key: 'elb.lcuPrice',
    title: 'Price of a load balancer capacity unit for an hour',
    unit: 'USD',
    value: { teaching: 0.008 },
    rows: ['PR-27'],
    confidence: 'verified',
    asOf: '2026-08-21',
    configurable: { min: 0, max: 100 },
  },
} as const satisfies FactTable
