/** Lesson 14, versions and aliases: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { Json, JsonObject, Resource } from '../../model/scenario'
import {
  alias,
  client,
  documentOf,
  EVERY,
  fn,
  measure,
  one,
  refusal,
  scenarioOf,
  version,
  type Resources,
} from './run.fixture'

const shares = (second: string, FunctionWeight: number): JsonObject => ({
  RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: second, FunctionWeight }] },
})
const GOOD: JsonObject[] = [{ wait: 0.01 }]
const BUGGY: JsonObject[] = [{ wait: 0.01 }, { fail: { rate: 0.2 } }]
const snapshot = (steps: JsonObject[]): JsonObject => ({ Behavior: { steps: steps as Json } })
const THOUSAND = { pattern: 'constant', rate: 100, count: 1_000 }
/** Calls of `to`; version 2 has the bug, version 1 has not. */
const run = (to: string, live: Resource, more: JsonObject = {}, resources: Resources = {}) =>
  scenarioOf(
    {
      User: client(THOUSAND, to),
      Fn: fn(GOOD),
      V1: version(1, 'Fn', snapshot(GOOD)),
      V2: version(2, 'Fn', snapshot(BUGGY)),
      Live: live,
      ...resources,
    },
    15,
    more,
  )

describe('versions (LAM-60)', () => {
  test('14.1 editing version 1 is refused', () => {
    const document = documentOf({ Fn: fn(GOOD), V1: version(1) }, 15, {
      interventions: [{ at: 5, set: '/resources/V1/Behavior/snapshot/Properties/Timeout', value: 30 }],
    })
    const { status, path, message } = refusal(gateJson(document))
    expect([status, path]).toEqual(['refused', '/interventions/0/set'])
    expect(message).toContain('never changes (LAM-60)')
  })

  test('14.2 an unqualified call gets the edit of $LATEST, not the newest published', () => {
    const resources = {
      Unqualified: client(EVERY(1, 5, 1), 'Fn'),
      Qualified: client(EVERY(1, 5, 1), 'V1'),
      Fn: fn([{ wait: 0.5 }]),
      V1: version(1, 'Fn', snapshot([{ wait: 0.1 }])),
    }
    expect(
      measure(scenarioOf(resources, 15), {
        unqualified: 'answeredBy Unqualified',
        qualified: 'answeredBy Qualified',
        edit: 'latency.min Unqualified',
        published: 'latency.min Qualified',
      }),
    ).toEqual({ unqualified: '$LATEST', qualified: '1', edit: 0.501, published: 0.101 })
  })

  test('14.2 editing $LATEST during the run changes nothing for callers of version 1', () => {
    const resources = {
      Unqualified: client(EVERY(1, 10, 1), 'Fn'),
      Qualified: client(EVERY(1, 10, 1), 'V1'),
      Fn: fn([{ wait: 0.1 }]),
      V1: version(1, 'Fn', snapshot([{ wait: 0.1 }])),
    }
    const interventions = [{ at: 5.5, set: '/resources/Fn/Behavior/steps', value: [{ fail: {} }] }]
    expect(
      measure(scenarioOf(resources, 15, { interventions }), { latest: 'errors Unqualified', v1: 'errors Qualified' }),
    ).toEqual({ latest: 5, v1: 0 })
  })
})

