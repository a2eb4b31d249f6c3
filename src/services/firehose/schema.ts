/** What a delivery stream may carry. */
import { boolean, choice, integer, list, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const role = ref(['AWS::IAM::Role'], { title: 'Role', help: 'Role it acts under.', factRows: ['KIN-9'] }).optional()
const prefix = (title: string, help: string) => text(1_024, { title, help, group: 'advanced' }).optional()

const parameter = object(
  {
    ParameterName: choice(['LambdaArn', 'NumberOfRetries', 'BufferSizeInMBs', 'BufferIntervalInSeconds', 'RoleArn'], {
      title: 'Parameter',
      help: 'What is set.',
    }),
    ParameterValue: z
      .string()
      .max(512)
      .meta({ title: 'Value', help: 'The function, or a number as text.', kind: 'ref', ref: [], loose: true }),
  },
  { title: 'Parameter', help: 'One setting of the transformation.' },
)

export const schemas: Schemas = {
  'AWS::KinesisFirehose::DeliveryStream': {
    Properties: z.strictObject({
      DeliveryStreamName: text(
        64,
        { title: 'Name', help: 'Name in AWS.', group: 'advanced' },
        /^[a-zA-Z0-9._-]{1,64}$/,
      ).optional(),
      DeliveryStreamType: choice(['DirectPut', 'KinesisStreamAsSource'], {
        title: 'Source',
        help: 'Records are put to it, or it reads a stream.',
        factRows: ['KIN-9'],
      }).default('DirectPut'),
      KinesisStreamSourceConfiguration: object(
        {
          KinesisStreamARN: ref(['AWS::Kinesis::Stream'], { title: 'Stream', help: 'Stream it reads.' }),
          RoleARN: role,
        },
        { title: 'Stream as source', help: 'Which stream it reads, and under which role.' },
      ).optional(),
      ExtendedS3DestinationConfiguration: object(
        {
          BucketARN: ref(['AWS::S3::Bucket'], { title: 'Bucket', help: 'Bucket it delivers to.' }).optional(),
          RoleARN: role,
          BufferingHints: object(
            {
              IntervalInSeconds: integer(0, 900, {
                title: 'Interval',
                help: 'It delivers this long after the first record, at the latest.',
                unit: 's',
                factRows: ['KIN-9'],
              }).default(300),
              SizeInMBs: integer(1, 128, {
                title: 'Size',
                help: 'It delivers when so much has come.',
                unit: 'MB',
                factRows: ['KIN-9'],
              }).default(5),
            },
            { title: 'Buffer', help: 'By time or by size, whichever comes first.', factRows: ['KIN-9'] },
          ).prefault({}),
          Prefix: prefix('Prefix', 'What the keys of its objects begin with.'),
          ErrorOutputPrefix: prefix('Prefix of failures', 'The same for records that could not be transformed.'),
          ProcessingConfiguration: object(
            {
              Enabled: boolean({ title: 'On', help: 'Whether a function transforms the records.' }).default(true),
              Processors: list(
                object(
                  {
                    Type: choice(['Lambda'], { title: 'Type', help: 'A function, which it calls and waits for.' }),
                    Parameters: list(parameter, 5, { title: 'Parameters', help: 'The function and its buffer.' }),
                  },
                  { title: 'Processor', help: 'What records go through.' },
                ),
                1,
                { title: 'Processors', help: 'What records go through before they are delivered.' },
              ).default([]),
            },
            { title: 'Transformation', help: 'A function that changes or drops records.', factRows: ['INV-15'] },
          ).optional(),
        },
        { title: 'Destination', help: 'Where objects are written.', factRows: ['KIN-9'] },
      ).prefault({}),
    }),
  },
}
