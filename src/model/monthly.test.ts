import { describe, expect, it } from 'vitest'
import { isIdle, monthlyLines as monthlyOf, monthlyUsd, type MonthlyLine, type MonthlyOptions } from './monthly'
import type { CostLine } from './recording'

/** Prices and quantities of aws-facts 17. */
const FACTS: { readonly [key: string]: number } = {
  'lambda.priceRequest': 0.2e-6,
  'lambda.freeRequests': 1e6,
  'lambda.freeGbSeconds': 400_000,
  'lambda.priceGbSecond': 0.0000166667,
  'lambda.priceGbSecondTier2': 0.000015,
  'lambda.priceGbSecondTier3': 0.0000133334,
  'lambda.tier2GbSeconds': 6e9,
  'lambda.tier3GbSeconds': 15e9,
  'lambda.priceGbSecondArm': 0.0000133334,
  'lambda.priceGbSecondArmTier2': 0.0000133334 * 0.9,
  'lambda.priceGbSecondArmTier3': 0.0000133334 * 0.8,
  'lambda.tier2GbSecondsArm': 7.5e9,
  'lambda.tier3GbSecondsArm': 18.75e9,
}
const monthlyLines = (lines: readonly CostLine[], seconds: number, options?: MonthlyOptions): MonthlyLine[] =>
  monthlyOf(lines, seconds, (key) => FACTS[key]!, options)
const line = (fact: string, quantity: number, price: number, more: Partial<CostLine> = {}): CostLine => ({
  resource: 'Fn',
  item: fact,
  quantity,
  unit: 'x',
  usd: quantity * price,
  fact,
  ...more,
})
const requests = (quantity: number): CostLine => line('lambda.priceRequest', quantity, 0.2e-6)
const duration = (quantity: number): CostLine => line('lambda.priceGbSecond', quantity, 0.0000166667)
const HOUR = 3_600

describe('a month', () => {
  it('is 3 M x 120 ms x 1,536 MB: $2.73 after the free tier (aws-facts 17)', () => {
    const lines = [requests(3e6), duration(3e6 * 0.12 * 1.5)]
    const [first, second] = monthlyLines(lines, 730 * HOUR, { freeTier: true })
    expect(first!.perMonth).toBeCloseTo(0.4, 9)
    expect(second!.perMonth).toBeCloseTo(2.33, 2)
    expect(monthlyUsd([first!, second!])).toBeCloseTo(2.73, 2)
    expect(monthlyUsd(monthlyLines(lines, 1, { freeTier: true, asMonth: true }))).toBeCloseTo(2.73, 2)
  })

  it('of 1 M x 100 ms x 128 MB costs $0.41, and nothing in the free tier (2.12)', () => {
    const lines = [requests(1e6), duration(1e6 * 0.1 * 0.125)]
    expect(monthlyUsd(monthlyLines(lines, 730 * HOUR))).toBeCloseTo(0.41, 2)
    expect(monthlyUsd(monthlyLines(lines, 730 * HOUR, { freeTier: true }))).toBe(0)
  })

  it('is as many runs as fit into 730 h', () => {
    expect(monthlyUsd(monthlyLines([requests(1)], HOUR))).toBeCloseTo(730 * 0.2e-6, 12)
    expect(monthlyUsd(monthlyLines([requests(1)], 0))).toBe(0)
  })

  it('of 20 x 512 MB of provisioned concurrency is $109.50 idle, however short the run (3.10)', () => {
    for (const seconds of [60, 300, 1_000, 7_200]) {
      const kept = line('lambda.priceProvisionedKept', 20 * 0.5 * seconds, 0.0000041667, { idle: true })
      expect(isIdle(kept)).toBe(true)
      expect(monthlyUsd(monthlyLines([kept], seconds, { freeTier: true }))).toBeCloseTo(109.5, 2)
    }
  })

  it('gets cheaper by tiers: x86 beyond 6 and 15 billion GB-s (PR-2), arm64 beyond 7.5 and 18.75 billion (PR-3)', () => {
    const month = 730 * HOUR
    const x86 = monthlyUsd(monthlyLines([duration(20e9)], month))
    expect(x86 / (6e9 * 0.0000166667 + 9e9 * 0.000015 + 5e9 * 0.0000133334)).toBeCloseTo(1, 9)
    const arm = monthlyUsd(monthlyLines([line('lambda.priceGbSecondArm', 20e9, 0.0000133334)], month))
    expect(arm / ((7.5e9 + 0.9 * 11.25e9 + 0.8 * 1.25e9) * 0.0000133334)).toBeCloseTo(1, 9)
  })

  it('shares tiers and the free tier in proportion', () => {
    const two = monthlyLines([duration(300_000), duration(700_000)], 730 * HOUR, { freeTier: true })
    expect(two.map(({ perMonth }) => perMonth / 0.0000166667)).toEqual([
      expect.closeTo(180_000, 3) as number,
      expect.closeTo(420_000, 3) as number,
    ])
    const both = monthlyLines([duration(500_000), line('lambda.priceGbSecondArm', 500_000, 0.0000133334)], 730 * HOUR, {
      freeTier: true,
    })
    expect(both[0]!.perMonth).toBeCloseTo(300_000 * 0.0000166667, 9)
    expect(both[1]!.perMonth).toBeCloseTo(300_000 * 0.0000133334, 9)
  })
})
