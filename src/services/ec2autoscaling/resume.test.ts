import { describe, expect, test } from 'vitest'
import { createRun, resumeRun, type Run } from '../../engine/run'
import type { Rows } from '../../model/recording'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, scenarioOf } from '../run.fixture'
import { backlogPolicy, fromZero } from './recipes'

const { step, alarm } = fromZero('W', 'Q', 'Step')
const part = (type: string, properties: JsonObject): Resource => ({
  Type: `AWS::AutoScaling::${type}`,
  Properties: { AutoScalingGroupName: 'W', ...properties },
})

/** Everything a fleet can do: every policy, a hook, the clock, poison, a call, interventions, a dead-letter queue with a move task. */
const fleet = (profile: string): Scenario =>
  scenarioOf(
    {
      C: client('sqs:SendMessage', 'Q', { pattern: 'poisson', rate: 0.5, until: 1_500 }, { poison: [7, 8] }),
      Q: {
        Type: 'AWS::SQS::Queue',
        Properties: { VisibilityTimeout: 40, RedrivePolicy: { deadLetterTargetArn: 'D', maxReceiveCount: 2 } },
      },
      D: { Type: 'AWS::SQS::Queue' },
      W: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { MinSize: 0, MaxSize: 12 },
        Behavior: {
          worker: { queue: 'Q', duration: { exp: 12 }, batch: 2, waitTime: 5, call: 'dynamodb:PutItem', to: 'T' },
        },
      },
      T: { Type: 'AWS::DynamoDB::Table' },
      P: backlogPolicy('W', 'Q', 3),
      Cpu: part('ScalingPolicy', {
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          TargetValue: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        },
      }),
      Step: step,
      A: alarm,
      H: part('LifecycleHook', { HeartbeatTimeout: 30 }),
      Up: part('ScheduledAction', { Recurrence: '20 * * * *', MinSize: 2, DesiredCapacity: 4 }),
    },
    {
      profile,
      duration: 3_000,
      facts: { 'ec2autoscaling.inPoints': 4, 'sqs.copies': 0.05, 'sqs.disorder': 0.2, 'sqs.shortPollShare': 0.2 },
      interventions: [
        { at: 400, set: '/resources/W/Behavior/worker/waitTime', value: 0 },
        { at: 500, fault: 'resource-down', resource: 'W' },
        { at: 530, repair: 'resource-down', resource: 'W' },
        { at: 900, set: '/resources/D/Behavior/moveTask', value: { MaxNumberOfMessagesPerSecond: 1 } },
        { at: 1_000, set: '/resources/W/Properties/MaxSize', value: 5 },
      ],
    },
  )

function rowsOf(run: Run): string[] {
  const rows: string[] = []
  run.kernel.recorder.sink = (chunk: Rows) => {
    for (let i = 0; i < chunk.length; i++)
      rows.push(
        [
          chunk.at,
          chunk.until,
          chunk.value,
          chunk.kind,
          chunk.code,
          chunk.resource,
          chunk.subject,
          chunk.trace,
          chunk.cause,
        ]
          .map((column) => column[i])
          .join(' '),
      )
  }
  while (!run.advance(1_000_000)) continue
  run.kernel.recorder.flush()
  return rows
}

describe.each(['teaching', 'aws-2026-11'])('a fleet in %s', (profile) => {
  const scenario = fleet(profile)
  const whole = createRun(scenario)
  const rows = rowsOf(whole)
  test.each([0.15, 0.4, 0.75])('goes on from a keyframe at %f of its events', (share) => {
    const run = createRun(scenario)
    run.advance(Math.floor(whole.progress().events * share))
    const frame = run.kernel.keyframe()
    const resumed = resumeRun(scenario, frame, run.keyframes)
    const rest = rowsOf(resumed)
    const expected = rows.slice(frame.rows)
    const different = rest.findIndex((row, i) => row !== expected[i])
    expect(rest[different]).toBe(expected[different])
    expect(rest.length).toBe(expected.length)
    expect([resumed.series(), resumed.costs()]).toEqual([whole.series(), whole.costs()])
  })
  test('did all of it', () => {
    const { states, codes } = counted(whole, rows)
    for (const state of ['pending', 'inService.busy', 'terminating.busy', 'terminated']) expect(states).toContain(state)
    for (const code of ['out', 'in', 'step', 'scheduled', 'poison', 'interrupted'])
      expect(codes).toContain(`ec2autoscaling.${code}`)
    for (const code of ['copyLeft', 'copySeen', 'sampled', 'moved', 'deadLettered'])
      expect(codes).toContain(`sqs.${code}`)
  })
})

function counted(run: Run, rows: readonly string[]): { states: Set<string>; codes: Set<string> } {
  const states = new Set<string>()
  const codes = new Set<string>()
  const worker = run.head.machines.find(({ name }) => name === 'worker')!
  for (const row of rows) {
    const [, , , kind, code, , subject] = row.split(' ').map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (kind === 3) codes.add(run.head.reasons[code]!)
    if (kind === 1 && run.legend.entities[subject]?.machine === 'worker') states.add(worker.states[code]!)
  }
  return { states, codes }
}
