import { expect, it } from 'vitest'
import { createRun, resumeRun, type Run } from '../../engine/run'
import type { Rows } from '../../model/recording'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
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

function rest(run: Run, from: number): { rows: string[]; series: unknown; costs: unknown } {
  const rows: string[] = []
  run.kernel.recorder.sink = (chunk: Rows) => {
    const { first, length, ...columns } = chunk
    for (let i = 0; i < length; i++)
      if (first + i >= from)
        rows.push([first + i, ...Object.values(columns).map((it: ArrayLike<number>) => it[i])].join(' '))
  }
  while (!run.advance(1_000)) continue
  run.kernel.recorder.flush()
  return { rows, series: run.series(), costs: run.costs() }
}

it.each(['teaching', 'aws-2026-11'])('a run goes on from a keyframe as it went on by itself (%s)', (profile) => {
  const all = rest(createRun(scenario(profile)), 0)
  expect(all.rows.length).toBeGreaterThan(3_000)
  const paused: ((run: Run) => boolean)[] = [(run) => run.advance(1e6, 25.5e6)]
  for (let events = 50; events < 2_500; events += 170) paused.push((run) => run.advance(events))
  for (const pause of paused) {
    const run = createRun(scenario(profile))
    expect(pause(run)).toBe(false)
    const frame = run.kernel.keyframe()
    const again = rest(resumeRun(scenario(profile), frame, run.keyframes), frame.rows)
    expect(again.rows).toEqual(all.rows.slice(frame.rows))
    expect(again.series).toEqual(all.series)
    expect(again.costs).toEqual(all.costs)
  }
})
