import { test } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, scenarioOf } from '../run.fixture'

/** Records put and read, transformed now and then, a bucket that is away for a while. */
const scenario: Scenario = scenarioOf(
  {
    Role: mayAll,
    B: { Type: 'AWS::S3::Bucket' },
    S: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 2 } },
    C: client('firehose:PutRecord', 'Direct', { pattern: 'poisson', rate: 5 }, { poison: [20, 90] }),
    D: client('kinesis:PutRecord', 'S', { pattern: 'poisson', rate: 5 }),
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { MemorySize: 128, Timeout: 3, Role: 'Role' },
      Behavior: { steps: [{ wait: { exp: 0.3 } }, { fail: { poison: true } }] },
    },
    Direct: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: {
        ExtendedS3DestinationConfiguration: {
          BucketARN: 'B',
          RoleARN: 'Role',
          BufferingHints: { IntervalInSeconds: 7, SizeInMBs: 1 },
          ProcessingConfiguration: {
            Enabled: true,
            Processors: [
              {
                Type: 'Lambda',
                Parameters: [
                  { ParameterName: 'LambdaArn', ParameterValue: 'Fn' },
                  { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '3' },
                ],
              },
            ],
          },
        },
      },
    },
    Reads: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: {
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: { KinesisStreamARN: 'S', RoleARN: 'Role' },
        ExtendedS3DestinationConfiguration: {
          BucketARN: 'B',
          RoleARN: 'Role',
          BufferingHints: { IntervalInSeconds: 10, SizeInMBs: 1 },
        },
      },
    },
  },
  {
    profile: 'aws-2026-11',
    duration: 60,
    interventions: [
      { at: 12, fault: 'resource-down', resource: 'B' },
      { at: 31.5, repair: 'resource-down', resource: 'B' },
    ],
  },
)

test('a run taken up again at a keyframe is the same run', () => {
  expectResumable(scenario, [200, 700, 1_100])
})
