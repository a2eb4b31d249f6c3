/** What a stream and its consumers may carry. */
import { choice, integer, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const NAME = /^[a-zA-Z0-9_.-]{1,128}$/

export const schemas: Schemas = {
  'AWS::Kinesis::Stream': {
    Properties: z.strictObject({
      Name: text(128, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }, NAME).optional(),
      ShardCount: integer(1, 1_000, {
        title: 'Shards',
        help: 'Each takes 1 MB and 1,000 records a second; a partition key has its shard.',
        unit: 'count',
        factRows: ['KIN-1', 'KIN-3'],
        slider: { min: 1, max: 20 },
      }).optional(),
      RetentionPeriodHours: integer(24, 8_760, {
        title: 'Retention (hours)',
        help: 'A record older than this is gone, read or not.',
        unit: 'count',
        factRows: ['KIN-4'],
        slider: { min: 24, max: 8_760, scale: 'log' },
        group: 'advanced',
      }).default(24),
      StreamModeDetails: object(
        {
          StreamMode: choice(['PROVISIONED', 'ON_DEMAND'], {
            title: 'Mode',
            help: 'Shards you set, or as many as AWS finds right.',
            factRows: ['KIN-6'],
          }),
        },
        { title: 'Capacity', help: 'Who sets the number of shards.', factRows: ['KIN-6'] },
      ).optional(),
    }),
  },
  'AWS::Kinesis::StreamConsumer': {
    Properties: z.strictObject({
      ConsumerName: text(128, { title: 'Name', help: 'Name in AWS.' }, NAME).optional(),
      StreamARN: ref(['AWS::Kinesis::Stream'], {
        title: 'Stream',
        help: 'Stream it reads with 2 MB/s per shard of its own.',
        factRows: ['KIN-5'],
      }),
    }),
  },
}
