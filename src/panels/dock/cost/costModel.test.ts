import { expect, test } from 'vitest'
import type { CostLine } from '../../../model/recording'
import { FACTS } from '../../../services'
import { costsOf, dollars, listed, type Row } from './costModel'

const factOf = (key: string) => FACTS[key]
const line = (fact: string, quantity: number, more: Partial<CostLine> = {}): CostLine => {
  const value = FACTS[fact]!.value.teaching as number
  return { resource: 'Worker', item: fact, quantity, unit: 'GB-s', usd: quantity * value, fact, ...more }
}
const subtotals = (rows: readonly Row[]) => rows.flatMap((row) => (row.kind === 'subtotal' ? [row] : []))

test('lines stand under the subtotal of their resource; what a version costs is its function’s', () => {
  const lines = [
    line('lambda.priceRequest', 1_000, { unit: 'requests' }),
    line('lambda.priceGbSecond', 30),
    line('lambda.priceProvisionedKept', 3_600, { resource: 'WorkerLive', idle: true }),
    line('lambda.priceRequest', 10, { resource: 'Other', unit: 'requests' }),
  ]
  const owner = (id: string) => (id === 'WorkerLive' ? 'Worker' : id)
  const costs = costsOf(lines, 3_600, factOf, owner)
  expect(subtotals(costs.rows).map(({ resource, lines: count }) => [resource, count])).toEqual([
    ['Worker', 3],
    ['Other', 1],
  ])
  expect(costs.rows.map((row) => row.kind)).toEqual(['subtotal', 'line', 'line', 'line', 'subtotal', 'line'])
  expect(subtotals(costs.rows)[0]!.usd).toBeCloseTo(0.0002 + 0.0005 + 0.015, 5)
  expect(costs.perMonth).toBeCloseTo(costs.usd * 730, 6)
  expect(costs.gbSeconds).toBe(30)
})

test('20 x 512 MB kept provisioned cost $109.50 a month with no traffic at all, free tier or not (3.10)', () => {
  const kept = line('lambda.priceProvisionedKept', 20 * 0.5 * 300, { idle: true })
  for (const freeTier of [false, true]) {
    const costs = costsOf([kept], 300, factOf, undefined, { freeTier })
    expect(costs.idlePerMonth).toBeCloseTo(109.5, 1)
    expect(costs.perMonth).toBe(costs.idlePerMonth)
  }
})

test('the free tier takes a small function to nothing', () => {
  const lines = [line('lambda.priceRequest', 1, { unit: 'requests' }), line('lambda.priceGbSecond', 0.0125)]
  expect(costsOf(lines, 3_600, factOf).perMonth).toBeGreaterThan(0)
  expect(costsOf(lines, 3_600, factOf, undefined, { freeTier: true }).perMonth).toBe(0)
  expect(costsOf(lines, 0, factOf).perMonth).toBe(0)
})

test('amounts keep two digits that mean something', () => {
  expect([0, 0.0000123, 0.2, 1.204, 99.999, 1204.4].map(dollars)).toEqual([
    '$0',
    '$0.000012',
    '$0.2',
    '$1.20',
    '$100.00',
    '$1,204',
  ])
  expect(dollars(1e-12)).toBe('below $0.000000001')
})

test('prices keep all their digits', () => {
  expect([0, 0.2 / 1e6, 0.0000166667, 0.045, 1].map(listed)).toEqual([
    '$0',
    '$0.0000002',
    '$0.0000166667',
    '$0.045',
    '$1',
  ])
})
