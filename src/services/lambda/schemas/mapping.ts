/** Properties of an event source mapping. */
import { boolean, integer, object, ref } from '../../schema-kit'
import { CALLABLE } from './versions'

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
}
