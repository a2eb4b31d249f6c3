import { describe, expect, test } from 'vitest'
import { factValue, PROFILES } from '../../model/facts'
import { facts } from './facts'

const value = (name: string, profile = 'teaching') => factValue(facts[name]!, profile)

test('every fact has its key, its rows and a value in every profile', () => {
  for (const [name, fact] of Object.entries(facts)) {
    expect(fact.key).toBe(`lambda.${name}`)
    expect(fact.rows.length, name).toBeGreaterThan(0)
    for (const row of fact.rows) expect(row).toMatch(/^[A-Z]+(-[A-Z]+)?-\d+b?$/)
    for (const profile of Object.keys(PROFILES)) expect(() => factValue(fact, profile)).not.toThrow()
    const { configurable } = fact
    const teaching = fact.value.teaching
    if (configurable === undefined || typeof teaching !== 'number') continue
    expect(teaching, name).toBeGreaterThanOrEqual(configurable.min)
    expect(teaching, name).toBeLessThanOrEqual(configurable.max)
  }
})

describe('profiles', () => {
  test('scaling-2022: 3,000 at once, 500 a minute, shared (LAM-43b)', () => {
    expect(value('scalingBurst', 'scaling-2022')).toBe(3_000)
    expect(Number(value('scalingRate', 'scaling-2022')) * 60).toBeCloseTo(500, 9)
    expect(value('scalingShared', 'scaling-2022')).toBe(1)
    expect([value('scalingBurst'), value('scalingRate'), value('scalingShared')]).toEqual([1_000, 100, 0])
  })
  test('billing-before-2025-08: init of zip packages is free (LAM-27)', () => {
    expect(value('initBilled', 'billing-before-2025-08')).toBe(0)
    expect([value('initBilled'), value('initBilled', 'aws-2026-11')]).toEqual([1, 1])
  })
  test('what only the faithful profile has', () => {
    expect([value('environmentMaxAge'), value('environmentMaxAge', 'aws-2026-11')]).toEqual([0, 7_200])
    expect([value('asyncDuplicates'), value('asyncDuplicates', 'aws-2026-11')]).toEqual([0, 0.0005])
    expect(value('provisionedDelay', 'aws-2026-11')).toEqual({ uniform: [60, 120] })
  })
})

test('the worked price of the fact sheet: 3 M invocations of 120 ms at 1,536 MB', () => {
  const gbSeconds = 3e6 * 0.12 * 1.5 - Number(value('freeGbSeconds'))
  const requests = 3e6 - Number(value('freeRequests'))
  const total = gbSeconds * Number(value('priceGbSecond')) + requests * Number(value('priceRequest'))
  expect(total).toBeCloseTo(2.73, 2)
})
