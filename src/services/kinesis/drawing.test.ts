import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { CONNECTORS } from '../connectors'
import { client, scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { kinds } from './kinds'

const stream = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::Kinesis::Stream', Properties: properties })
const consumer = (name: string): Resource => ({ Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: name } })

describe('drawing a wire to a stream', () => {
  const draw = (from: Resource, more: { [id: string]: Resource } = {}): Scenario => {
    const scenario = scenarioOf({ From: from, S: stream(), ...more })
    const able = CONNECTORS.filter((one) => one.accepts('From', 'S', scenario) === true)
    expect(able).toHaveLength(1)
    const { resources } = able[0]!.connect('From', 'S', scenario)
    return scenarioOf({ ...scenario.resources, ...(resources as { [id: string]: Resource }) })
  }
  const wires = (scenario: Scenario) => CONNECTORS.flatMap((one) => one.derive(scenario)).filter(({ to }) => to === 'S')

  test('from a client it is its call', () => {
    const drawn = draw({ Type: 'Coldstart::Client' })
    expect(drawn.resources['From']!.Behavior).toEqual({ call: 'kinesis:PutRecord', to: 'S' })
    expect(wires(drawn)).toHaveLength(1)
    expect(CONNECTORS.some((one) => one.accepts('From', 'S', drawn) === true)).toBe(false)
  })
  test('from a function it is a step, with the permission', () => {
    const drawn = draw({ Type: 'AWS::Lambda::Function', Behavior: { steps: [{ wait: 1 }] } })
    expect(drawn.resources['From']!.Behavior!['steps']).toEqual([{ wait: 1 }, { call: 'kinesis:PutRecord', to: 'S' }])
    expect(wires(drawn)).toMatchObject([{ from: 'From', to: 'S', action: 'kinesis:PutRecord' }])
    expect(JSON.stringify(drawn.resources['FromRole'])).toContain('"kinesis:PutRecord"')
  })
})

test('a stream says how many shards it has; its consumers are shown on it', () => {
  const line = kinds['AWS::Kinesis::Stream']!.typeLine!
  expect(
    [{}, { ShardCount: 3 }, { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }].map((it) => line(stream(it))),
  ).toEqual(['Stream · 1 shard', 'Stream · 3 shards', 'Stream · on demand'])
  expect(kinds['AWS::Kinesis::StreamConsumer']!.owners!(consumer('S'), scenarioOf({}))).toEqual(['S'])
})

describe('what is said about streams', () => {
  const problems = (resources: { [id: string]: Resource }): [string, string][] =>
    checks.flatMap((check) => check(scenarioOf(resources))).map(({ severity, path }) => [severity, path])

  test('on demand AWS counts the shards (KIN-6)', () => {
    const mode = { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }
    expect(problems({ S: stream({ ...mode, ShardCount: 2 }) })).toEqual([
      ['error', '/resources/S/Properties/ShardCount'],
    ])
    expect(problems({ S: stream(mode), T: stream({ ShardCount: 2 }) })).toEqual([])
  })
  test('20 consumers and no more (KIN-5); one that nobody reads through', () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`C${i}`, consumer('S')]))
    const found = problems({ S: stream(), ...many })
    expect(found.filter(([severity]) => severity === 'error')).toEqual([['error', '/resources/C20']])
    expect(found.filter(([severity]) => severity === 'info')).toHaveLength(21)
    const mapping = { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'C' } }
    expect(problems({ S: stream(), C: consumer('S'), M: mapping })).toEqual([])
  })
  test('one key for everything makes one shard work (KIN-3)', () => {
    const puts = (group?: string): Resource =>
      client('kinesis:PutRecord', 'S', { pattern: 'once' }, group === undefined ? {} : { group })
    const S = stream({ ShardCount: 2 })
    expect(problems({ S, C: puts('k'), D: puts('k') })).toEqual([
      ['info', '/resources/C/Behavior/group'],
      ['info', '/resources/D/Behavior/group'],
    ])
    expect(problems({ S, C: puts('k'), D: puts('l') })).toEqual([])
    expect(problems({ S, C: puts('k'), D: puts() })).toEqual([])
    expect(problems({ S: stream({ ShardCount: 1 }), C: puts('k') })).toEqual([])
  })
})

test('the gate takes what AWS takes', () => {
  const gated = (properties: JsonObject): boolean =>
    gateJson(JSON.parse(JSON.stringify(scenarioOf({ S: stream(properties) })))).ok
  expect(gated({ ShardCount: 2, RetentionPeriodHours: 8_760, StreamModeDetails: { StreamMode: 'PROVISIONED' } })).toBe(
    true,
  )
  expect(gated({})).toBe(true)
  expect(
    [{ ShardCount: 0 }, { RetentionPeriodHours: 23 }, { RetentionPeriodHours: 8_761 }, { Name: 'a b' }].map(gated),
  ).toEqual([false, false, false, false])
  const table = { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } } }
  expect(gateJson(JSON.parse(JSON.stringify(scenarioOf({ T: table })))).ok).toBe(true)
})
