import { expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { targetConnector } from './connectors'

const resources = (target: JsonObject, more: { [id: string]: Resource } = {}): { [id: string]: Resource } => ({
  C: client(
    'events:PutEvents',
    'Bus',
    { pattern: 'once', at: 0 },
    {
      body: { source: 'shop', 'detail-type': 'o', detail: { id: 'k7', n: 3 } },
    },
  ),
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
  May: mayAll,
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: 'Bus',
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 'S', Arn: 'S', RoleArn: 'May', ...target }],
    },
  },
  S: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 } },
  ...more,
})
const records = (target: JsonObject, more: { [id: string]: Resource } = {}): JsonObject[] =>
  runOf(scenarioOf(resources(target, more)))
    .contents()
    .flatMap(({ resource, value }) => (resource === 'S' ? [value as JsonObject] : []))
const path = (PartitionKeyPath: string): JsonObject => ({ KinesisParameters: { PartitionKeyPath } })

test.each<[string, JsonObject, string | undefined]>([
  ['a text', path('$.detail.id'), 'k7'],
  ['a number', path('$.detail.n'), '3'],
  ['what is not there', path('$.detail.none'), undefined],
  ['none', {}, undefined],
])('a rule puts events into a stream under the key its target names: %s', (_, target, key) => {
  const [record] = records(target)
  expect(record).toMatchObject({ body: { source: 'shop', detail: { id: 'k7' } } })
  expect(record!['partitionKey']).toBe(key)
})

test('the key is that of the event, also when the target gets something else', () => {
  expect(records({ ...path('$.detail.id'), InputPath: '$.detail' })).toMatchObject([
    { partitionKey: 'k7', body: { id: 'k7', n: 3 } },
  ])
})

test('a role of the target counts where it is named (EB-12)', () => {
  const Role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
  expect(records({ RoleArn: 'Role' }, { Role })).toEqual([])
  expect(records({ RoleArn: 'Role' }, { Role: mayAll })).toHaveLength(1)
})

test('a wire to a stream is a target, and a path that is none is told', () => {
  const scenario = scenarioOf(resources({}))
  expect(targetConnector.accepts('Bus', 'S', scenario)).toBe(true)
  expect(targetConnector.derive(scenario)).toMatchObject([{ to: 'S', action: 'kinesis:PutRecord' }])
  const said = checks.flatMap((check) => check(scenarioOf(resources(path('detail.id')))))
  expect(said.map(({ message }) => message)).toEqual([expect.stringContaining('is no path')])
})
