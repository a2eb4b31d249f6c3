import { expect, test } from 'vitest'
import type { Rows } from '../model/recording'
import type { Scenario } from '../model/scenario'
import type { Keyframe } from '../kernel/kernel'
import { mayAll } from '../services/run.fixture'
import { createRun, resumeRun, type Run } from './run'

const SCENARIO: Scenario = {
  coldstart: 1,
  name: 'x',
  duration: 10,
  seed: 1,
  profile: 'teaching',
  resources: {
    Client: {
      Type: 'Coldstart::Client',
      Behavior: {
        traffic: { pattern: 'constant', rate: 4 },
        call: 'events:PutEvents',
        to: 'Bus',
        body: { source: 'shop' },
      },
    },
    Bus: { Type: 'AWS::Events::EventBus' },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        EventPattern: { source: ['shop'] },
        State: 'ENABLED',
        Targets: [{ Id: 'a', Arn: 'Fn' }],
      },
    },
    Role: mayAll,
    May: {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'Fn', Principal: 'events.amazonaws.com' },
    },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role' },
      Behavior: { steps: [{ wait: 0.2 }] },
    },
    Table: { Type: 'AWS::DynamoDB::Table' },
  },
  // two of one instant, the second of which says something that no one said before
  interventions: [
    { at: 5, set: '/resources/Fn/Behavior/idle', value: 3 },
    {
      at: 5,
      set: '/resources/Fn/Behavior/steps',
      value: [{ call: 'dynamodb:UpdateItem', to: 'Table', key: 'n', set: { total: 3 } }],
    },
  ],
}

function rowsOf(run: Run): string[] {
  const rows: string[] = []
  run.kernel.recorder.sink = ({ length, first, ...columns }: Rows) => {
    for (let i = 0; i < length; i++)
      rows.push([first + i, ...Object.values(columns as object).map((it: ArrayLike<number>) => it[i])].join(' '))
  }
  while (!run.advance(1_000_000));
  return rows
}

test('goes on from every event, the first of two interventions of one instant included', () => {
  const whole = rowsOf(createRun(SCENARIO))
  const past = createRun(SCENARIO)
  const frames: Keyframe[] = []
  while (!past.advance(1)) frames.push(past.kernel.keyframe())
  expect(past.series().find(({ name }) => name === 'ConsumedWriteCapacityUnits')?.total.sum).toBeGreaterThan(10)
  expect(frames.filter(({ at }) => at === 5e6).length).toBeGreaterThan(1)
  for (const frame of frames) {
    const resumed = resumeRun(SCENARIO, frame, past.keyframes)
    expect(rowsOf(resumed)).toEqual(whole.slice(frame.rows))
    expect(resumed.series()).toEqual(past.series())
  }
})
