/** A run goes on from any keyframe where a network changed before it: faults, interfaces being built, connections that are open. */
import { expect, test } from 'vitest'
import type { Rows } from '../model/recording'
import type { Scenario } from '../model/scenario'
import type { Keyframe } from '../kernel/kernel'
import { DATABASE, group, inVpc, visited, WAY_OUT } from './claims/course.fixture'
import { BURST, client, fn } from './claims/run.fixture'
import { createRun, resumeRun, type Run } from './run'

const SCENARIO: Scenario = (() => {
  const base = visited('Api', { ...WAY_OUT, ...DATABASE, OtherSg: group() }, inVpc(), 60)
  return {
    ...base,
    facts: { 'vpc.eniCreation': 20, 'vpc.eniConnections': 2, 'vpc.natConnections': 5 },
    resources: {
      ...base.resources,
      Crowd: client(BURST(6, 12), 'Fn'),
      Fn: fn(
        [
          { call: 'https:Request', to: 'Api', body: { text: 'x' } },
          { call: 'rds:Query', to: 'Db' },
        ],
        {
          Timeout: 3,
          ...inVpc(['PrivateA', 'PrivateB']),
        },
      ),
    },
    interventions: [
      { at: 6, set: '/resources/Fn/Properties/VpcConfig/SecurityGroupIds', value: ['AppSg', 'OtherSg'] },
      { at: 12.2, fault: 'deleted', resource: 'Nat' },
      { at: 20, repair: 'deleted', resource: 'Nat' },
      { at: 24, fault: 'az-outage', zone: 'b' },
      { at: 30, repair: 'az-outage', zone: 'b' },
    ],
  }
})()

function rowsOf(run: Run): string[] {
  const rows: string[] = []
  run.kernel.recorder.sink = ({ length, first, ...columns }: Rows) => {
    for (let i = 0; i < length; i++)
      rows.push([first + i, ...Object.values(columns as object).map((it: ArrayLike<number>) => it[i])].join(' '))
  }
  while (!run.advance(1_000_000));
  return rows
}

test('goes on from every event of a network that changes', () => {
  const whole = rowsOf(createRun(SCENARIO))
  const past = createRun(SCENARIO)
  const frames: Keyframe[] = []
  while (!past.advance(1)) frames.push(past.kernel.keyframe())
  const total = (name: string): number => past.series().find((it) => it.name === name)?.total.sum ?? 0
  expect(total('ErrorPortAllocation')).toBeGreaterThan(0)
  expect(total('BytesOutToDestination')).toBeGreaterThan(0)
  expect(total('CrossZoneBytes')).toBeGreaterThan(0)
  expect(total('NetworkInterfacesCreated')).toBeGreaterThan(2)
  for (const frame of frames) {
    const resumed = resumeRun(SCENARIO, frame, past.keyframes)
    expect(rowsOf(resumed)).toEqual(whole.slice(frame.rows))
    expect(resumed.series()).toEqual(past.series())
    expect(resumed.costs()).toEqual(past.costs())
  }
})
