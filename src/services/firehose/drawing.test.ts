import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { Resource, Scenario } from '../../model/scenario'
import { CONNECTORS } from '../connectors'
import { scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { kinds } from './kinds'

const TYPE = 'AWS::KinesisFirehose::DeliveryStream'
const created = kinds[TYPE]!.create!('F', { container: null, taken: new Set(['F']) }, scenarioOf({}))
const base = (more: { [id: string]: Resource }): Scenario => scenarioOf({ ...created, ...more })
const able = (scenario: Scenario, from: string, to: string) =>
  CONNECTORS.filter((one) => one.accepts(from, to, scenario) === true)
function draw(scenario: Scenario, from: string, to: string): Scenario {
  const found = able(scenario, from, to)
  expect(found).toHaveLength(1)
  const { resources } = found[0]!.connect(from, to, scenario)
  return { ...scenario, resources: { ...scenario.resources, ...resources } as Scenario['resources'] }
}
const wires = (scenario: Scenario) =>
  CONNECTORS.flatMap((one) => one.derive(scenario)).map(({ from, to, action }) => `${from} ${action} ${to}`)
const role = (scenario: Scenario) => JSON.stringify(scenario.resources['FRole'])

const WAYS = [
  ['F', 'B', 'F s3:PutObject B', '"s3:PutObject"', { Type: 'AWS::S3::Bucket' }],
  ['F', 'Fn', 'F lambda:Invoke Fn', '"lambda:InvokeFunction"', { Type: 'AWS::Lambda::Function' }],
  ['S', 'F', 'F kinesis:GetRecords S', '"kinesis:GetRecords"', { Type: 'AWS::Kinesis::Stream' }],
] as const

test.each(WAYS)('%s to %s: drawn with its permission, undone whole', (from, to, wire, iam, resource) => {
  const other = from === 'F' ? to : from
  const before = base({ [other]: resource })
  const drawn = draw(before, from, to)
  expect(wires(drawn)).toEqual([wire])
  expect(role(drawn)).toContain(iam)
  expect(able(drawn, from, to)).toEqual([])
  const connector = CONNECTORS.find((one) => one.derive(drawn).length > 0)!
  const gone = connector.disconnect(connector.derive(drawn)[0]!, drawn).resources
  const after = { ...drawn, resources: { ...drawn.resources, ...gone } as Scenario['resources'] }
  expect(wires(after)).toEqual([])
  expect(role(after)).not.toContain(iam)
})

test('a client puts records', () => {
  const drawn = draw(base({ C: { Type: 'Coldstart::Client' } }), 'C', 'F')
  expect(drawn.resources['C']!.Behavior).toEqual({ call: 'firehose:PutRecord', to: 'F' })
  // what records are put to reads no stream
  const both = { ...drawn, resources: { ...drawn.resources, S: { Type: 'AWS::Kinesis::Stream' } } }
  expect(able(both, 'S', 'F')).toEqual([])
})

describe('what is said', () => {
  const said = (scenario: Scenario) =>
    checks.flatMap((check) => check(scenario)).map(({ severity, message }) => `${severity}: ${message}`)
  test('without a bucket, a role, a stream, a function', () => {
    expect(said(base({}))).toEqual([expect.stringContaining('warning: F delivers nowhere')])
    const of = (Properties: Resource['Properties']) =>
      said(scenarioOf({ F: { Type: TYPE, Properties: Properties! }, B: { Type: 'AWS::S3::Bucket' } }))
    expect(of({ ExtendedS3DestinationConfiguration: { BucketARN: 'B' } })).toEqual([
      expect.stringContaining('error: F has no role'),
    ])
    expect(
      of({
        DeliveryStreamType: 'KinesisStreamAsSource',
        ExtendedS3DestinationConfiguration: { BucketARN: 'B', RoleARN: 'R' },
      }),
    ).toEqual([expect.stringContaining('error: F reads a stream but names none')])
    const Processors = [{ Type: 'Lambda', Parameters: [] }]
    expect(
      of({
        ExtendedS3DestinationConfiguration: { BucketARN: 'B', RoleARN: 'R', ProcessingConfiguration: { Processors } },
      }),
    ).toEqual([expect.stringContaining('names no function')])
  })
  test('the gate keeps to the ranges of KIN-9', () => {
    const tried = (IntervalInSeconds: number, SizeInMBs: number) => {
      const BufferingHints = { IntervalInSeconds, SizeInMBs }
      const F = { Type: TYPE, Properties: { ExtendedS3DestinationConfiguration: { BufferingHints } } }
      return gateJson(structuredClone(scenarioOf({ F }))).problems.filter(({ severity }) => severity === 'error')
    }
    expect(tried(0, 1)).toEqual([])
    expect(tried(900, 128)).toEqual([])
    expect(tried(901, 129).map(({ path }) => path)).toHaveLength(2)
  })
})
