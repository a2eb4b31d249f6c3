/** Properties of an event source mapping. */
import { boolean, choice, integer, list, object, ref, z } from '../../schema-kit'
import { CALLABLE } from './versions'

const pattern = z.union([z.string().max(4_096), z.record(z.string().max(1_024), z.unknown())]).meta({
  title: 'Pattern',
  help: 'What a message must look like, as JSON or as JSON text: {"body": {"type": ["order"]}}.',
  kind: 'json',
  factRows: ['ESM-4', 'ESM-5'],
})

export const mappingProperties = {
  EventSourceArn: ref(['AWS::SQS::Queue'], { title: 'Source', help: 'Queue it polls.', factRows: ['ESM-1'] }),
  FunctionName: ref(CALLABLE, { title: 'Function', help: 'Function it invokes with each batch.', factRows: ['ESM-1'] }),
  BatchSize: integer(1, 10_000, {
    title: 'Batch size',
    help: 'Most messages in one invoke; above 10 a batching window of 1 s is needed.',
    unit: 'count',
    factRows: ['SQS-ESM-1'],
    slider: { min: 1, max: 100 },
  }).default(10),
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
}