describe('aliases (LAM-61, LAM-62)', () => {
  test('14.3 an alias re-points, and back, without an edit of its callers', () => {
    const point = (at: number, value: string) => ({ at, set: '/resources/Live/Properties/FunctionVersion', value })
    const slow = { V2: version(2, 'Fn', snapshot([{ fail: {} }])) }
    const scenario = run('Live', alias('V1'), { interventions: [point(3, 'V2'), point(6, 'V1')] }, slow)
    const failed = (from: number, to: number) => ({ m: 'errors', of: 'User', during: [from, to] as const })
    expect(
      measure(scenario, {
        first: failed(0, 3),
        // a call of the last 10 ms before may still end
        back: failed(6.2, 15),
        errors: 'errors User',
        v1: 'invocations V1',
        v2: 'invocations V2',
      }),
    ).toEqual({ first: 0, back: 0, errors: 300, v1: 700, v2: 300 })
  })

  test.each([
    [1, 95],
    [7, 108],
    [42, 90],
  ])('14.4 a tenth of 1,000 calls go to version 2 (seed %d; by the table %d)', (seed, table) => {
    const scenario = run('Live', alias('V1', shares('V2', 0.1)), { seed })
    const { v1, v2, share } = measure(scenario, {
      v1: 'invocations V1',
      v2: 'invocations V2',
      share: { m: 'share', of: 'Live', where: { version: '2' } },
    }) as { [name: string]: number }
    expect(v1! + v2!).toBe(1_000)
    // binomial: 3 x sqrt(1,000 x 0.1 x 0.9)
    const bound = 3 * Math.sqrt(90)
    expect(Math.abs(v2! - 100)).toBeLessThanOrEqual(bound)
    expect(Math.abs(table - 100)).toBeLessThanOrEqual(bound)
    expect(share).toBeCloseTo(v2! / 1_000, 9)
    expect(v2).toBe(OURS[seed])
  })

  test('14.5 $LATEST gets no share', () => {
    const document = documentOf({ Fn: fn(GOOD), V1: version(1), Live: alias('V1', shares('$LATEST', 0.1)) }, 15)
    const { status, message, facts } = refusal(gateJson(document))
    expect(status).toBe('refused')
    expect(message).toContain('Both must be published versions')
    expect(facts).toContain('LAM-62')
  })

  test.each([1, 7, 42])('14.6 a canary of a tenth limits a bug of one in five to about 2 in 100 (seed %d)', (seed) => {
    const rate = (live: Resource) => one(run('Live', live, { seed }), 'errorRate User') as number
    const canary = rate(alias('V1', shares('V2', 0.1)))
    expect(canary).toBeLessThan(0.04)
    expect(Math.abs(canary - 0.02)).toBeLessThanOrEqual(3 * Math.sqrt((0.02 * 0.98) / 1_000))
    expect(Math.abs(rate(alias('V2')) - 0.2)).toBeLessThanOrEqual(3 * Math.sqrt((0.2 * 0.8) / 1_000))
    expect(rate(alias('V1'))).toBe(0)
  })
})

describe('permissions (LAM-63, LAM-65)', () => {
  // there is no API Gateway yet: a rule calls the alias in its place
  const run = (allowed: string) =>
    measure(
      scenarioOf(
        {
          User: client(EVERY(1, 5), 'Bus', {
            call: 'events:PutEvents',
            body: { source: 'shop', 'detail-type': 'order', detail: {} },
          }),
          Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
          Rule: {
            Type: 'AWS::Events::Rule',
            Properties: {
              EventBusName: 'Bus',
              EventPattern: { source: ['shop'] },
              Targets: [{ Id: 'Live', Arn: 'Live' }],
            },
          },
          Fn: fn(GOOD),
          V1: version(1),
          Live: alias('V1'),
          Allowed: {
            Type: 'AWS::Lambda::Permission',
            Properties: {
              Action: 'lambda:InvokeFunction',
              FunctionName: allowed,
              Principal: 'events.amazonaws.com',
              SourceArn: 'Rule',
            },
          },
        },
        15,
      ),
      { delivered: 'success Rule', invocations: 'invocations Fn' },
    )
  test('14.7 a statement for the function lets nobody call its alias; the alias needs one of its own', () => {
    expect(run('Fn')).toEqual({ delivered: 0, invocations: 0 })
    expect(run('Live')).toEqual({ delivered: 1, invocations: 5 })
  })
})

describe('layers (LAM-8)', () => {
  const layer = (provides: string[]): Resource => ({ Type: 'AWS::Lambda::LayerVersion', Behavior: { provides } })
  test('14.8 publishing version 2 of a layer changes nothing until the function names it', () => {
    const errors = (Layers: string[]) =>
      one(
        scenarioOf(
          {
            User: client(EVERY(1, 5), 'Fn'),
            Fn: fn(GOOD, { Layers, Runtime: 'python3.13' }, { imports: ['pillow'] }),
            Layer1: layer(['requests']),
            Layer2: layer(['requests', 'pillow']),
          },
          15,
        ),
        'errors Fn',
      )
    expect(errors(['Layer1'])).toBe(5)
    expect(errors(['Layer2'])).toBe(0)
  })
  test('14.8 a layer version never changes', () => {
    const document = documentOf({ Fn: fn(GOOD, { Layers: ['L'] }), L: layer([]) }, 15, {
      interventions: [{ at: 5, set: '/resources/L/Behavior/provides', value: ['pillow'] }],
    })
    expect(refusal(gateJson(document)).message).toContain('A layer version never changes')
  })
})

/** Calls of version 2 that our generator draws, by seed. */
const OURS: { readonly [seed: number]: number } = { 1: 99, 7: 96, 42: 98 }
