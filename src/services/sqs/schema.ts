/** What an SQS queue may carry. */
import { boolean, choice, integer, number, object, ref, text } from '../schema-kit'
import type { Schemas } from '../schema-kit'
import { z } from '../schema-kit'
import { MAX_SECONDS } from '../../model/units'

export const schemas: Schemas = {
  'AWS::SQS::Queue': {
    Properties: z.strictObject({
      QueueName: text(
        80,
        { title: 'Name', help: 'Name in AWS; without it AWS makes one up.', group: 'advanced' },
        /^[A-Za-z0-9_-]{1,80}(\.fifo)?$/,
      ).optional(),
      FifoQueue: z
        .literal(true)
        .meta({
          title: 'FIFO',
          help: 'Keeps the order within a message group and drops repeats within 5 minutes. Cannot be changed later.',
          factRows: ['SQS-4'],
        })
        .optional(),
      ContentBasedDeduplication: boolean({
        title: 'Deduplicate by content',
        help: 'A message without a deduplication id is told from others by its content.',
        factRows: ['SQS-4'],
        group: 'advanced',
      }).optional(),
      DeduplicationScope: choice(['queue', 'messageGroup'], {
        title: 'Deduplication scope',
        help: 'Whether repeats are looked for in the whole queue or within the message group.',
        factRows: ['SQS-4'],
        group: 'advanced',
      }).optional(),
      FifoThroughputLimit: choice(['perQueue', 'perMessageGroupId'], {
        title: 'Throughput limit',
        help: 'What the request quota counts for. By message group is high throughput and needs the scope messageGroup.',
        factRows: ['SQS-4'],
        group: 'advanced',
      }).optional(),
      VisibilityTimeout: integer(0, 43_200, {
        title: 'Visibility timeout',
        help: 'A received message stays hidden this long; not deleted by then, it appears again.',
        unit: 's',
        factRows: ['SQS-1', 'SQS-ESM-2'],
        slider: { min: 0, max: 900 },
      }).default(30),
      MessageRetentionPeriod: integer(60, 1_209_600, {
        title: 'Retention',
        help: 'A message older than this is deleted, read or not.',
        unit: 's',
        factRows: ['SQS-1'],
        slider: { min: 60, max: 1_209_600, scale: 'log' },
        group: 'advanced',
      }).default(345_600),
      DelaySeconds: integer(0, 900, {
        title: 'Delivery delay',
        help: 'A new message stays hidden this long before it can be received.',
        unit: 's',
        factRows: ['SQS-1'],
      }).default(0),
      ReceiveMessageWaitTimeSeconds: integer(0, 20, {
        title: 'Receive wait',
        help: 'How long a receive waits for a message; above 0 it is a long poll and asks all servers.',
        unit: 's',
        factRows: ['SQS-1', 'SQS-6'],
        group: 'advanced',
      }).default(0),
      MaximumMessageSize: integer(1_024, 1_048_576, {
        title: 'Maximum message size',
        help: 'Larger messages are refused.',
        unit: 'B',
        factRows: ['SQS-2'],
        slider: { min: 1_024, max: 1_048_576, scale: 'log' },
        group: 'advanced',
      }).default(1_048_576),
      RedrivePolicy: object(
        {
          deadLetterTargetArn: ref(['AWS::SQS::Queue'], {
            title: 'Dead-letter queue',
            help: 'Queue that gets the messages that keep failing.',
            factRows: ['SQS-5'],
          }),
          maxReceiveCount: integer(1, 1_000, {
            title: 'Receives before it is moved',
            help: 'A message received more often than this moves to the dead-letter queue.',
            unit: 'count',
            factRows: ['SQS-5', 'SQS-ESM-9'],
            slider: { min: 1, max: 20 },
          }),
        },
        { title: 'Redrive', help: 'Where messages go that fail again and again.', factRows: ['SQS-5'] },
      ).optional(),
    }),
    Behavior: z.strictObject({
      moveTask: object(
        {
          DestinationArn: ref(['AWS::SQS::Queue'], {
            title: 'To',
            help: 'Queue the messages go to; without it each goes back to the one it came from.',
          }).optional(),
          MaxNumberOfMessagesPerSecond: integer(1, 500, {
            title: 'Rate',
            help: 'Messages moved per second at most.',
            unit: '1/s',
          }).optional(),
          at: number(0, MAX_SECONDS, {
            title: 'Started at',
            help: 'Tells a task from the one before; another value starts another task.',
            unit: 's',
            group: 'advanced',
          }).optional(),
        },
        {
          title: 'Move task',
          help: 'Set during the run, it brings the messages of a dead-letter queue back.',
          factRows: ['SQS-5'],
          group: 'advanced',
        },
      ).optional(),
    }),
  },
}
