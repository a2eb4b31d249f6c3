import { describe, expect, test } from 'vitest'
import type { Intervention, JsonObject, Resource, Scenario } from '../../../model/scenario'
import { expectResumable } from '../../resume.fixture'
import { client, runOf, scenarioOf } from '../../run.fixture'
import { archiveProblems } from './checks'
import { archiveConnector } from './connectors'

const bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } }
const rule = (target: string, pattern: JsonObject = { source: ['shop'] }): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventBusName: 'Bus', EventPattern: pattern, State: 'ENABLED', Targets: [{ Id: target, Arn: target }] },
})
const archive = (more: JsonObject = {}): Resource => ({
  Type: 'AWS::Events::Archive',
  Properties: { SourceArn: 'Bus', RetentionDays: 0, ...more },
})
const event = { source: 'shop', 'detail-type': 'order', detail: { total: 3 } }
const puts = (traffic: JsonObject, body: JsonObject = event): Resource =>
  client('events:PutEvents', 'Bus', traffic, { body })
const document = (
  interventions: Intervention[],
  more: { [id: string]: Resource } = {},
  given: Partial<Scenario> = {},
): Scenario =>
  scenarioOf(
    {
      C: puts({ pattern: 'constant', rate: 0.1, at: 0, count: 30 }),
      Bus: bus,
      Kept: archive(),
      A: { Type: 'AWS::SQS::Queue' },
      B: { Type: 'AWS::SQS::Queue' },
      ToA: rule('A'),
      ToB: rule('B'),
      ...more,
    },
    { duration: 2_000, interventions, ...given },
  )
const replay = (at: number, from: number, to: number, more: { rules?: string[] } = {}): Intervention => ({
  at,
  replay: 'Kept',
  from,
  to,
  ...more,
})
const states = (ran: ReturnType<typeof runOf>) => ran.states('replay').map(([at, state]) => [at, state])
const bodies = (ran: ReturnType<typeof runOf>, queue: string) =>
  ran.contents().flatMap(({ resource, value }) => (resource === queue ? [(value as { body: JsonObject }).body] : []))

describe('an archive', () => {
  test('keeps what matches its pattern, ten minutes later', () => {
    const more = { Other: puts({ pattern: 'once', at: 0 }, { ...event, source: 'other' }) }
    const ran = runOf(document([], { ...more, Kept: archive({ EventPattern: { source: ['shop'] } }) }))
    expect(ran.total('Kept', 'ArchivedEvents')).toBe(30)
    const level = ran.level('Kept', 'events')
    expect(level[0]).toEqual([600, 1])
    expect(level.at(-1)).toEqual([890, 30])
    const kept = ran.contents().filter(({ resource }) => resource === 'Kept')
    expect(kept).toHaveLength(30)
    expect(kept[1]).toMatchObject({ kind: 'event', at: 10e6, value: { ...event, time: '2026-11-20T00:00:10Z' } })
    expect(ran.hops('events:Archive')).toHaveLength(30)
  })
  test('forgets after its retention', () => {
    const resources = { Kept: archive({ RetentionDays: 1 }) }
    const ran = runOf(document([], resources, { duration: 90_000 }))
    expect(ran.level('Kept', 'events').at(-1)).toEqual([86_400 + 290, 0])
    expect(ran.contents().filter(({ resource }) => resource === 'Kept')).toEqual([])
    const longer: Intervention = { at: 1_000, set: '/resources/Kept/Properties/RetentionDays', value: 0 }
    expect(
      runOf(document([longer], resources, { duration: 90_000 }))
        .level('Kept', 'events')
        .at(-1)![1],
    ).toBe(30)
  })
  test('costs what goes in, what lies there and what is sent again', () => {
    const ran = runOf(document([replay(1_000, 0, 300)]))
    const cost = (item: string) => ran.costs.find((line) => line.resource === 'Kept' && line.item === item)!
    const gigabytes = ran.total('Kept', 'ArchivedBytes') / 1e9
    expect(gigabytes).toBeGreaterThan(0)
    expect(cost('Events archived').usd).toBeCloseTo(gigabytes * 0.1, 15)
    expect(cost('Events replayed').usd).toBeCloseTo(30e-6, 12)
    expect(cost('Archive storage').quantity).toBeGreaterThan(0)
  })
  test('counts as a rule that matched: what it alone keeps is not lost', () => {
    const more = { Other: puts({ pattern: 'once', at: 0 }, { ...event, source: 'other' }) }
    expect(runOf(document([], more)).level('Bus', 'unmatched')).toEqual([])
  })
})

