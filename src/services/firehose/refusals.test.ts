/** Records that a delivery stream does not take, and settings that AWS would refuse. */
import { expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf, type Ran } from '../run.fixture'
import { checks } from './checks'

const stream = (destination: JsonObject = {}, more: JsonObject = {}): Resource => ({
  Type: 'AWS::KinesisFirehose::DeliveryStream',
  Properties: {
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'B',
      RoleARN: 'Role',
      BufferingHints: { IntervalInSeconds: 5, SizeInMBs: 1 },
      ...destination,
    },
    ...more,
  },
})
const transformedBy = (parameters: { [name: string]: string }): JsonObject => ({
  ProcessingConfiguration: {
    Processors: [
      {
        Type: 'Lambda',
        Parameters: Object.entries(parameters).map(([ParameterName, ParameterValue]) => ({
          ParameterName,
          ParameterValue,
        })),
      },
    ],
  },
})
const REST: Scenario['resources'] = {
  Role: mayAll,
  B: { Type: 'AWS::S3::Bucket' },
  F: { Type: 'AWS::Lambda::Function', Properties: { Role: 'Role' } },
  Z: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
}
const put = (H: Resource, body: JsonObject): Ran =>
  runOf(
    scenarioOf(
      { ...REST, H, C: client('firehose:PutRecord', 'H', { pattern: 'once', at: 1 }, { body }) },
      { duration: 60 },
    ),
  )
const problems = (H: Resource, more: Scenario['resources'] = {}): string[] =>
  checks.flatMap((check) => check(scenarioOf({ ...REST, ...more, H }))).map(({ message }) => message)

it('a record has 1,000 KiB at most', () => {
  const ran = put(stream(), { x: 'y'.repeat(1_024_000) })
  expect(ran.reasons('firehose.tooLarge')).toEqual([[1, 1_024_008]])
  expect([ran.total('C', 'Failures'), ran.total('H', 'IncomingRecords')]).toEqual([1, 0])
  expect(put(stream(), { x: 'y'.repeat(1_023_992) }).total('C', 'Successes')).toBe(1)
})

it('nothing is put to one that reads a stream', () => {
  const source = { KinesisStreamARN: 'Z', RoleARN: 'Role' }
  const H = stream({}, { DeliveryStreamType: 'KinesisStreamAsSource', KinesisStreamSourceConfiguration: source })
  const ran = put(H, { a: 1 })
  expect(ran.reasons('firehose.reads')).toHaveLength(1)
  expect(ran.total('C', 'Failures')).toBe(1)
})

it('parameters of a processor have their ranges', () => {
  const parameters = { LambdaArn: 'F', BufferIntervalInSeconds: 'abc', NumberOfRetries: '-3', BufferSizeInMBs: '500' }
  expect(problems(stream(transformedBy(parameters)))).toEqual([
    'BufferIntervalInSeconds of H is 0 to 900 s. You wrote "abc".',
    'NumberOfRetries of H is 0 to 300. You wrote "-3".',
    'BufferSizeInMBs of H is 0.2 to 3 MB. You wrote "500".',
  ])
  expect(problems(stream(transformedBy({ ...parameters, BufferIntervalInSeconds: '60' })))).toHaveLength(2)
  expect(problems(stream(transformedBy({ LambdaArn: 'F', BufferSizeInMBs: '0.5', NumberOfRetries: '0' })))).toEqual([])
})

it('its role has to allow what it does', () => {
  expect(problems(stream(transformedBy({ LambdaArn: 'F' })), { Role: { Type: 'AWS::IAM::Role' } })).toEqual([
    'Role does not allow s3:PutObject on B: every call of H will be refused. Allow it.',
    'Role does not allow lambda:InvokeFunction on F: every call of H will be refused. Allow it.',
  ])
})
