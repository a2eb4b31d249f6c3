import { expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, scenarioOf } from '../run.fixture'
import { LISTENER, LOAD_BALANCER, TARGET_GROUP } from './settings'

const fn = (behavior: JsonObject, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 128, Timeout: 1, Role: 'Role', ...properties },
  Behavior: { response: { statusCode: 200 }, ...behavior },
})
const group = (Id: string, more: JsonObject = {}): Resource => ({
  Type: TARGET_GROUP,
  Properties: { TargetType: 'lambda', Targets: [{ Id }], ...more },
})

/** Weights that change, health checks that start and stop, retries, timeouts, throttles and clients that give up. */
const scenario = (profile: string): Scenario =>
  scenarioOf(
    {
      Role: mayAll,
      C: client('http:Request', 'Alb', { pattern: 'poisson', rate: 20, at: 0 }, { timeout: 0.5 }),
      D: client('http:Request', 'Alb', { pattern: 'poisson', rate: 5, at: 0 }, { retries: { max: 2, base: 0.1 } }),
      Alb: { Type: LOAD_BALANCER },
      L: {
        Type: LISTENER,
        Properties: {
          LoadBalancerArn: 'Alb',
          Port: 80,
          Protocol: 'HTTP',
          DefaultActions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: 'G', Weight: 3 },
                  { TargetGroupArn: 'H', Weight: 1 },
                ],
              },
            },
          ],
        },
      },
      G: group('A', { HealthCheckEnabled: true, HealthCheckIntervalSeconds: 5 }),
      H: group('B'),
      A: fn({ steps: [{ wait: { exp: 0.4 } }, { fail: { rate: 0.1 } }] }),
      B: fn({ steps: [{ wait: { exp: 0.2 } }], response: null }, { ReservedConcurrentExecutions: 2 }),
    },
    {
      profile,
      duration: 40,
      interventions: [
        { at: 8, set: '/resources/L/Properties/DefaultActions/0/ForwardConfig/TargetGroups/0/Weight', value: 1 },
        { at: 11, set: '/resources/H/Properties/HealthCheckEnabled', value: true },
        { at: 13, set: '/resources/H/Properties/HealthCheckIntervalSeconds', value: 6 },
        { at: 15, set: '/resources/B/Behavior/response', value: { statusCode: 201 } },
        { at: 20, set: '/resources/G/Properties/HealthCheckEnabled', value: false },
        { at: 22, fault: 'resource-down', resource: 'A' },
        // its last timer has run out by 25 s
        { at: 26, set: '/resources/G/Properties/HealthCheckEnabled', value: true },
      ],
    },
  )

it.each(['teaching', 'aws-2026-11'])('a run goes on from a keyframe as it went on by itself (%s)', (profile) => {
  const rows = expectResumable(scenario(profile), [
    (run) => run.advance(1e6, 25.5e6),
    ...Array.from({ length: 15 }, (_, i) => 50 + 170 * i),
  ])
  expect(rows.length).toBeGreaterThan(3_000)
})
