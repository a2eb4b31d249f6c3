/** What a pipe may carry. */
import { anyJson, choice, integer, list, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'
import { FUNCTIONS, SOURCES, TARGETS } from './settings'

const template = text(8_192, {
  title: 'Template',
  help: 'What the target gets of an event: {"id": <$.body.id>}. Empty: all of it.',
  suggestions: ['{"id": <$.body.id>}'],
}).optional()

const batchSize = (most: number, usual: number) =>
  integer(1, most, { title: 'Batch size', help: 'Events in one batch, at most.', unit: 'count' }).default(usual)

const ofShards = (title: string) =>
  object(
    {
      BatchSize: batchSize(10_000, 100),
      StartingPosition: choice(['TRIM_HORIZON', 'LATEST'], {
        title: 'Starts',
        help: 'With the oldest record there is, or with the next.',
      }).default('TRIM_HORIZON'),
      MaximumRetryAttempts: integer(-1, 10_000, {
        title: 'Retries',
        help: 'How often a failed batch is tried again; -1: until its records are gone.',
        unit: 'count',
      }).default(-1),
      MaximumRecordAgeInSeconds: integer(-1, 604_800, {
        title: 'Maximum age',
        help: 'Older records are given up when their batch fails; -1: never.',
        unit: 's',
      }).default(-1),
      DeadLetterConfig: object(
        { Arn: ref(['AWS::SQS::Queue'], { title: 'Dead-letter queue', help: 'Is told where given-up records are.' }) },
        { title: 'Dead letters', help: 'Where it tells of records it has given up.' },
      ).optional(),
    },
    { title, help: 'How the shards are read.' },
  ).optional()

export const schemas: Schemas = {
  'AWS::Pipes::Pipe': {
    Properties: z.strictObject({
      Name: text(64, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }, /^[.\-_A-Za-z0-9]{1,64}$/).optional(),
      Description: text(512, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
      DesiredState: choice(['RUNNING', 'STOPPED'], { title: 'State', help: 'A stopped pipe reads nothing.' }).default(
        'RUNNING',
      ),
      RoleArn: ref(['AWS::IAM::Role'], {
        title: 'Role',
        help: 'Role it reads, enriches and delivers under.',
      }).optional(),
      Source: ref(Object.keys(SOURCES), { title: 'Source', help: 'Queue, stream, or table with a stream.' }).optional(),
      SourceParameters: object(
        {
          FilterCriteria: object(
            {
              Filters: list(
                object(
                  { Pattern: anyJson({ title: 'Pattern', help: 'As of a rule, on body, data or dynamodb.' }) },
                  { title: 'Filter', help: 'Events that fit one filter pass.' },
                ),
                5,
                { title: 'Filters', help: 'Events that fit none are dropped, and not paid for.' },
              ).default([]),
            },
            { title: 'Filter', help: 'Which events pass.' },
          ).optional(),
          SqsQueueParameters: object(
            { BatchSize: batchSize(10, 10) },
            { title: 'Queue', help: 'How a queue is read.' },
          ).optional(),
          KinesisStreamParameters: ofShards('Stream'),
          DynamoDBStreamParameters: ofShards('Stream of a table'),
        },
        { title: 'Reading', help: 'How the source is read.' },
      ).prefault({}),
      Enrichment: ref(FUNCTIONS, {
        title: 'Enrichment',
        help: 'Function whose response goes to the target in place of the batch.',
      }).optional(),
      Target: ref(Object.keys(TARGETS), { title: 'Target', help: 'Who gets the events.' }).optional(),
      TargetParameters: object(
        {
          InputTemplate: template,
          LambdaFunctionParameters: object(
            {
              InvocationType: choice(['REQUEST_RESPONSE', 'FIRE_AND_FORGET'], {
                title: 'Invocation',
                help: 'Whether it waits for the function.',
              }).default('REQUEST_RESPONSE'),
            },
            { title: 'Function', help: 'For a function.' },
          ).optional(),
          SqsQueueParameters: object(
            { MessageGroupId: text(128, { title: 'Message group', help: 'Group in a FIFO queue.' }).optional() },
            { title: 'Queue', help: 'For a queue.' },
          ).optional(),
          KinesisStreamParameters: object(
            {
              PartitionKey: text(256, {
                title: 'Partition key',
                help: 'A text, or where it stands: $.body.id.',
                suggestions: ['$.body.id'],
              }),
            },
            { title: 'Stream', help: 'For a stream.' },
          ).optional(),
          EventBridgeEventBusParameters: object(
            {
              DetailType: text(128, {
                title: 'Detail type',
                help: 'Names the kind of event: its detail-type.',
              }).optional(),
              Source: text(256, { title: 'Source', help: 'Names the sender: its source.' }).optional(),
            },
            { title: 'Bus', help: 'For a bus.' },
          ).optional(),
        },
        { title: 'Delivery', help: 'What the target gets.' },
      ).optional(),
    }),
  },
}
