/** Money by hand: prices of us-east-1 as aws-facts 17 has them (PR-1 to PR-8). */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { answersOf, documentOf, fn, mapping, queue, send, version, type Settings } from './document.fixture'
import type { MetricQuery } from '../query'

const X86 = 0.0000166667
const ARM = 0.0000133334
const REQUEST = 0.2e-6
const MONTH = 730 * 3_600

/** A handler of exactly so long, with nothing before it. */
const bare: JsonObject = { provision: 0, init: 0, overhead: 0 }
const client = (rate: number, count: number, to = 'Fn'): JsonObject => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic: { pattern: 'constant', rate, count }, call: 'lambda:Invoke', to },
})
const ask = (resources: JsonObject, queries: readonly MetricQuery[], settings: Settings): Json[] =>
  answersOf(documentOf(resources, settings), queries)
const cost = (name: string, where?: JsonObject, of = 'Fn'): MetricQuery => ({
  m: `cost.${name}`,
  of,
  ...(where === undefined ? {} : { where }),
})
const near = (value: Json | undefined, usd: number): void => {
  expect(typeof value).toBe('number')
  expect(Math.abs((value as number) - usd)).toBeLessThan(Math.max(1e-9, usd * 1e-6))
}

describe('a function', () => {
  test('1 M requests of 120 ms at 1,536 MB: 180,000 GB-s, $3.20, and nothing within the free tier', () => {
    const seconds = 1_000
    const [total, free, gb, billed, duration, requests, perMillion] = ask(
      { Client: client(1_000, 1_000_000), Fn: fn([{ wait: 0.12 }], { MemorySize: 1_536 }, bare) },
      [
        cost('total'),
        cost('total', { freeTier: true }),
        { m: 'gbSeconds', of: 'Fn' },
        { m: 'billedMs', of: 'Fn' },
        cost('total', { item: 'Duration' }),
        cost('total', { item: 'Requests' }),
        cost('perMillion'),
      ],
      { duration: seconds + 1 },
    )
    expect(billed).toBe(120e6)
    expect(gb).toBeCloseTo(180_000, 6)
    near(duration, 180_000 * X86)
    near(requests, 1e6 * REQUEST)
    near(total, 180_000 * X86 + 0.2)
    near(perMillion, 180_000 * X86 + 0.2)
    expect(free).toBe(0)
  })

  test.each([
    ['x86_64', X86],
    ['arm64', ARM],
  ])(
    '%s: 10,000 requests of 120 ms at 10,240 MB in an hour, and what a month of them is beyond the free tier',
    (architecture, price) => {
      const [total, monthly, free, idle] = ask(
        {
          Client: client(100, 10_000),
          Fn: fn([{ wait: 0.12 }], { MemorySize: 10_240, Architectures: [architecture] }, bare),
        },
        [cost('total'), cost('monthly'), cost('monthly', { freeTier: true }), cost('idleMonthly')],
        { duration: 3_600 },
      )
      const gb = 10_000 * 0.12 * 10
      near(total, gb * price + 10_000 * REQUEST)
      near(monthly, 730 * (gb * price + 10_000 * REQUEST))
      // 8.76 M GB-s and 7.3 M requests, less 400,000 and 1 M
      near(free, (730 * gb - 400_000) * price + (7.3e6 - 1e6) * REQUEST)
      expect(idle).toBe(0)
    },
  )

  test('is billed by the whole millisecond, init included since August 2025 (LAM-27)', () => {
    const resources = {
      Client: client(1, 3),
      Fn: fn([{ wait: 0.0004 }], { MemorySize: 1_024 }, { provision: 0.1, init: 0.25, overhead: 0 }),
    }
    const queries: MetricQuery[] = [
      { m: 'billedMs', of: 'Fn' },
      { m: 'gbSeconds', of: 'Fn' },
    ]
    // 250.4 ms round up to 251, twice 0.4 to 1; provisioning is not billed
    expect(ask(resources, queries, { duration: 60 })).toEqual([253, 0.253])
    const [before] = ask(resources, queries, { duration: 60, profile: 'billing-before-2025-08' })
    expect(before).toBe(3)
  })

  test('pays for /tmp beyond 512 MB (PR-4)', () => {
    const [storage] = ask(
      {
        Client: client(10, 100),
        Fn: fn([{ wait: 2 }], { EphemeralStorage: { Size: 2_560 }, Timeout: 5 }, bare),
      },
      [cost('total', { item: 'Ephemeral storage above 512 MB' })],
      { duration: 60 },
    )
    near(storage, 100 * 2 * 2 * 0.0000000309)
  })
})

