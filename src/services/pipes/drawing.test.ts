import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { Resource, Scenario } from '../../model/scenario'
import { CONNECTORS } from '../connectors'
import { scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { kinds } from './kinds'

const TYPE = 'AWS::Pipes::Pipe'
const created = kinds[TYPE]!.create!('P', { container: null, taken: new Set(['P']) }, scenarioOf({}))
const all: { [id: string]: Resource } = {
  ...created,
  Q: { Type: 'AWS::SQS::Queue' },
  Q2: { Type: 'AWS::SQS::Queue' },
  S: { Type: 'AWS::Kinesis::Stream' },
  T: { Type: 'AWS::DynamoDB::Table' },
  Fn: { Type: 'AWS::Lambda::Function' },
  Bus: { Type: 'AWS::Events::EventBus' },
  Topic: { Type: 'AWS::SNS::Topic' },
}
const able = (scenario: Scenario, from: string, to: string, port = 'out') =>
  CONNECTORS.filter((one) => one.accepts(from, to, scenario, port) === true)
function draw(scenario: Scenario, from: string, to: string, port = 'out'): Scenario {
  const found = able(scenario, from, to, port)
  expect(found).toHaveLength(1)
  const { resources } = found[0]!.connect(from, to, scenario, port)
  return { ...scenario, resources: { ...scenario.resources, ...resources } as Scenario['resources'] }
}
const wires = (scenario: Scenario) =>
  CONNECTORS.flatMap((one) => one.derive(scenario))
    .filter(({ from }) => from === 'P')
    .map(({ action, to }) => `${action} ${to}`)
const role = (scenario: Scenario) => JSON.stringify(scenario.resources['PRole'])

test.each([
  ['Q', 'P', 'sqs:ReceiveMessage Q', 'sqs:DeleteMessage'],
  ['S', 'P', 'kinesis:GetRecords S', 'kinesis:GetRecords'],
  ['T', 'P', 'dynamodb:GetRecords T', 'dynamodb:GetRecords'],
  ['P', 'Q', 'sqs:SendMessage Q', 'sqs:SendMessage'],
  ['P', 'S', 'kinesis:PutRecord S', 'kinesis:PutRecord'],
  ['P', 'Fn', 'lambda:Invoke Fn', 'lambda:InvokeFunction'],
  ['P', 'Bus', 'events:PutEvents Bus', 'events:PutEvents'],
  ['P', 'Topic', 'sns:Publish Topic', 'sns:Publish'],
])('%s to %s: drawn with its permission, undone whole', (from, to, wire, iam) => {
  const drawn = draw(scenarioOf(all), from, to)
  expect(wires(drawn)).toEqual([wire])
  expect(role(drawn)).toContain(iam)
  const connector = CONNECTORS.find((one) => one.derive(drawn).some((it) => it.from === 'P'))!
  const gone = connector.disconnect(
    connector.derive(drawn).find((it) => it.from === 'P')!,
    drawn,
  ).resources
  const after = { ...drawn, resources: { ...drawn.resources, ...gone } as Scenario['resources'] }
  expect(wires(after)).toEqual([])
  expect(role(after)).not.toContain(iam)
})

describe('a drawn pipe', () => {
  const drawn = draw(draw(scenarioOf(all), 'S', 'P'), 'P', 'Bus')
  test('takes a function as enrichment when it has a target, and no second target', () => {
    const enriched = draw(drawn, 'P', 'Fn')
    expect(wires(enriched)).toEqual(['kinesis:GetRecords S', 'lambda:Invoke Fn', 'events:PutEvents Bus'])
    expect(able(drawn, 'P', 'Topic')).toEqual([])
    expect(able(drawn, 'Q', 'P')).toEqual([])
    expect(able(drawn, 'P', 'S')).toEqual([])
  })
  test('tells a queue what it gives up of a stream', () => {
    const told = draw(drawn, 'P', 'Q2', 'failure')
    expect(wires(told)).toContain('sqs:SendMessage Q2')
    const of = CONNECTORS.find((one) => one.derive(told).some((it) => it.port === 'failure'))!
    const { resources } = of.disconnect(of.derive(told)[0]!, told)
    expect(JSON.stringify(resources['P'])).not.toContain('DeadLetterConfig')
    const ofQueue = draw(scenarioOf(all), 'Q', 'P')
    expect(able(ofQueue, 'P', 'Q2', 'failure')).toEqual([])
  })
  test('passes the gate, and says what is missing', () => {
    const problems = (scenario: Scenario) =>
      gateJson(scenario).problems.filter(
        ({ path, severity }) =>
          path.startsWith('/resources/P') || (severity === 'error' && !path.startsWith('/resources/Fn')),
      )
    expect(problems(drawn)).toEqual([])
    const said = (Properties: Resource['Properties'], more: Resource = { Type: 'AWS::SQS::Queue' }) =>
      checks
        .flatMap((check) => check(scenarioOf({ ...all, Q: more, P: { Type: TYPE, Properties: Properties! } })))
        .map(({ severity, message }) => `${severity}: ${message}`)
    expect(said({})).toEqual([
      expect.stringContaining('reads nothing'),
      expect.stringContaining('delivers nowhere'),
      expect.stringContaining('error: P has no role'),
    ])
    const whole = { Source: 'Q', Target: 'Bus', RoleArn: 'PRole' }
    expect(said(whole)).toEqual([])
    expect(said({ ...whole, TargetParameters: { InputTemplate: '{"a": <body.id>}' } })).toEqual([
      expect.stringContaining('error: The template'),
    ])
    expect(said({ ...whole, Source: 'T' })).toEqual([expect.stringContaining('has no stream')])
    expect(said({ ...whole, Enrichment: 'Fn' })).toEqual([expect.stringContaining('info: Fn has no response')])
    const Filters = [{ Pattern: { body: 'x' } }]
    expect(said({ ...whole, SourceParameters: { FilterCriteria: { Filters } } })).toEqual([
      expect.stringContaining('error: The filter'),
    ])
  })
})
