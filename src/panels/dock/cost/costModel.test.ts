import { expect, test } from 'vitest'
import { costRows, dollars } from './costModel'

test('a month is 30 days at the rate of the run', () => {
  const line = {
    resource: 'Worker',
    item: 'Requests',
    quantity: 1000,
    unit: 'requests',
    usd: 0.0002,
    fact: 'lambda.requestPrice',
  }
  const { rows, usd, perMonth } = costRows([line, { ...line, item: 'Duration', usd: 0.0001 }], 300)
  expect(usd).toBeCloseTo(0.0003)
  expect(perMonth).toBeCloseTo(0.0003 * 8_640)
  expect(rows[0]!.perMonth).toBeCloseTo(1.728)
  expect(costRows([line], 0).perMonth).toBe(0)
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