describe('provisioned concurrency (PR-5, PR-6)', () => {
  const provisioned = (architecture: string): JsonObject => ({
    Client: client(10, 1_000, 'V1'),
    Fn: fn([{ wait: 0.1 }], { MemorySize: 512, Architectures: [architecture] }, bare),
    V1: version({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 20 } }),
  })
  test.each([
    ['x86_64', 0.0000041667, 0.0000097222],
    ['arm64', 0.0000033333, 0.0000077777],
  ])('%s: kept for an hour, and executed at a lower rate; no free tier', (architecture, kept, run) => {
    const [total, monthly, free, idle] = ask(
      provisioned(architecture),
      [cost('total'), cost('monthly'), cost('monthly', { freeTier: true }), cost('idleMonthly')],
      { duration: 3_600 },
    )
    const keeping = 20 * 0.5 * 3_600 * kept
    const running = 1_000 * 0.1 * 0.5 * run
    near(total, keeping + running + 1_000 * REQUEST)
    near(monthly, 730 * (keeping + running + 1_000 * REQUEST))
    near(free, 730 * (keeping + running))
    near(idle, 730 * keeping)
  })

  test('20 of 512 MB are $109.50 a month idle', () => {
    const { Client: _, ...idle } = provisioned('x86_64')
    const [found] = ask(idle, [{ m: 'cost.idleMonthly' }], { duration: 600 })
    expect(found).toBeCloseTo(109.5, 2)
  })

  test('kept for a minute, paid for five (PR-6); what is kept at the end is paid as long as it lasted', () => {
    const { Client: _, ...idle } = provisioned('x86_64')
    const path = '/resources/V1/Properties/ProvisionedConcurrencyConfig'
    const [total] = ask(idle, [cost('total')], {
      duration: 100,
      interventions: [{ at: 60, set: path, value: { ProvisionedConcurrentExecutions: 10 } }],
    })
    // ten end and are paid for five minutes, the others go on
    near(total, (10 * 0.5 * 300 + 10 * 0.5 * 100) * 0.0000041667)
    const [open] = ask(idle, [cost('total')], { duration: 100 })
    near(open, 20 * 0.5 * 100 * 0.0000041667)
  })
})

test('a bill by resource: queue, function and table, and all of it', () => {
  const [each, total, idle] = ask(
    {
      Client: send(10),
      Queue: queue(),
      Mapping: mapping({ BatchSize: 10 }),
      Fn: fn([{ call: 'dynamodb:PutItem', to: 'Table', perMessage: true }]),
      Table: { Type: 'AWS::DynamoDB::Table' },
    },
    [{ m: 'cost.total', each: true }, { m: 'cost.total' }, { m: 'cost.idleMonthly', of: 'tag:network' }],
    { duration: 60 },
  ) as [{ [id: string]: number }, number, number]
  // ten sends, one receive of ten and one delete of ten are requests of SQS; ten writes of up to 1 KB
  near(each['Queue'], 12 * 0.4e-6)
  near(each['Table'], 10 * 0.625e-6)
  expect(Object.values(each).reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(total, 12)
  expect(idle).toBe(0)
})

test('a month is 730 hours', () => {
  const [total, monthly] = ask(
    { Client: client(1, 60), Fn: fn([{ wait: 0.1 }], {}, bare) },
    [cost('total'), cost('monthly')],
    { duration: 60 },
  ) as [number, number]
  near(monthly, (total * MONTH) / 60)
})