describe('a replay', () => {
  test('goes minute by minute, shuffled within, under the name of the replay; nothing is archived twice', () => {
    const ran = runOf(document([replay(1_000, 0, 300)]))
    expect(states(ran)).toEqual([
      [1_000, 'STARTING'],
      [1_005, 'RUNNING'],
      [1_010, 'COMPLETED'],
    ])
    expect(ran.reasons('eventbridge.replaySlice').map(([, value]) => value)).toEqual([6, 6, 6, 6, 6])
    expect(ran.total('Kept', 'ArchivedEvents')).toBe(30)
    expect(ran.total('Kept', 'ReplayedEvents')).toBe(30)
    const again = bodies(ran, 'A').filter((body) => body['replay-name'] === 'Kept-replay-1')
    const times = again.map(({ time }) => String(time))
    expect(times).toHaveLength(30)
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set(bodies(ran, 'A').map(({ id }) => id)))
    const minutes = times.map((time) => time.slice(0, 16))
    expect(minutes).toEqual(minutes.toSorted())
    expect(times).not.toEqual(times.toSorted())
    expect(bodies(ran, 'B')).toHaveLength(60)
  })
  test('goes to chosen rules only, and takes what came within its time', () => {
    const ran = runOf(document([replay(1_000, 60, 120, { rules: ['ToB'] })]))
    expect(bodies(ran, 'A')).toHaveLength(30)
    expect(bodies(ran, 'B')).toHaveLength(36)
  })
  test('misses what came less than ten minutes ago', () => {
    const ran = runOf(document([replay(700, 0, 700)]))
    // the last that is archived came at 100 s when it starts
    expect(ran.total('Kept', 'ReplayedEvents')).toBe(11)
  })
  test('is cancelled', () => {
    const ran = runOf(document([replay(1_000, 0, 300), { at: 1_007, cancel: 'Kept' }]))
    expect(states(ran).map(([, state]) => state)).toEqual(['STARTING', 'RUNNING', 'CANCELLING', 'CANCELLED'])
    expect(ran.total('Kept', 'ReplayedEvents')).toBeLessThan(20)
  })
  test('fails when its bus breaks, and none starts then', () => {
    const ran = runOf(
      document([
        replay(1_000, 0, 300),
        { at: 1_007, fault: 'resource-down', resource: 'Bus' },
        replay(1_008, 0, 300),
        { at: 1_009, repair: 'resource-down', resource: 'Bus' },
        replay(1_010, 0, 300),
      ]),
    )
    expect(states(ran).map(([, state]) => state)).toEqual([
      'STARTING',
      'RUNNING',
      'FAILED',
      'STARTING',
      'RUNNING',
      'COMPLETED',
    ])
    expect(ran.reasons('eventbridge.replayUnavailable')).toEqual([[1_008, 0]])
  })
  test('is the eleventh at once: refused', () => {
    const ran = runOf(document(Array.from({ length: 11 }, () => replay(1_000, 0, 300))))
    expect(ran.reasons('eventbridge.replayRefused')).toEqual([[1_000, 10]])
    expect(ran.total('Kept', 'ReplayedEvents')).toBe(300)
  })
  test('goes on from a keyframe as it went', () => {
    const scenario = document([
      replay(1_000, 0, 300),
      { at: 1_002, set: '/resources/ToA/Properties/State', value: 'DISABLED' },
      replay(1_003, 0, 300, { rules: ['ToA'] }),
    ])
    expectResumable(scenario, [50, 250, 300, 330, 360, 400])
  })
})

test('a wire from a bus makes the archive its own; a replay has a wire back', () => {
  const loose = document([], { Kept: { Type: 'AWS::Events::Archive', Properties: {} } })
  expect(archiveConnector.derive(loose)).toEqual([])
  expect(archiveConnector.accepts('Bus', 'Kept', loose)).toBe(true)
  expect(archiveConnector.accepts('A', 'Kept', loose)).toMatchObject({ refused: expect.stringContaining('from a bus') })
  const { resources } = archiveConnector.connect('Bus', 'Kept', loose)
  const drawn = document([replay(1_000, 0, 300)], resources as { [id: string]: Resource })
  expect(archiveConnector.derive(drawn).map(({ from, to }) => [from, to])).toEqual([
    ['Bus', 'Kept'],
    ['Kept', 'Bus'],
  ])
  expect(archiveConnector.accepts('Bus', 'Kept', drawn)).toMatchObject({ refused: expect.any(String) })
  const gone = archiveConnector.disconnect(archiveConnector.derive(drawn)[0]!, drawn)
  expect(gone.resources['Kept']!.Properties).toEqual({})
})

test('what a replay cannot be', () => {
  const said = (step: Intervention) =>
    archiveProblems(document([step])).map(({ severity, path }) => [severity, path.replace('/interventions/0/', '')])
  expect(said(replay(1_000, 0, 300))).toEqual([])
  expect(said(replay(1_000, 0, 900))).toEqual([['info', 'at']])
  expect(said(replay(1_000, 300, 300))).toEqual([['error', 'to']])
  expect(said(replay(1_000, 1_100, 1_200))).toEqual([['error', 'from']])
  expect(said(replay(1_000, 0, 300, { rules: ['ToA', 'A'] }))).toEqual([['error', 'rules/1']])
  expect(said({ at: 1_000, replay: 'Bus', from: 0, to: 1 })).toEqual([['error', 'replay']])
  expect(archiveProblems(document([], { Kept: archive({ EventPattern: { source: 'shop' } }) }))).toMatchObject([
    { severity: 'error' },
  ])
})
