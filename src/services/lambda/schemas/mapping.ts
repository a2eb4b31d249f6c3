/** Properties of an event source mapping. */
import { boolean, choice, integer, list, number, object, ref, z } from '../../schema-kit'
import { STREAM_DEFAULTS } from '../mapping/streams/source'
import { CALLABLE } from './versions'

const pattern = z.union([z.string().max(4_096), z.record(z.string().max(1_024), z.unknown())]).meta({
  title: 'Pattern',
  help: 'What a message must look like, as JSON or as JSON text: {"body": {"type": ["order"]}}; of streams data or dynamodb.',
  kind: 'json',
  factRows: ['ESM-4', 'ESM-5'],
})

export const mappingProperties = {
  EventSourceArn: ref(
    ['AWS::SQS::Queue', 'AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer', 'AWS::DynamoDB::Table'],
    { title: 'Source', help: 'Queue, stream, consumer or table with a stream that it polls.', factRows: ['ESM-1'] },
  ),
  FunctionName: ref(CALLABLE, { title: 'Function', help: 'Function it invokes with each batch.', factRows: ['ESM-1'] }),
  BatchSize: integer(1, 10_000, {
    title: 'Batch size',
    help: 'Most messages in one invoke: 10 of a queue, 100 of a stream. Above 10 a queue needs a window of 1 s.',
    unit: 'count',
    factRows: ['SQS-ESM-1', 'STR-ESM-1'],
    slider: { min: 1, max: 100 },
  }).optional(),
  MaximumBatchingWindowInSeconds: integer(0, 300, {
    title: 'Batching window',
    help: 'How long it gathers messages before it invokes.',
    unit: 's',
    factRows: ['ESM-2'],
  }).default(0),
  FunctionResponseTypes: list(
    choice(['ReportBatchItemFailures'], { title: 'Response', help: 'The function returns batchItemFailures.' }),
    1,
    {
      title: 'Partial batch response',
      help: 'The function says which messages failed. Only those come back; without it a failure brings back the whole batch.',
      factRows: ['SQS-ESM-7'],
    },
  ).optional(),
  FilterCriteria: object(
    {
      Filters: list(
        object({ Pattern: pattern }, { title: 'Filter', help: 'A message that fits its pattern passes.' }),
        5,
        { title: 'Filters', help: 'A message passes that fits one of them.', factRows: ['ESM-4'] },
      ),
    },
    {
      title: 'Filter',
      help: 'Messages that do not fit are deleted from the queue and the function is not invoked.',
      factRows: ['ESM-4', 'ESM-5'],
      group: 'advanced',
    },
  ).optional(),
  Enabled: boolean({ title: 'Enabled', help: 'A disabled mapping does not poll.', factRows: ['ESM-3'] }).default(true),
  ScalingConfig: object(
    {
      MaximumConcurrency: integer(2, 1_000, {
        title: 'Maximum concurrency',
        help: 'Most batches worked on at once through this mapping.',
        unit: 'count',
        factRows: ['SQS-ESM-4'],
        slider: { min: 2, max: 100 },
      }),
    },
    {
      title: 'Scaling',
      help: 'Limits the mapping without touching reserved concurrency.',
      factRows: ['SQS-ESM-3', 'SQS-ESM-4'],
    },
  ).optional(),
  ProvisionedPollerConfig: object(
    {
      MinimumPollers: integer(2, 200, {
        title: 'Minimum pollers',
        help: 'Pollers kept ready; each invokes 10 times at once, polls 10 times and reads 1 MB a second.',
        unit: 'count',
        factRows: ['SQS-ESM-5'],
        slider: { min: 2, max: 50 },
      }).default(2),
      MaximumPollers: integer(2, 2_000, {
        title: 'Maximum pollers',
        help: 'Most pollers it grows to, by 1,000 invokes at once a minute.',
        unit: 'count',
        factRows: ['SQS-ESM-5'],
        slider: { min: 2, max: 500 },
      }).default(200),
    },
    {
      title: 'Provisioned pollers',
      help: 'Pollers of its own that are ready for spikes. Not together with a maximum concurrency.',
      factRows: ['SQS-ESM-5'],
      group: 'advanced',
    },
  ).optional(),
  StartingPosition: choice(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'], {
    title: 'Starting position',
    help: 'Where reading a stream begins: at its oldest record, after its newest, or at a time.',
    factRows: ['STR-ESM-9'],
  }).optional(),
  StartingPositionTimestamp: number(0, 1e11, {
    title: 'Starting time',
    help: 'Seconds since 1970 for AT_TIMESTAMP; runs begin at 1795132800.',
    unit: 's',
    factRows: ['STR-ESM-9'],
    group: 'advanced',
  }).optional(),
  ParallelizationFactor: integer(1, 10, {
    title: 'Batches per shard',
    help: 'Batches of one shard at a time, by key.',
    unit: 'count',
    factRows: ['STR-ESM-2'],
  }).optional(),
  MaximumRetryAttempts: integer(-1, 10_000, {
    title: 'Retries',
    help: 'How often a failed batch of a stream is tried again; -1 is without end.',
    unit: 'count',
    factRows: ['STR-ESM-3'],
    slider: { min: -1, max: 20 },
  }).optional(),
  MaximumRecordAgeInSeconds: integer(-1, 604_800, {
    title: 'Maximum record age',
    help: 'Records of a stream that are older are discarded; -1 is without end, else at least 60.',
    unit: 's',
    factRows: ['STR-ESM-3'],
    slider: { min: -1, max: 3_600 },
  }).optional(),
  BisectBatchOnFunctionError: boolean({
    title: 'Split on failure',
    help: 'A failed batch of a stream goes on in two halves, which takes no retry.',
    factRows: ['STR-ESM-5'],
  }).optional(),
  TumblingWindowInSeconds: integer(0, 900, {
    title: 'Tumbling window',
    help: 'Carries a state between the invokes of a shard for so long.',
    unit: 's',
    factRows: ['STR-ESM-8'],
    group: 'advanced',
  }).optional(),
  DestinationConfig: object(
    {
      OnFailure: object(
        {
          Destination: ref(['AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::S3::Bucket'], {
            title: 'Destination',
            help: 'Is told which records were discarded; a bucket gets the records too.',
            factRows: ['STR-ESM-7'],
            whole: true,
          }),
        },
        { title: 'On failure', help: 'Where discarded batches are told of.', factRows: ['STR-ESM-7'] },
      ).optional(),
    },
    { title: 'Destination', help: 'Where discarded batches of a stream are told of.', factRows: ['STR-ESM-7'] },
  ).optional(),
}

/** A mapping: its defaults follow from what it reads (SQS-ESM-1, STR-ESM-1, STR-ESM-3). */
export const mappingSchema = z
  .strictObject(mappingProperties)
  .overwrite((it) => ({ ...(it.StartingPosition === undefined ? { BatchSize: 10 } : STREAM_DEFAULTS), ...it }))
