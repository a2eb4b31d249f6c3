/** What a bucket may carry. */
import { anyJson, boolean, choice, duration, list, map, number, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const rule = object(
  {
    Name: choice(['prefix', 'suffix', 'Prefix', 'Suffix'], { title: 'Name', help: 'Begin or end of the key.' }),
    Value: text(1_024, { title: 'Value', help: 'What the key begins or ends with; no wildcards.', factRows: ['S3-3'] }),
  },
  { title: 'Rule', help: 'One condition on the key.' },
)

const entries = (name: string, types: readonly string[], title: string) =>
  list(
    object(
      {
        Event: text(
          64,
          {
            title: 'Event',
            help: 'What it tells of.',
            suggestions: ['s3:ObjectCreated:*', 's3:ObjectCreated:Put', 's3:ObjectRemoved:*'],
            factRows: ['S3-2'],
          },
          /^s3:[A-Za-z]+(:(\*|[A-Za-z]+))?$/,
        ),
        Filter: object(
          {
            S3Key: object(
              { Rules: list(rule, 2, { title: 'Rules', help: 'A prefix, a suffix, or both.', factRows: ['S3-3'] }) },
              { title: 'Key', help: 'Conditions on the key.' },
            ),
          },
          { title: 'Filter', help: 'Which objects it tells of; without it all.', factRows: ['S3-3'] },
        ).optional(),
        [name]: ref(types, { title: name, help: 'Who is told.', factRows: ['S3-2'] }),
      },
      { title: 'Notification', help: 'One kind of change, and who is told of it.' },
    ),
    100,
    { title, help: 'Each names one event, one filter and one target.', factRows: ['S3-2', 'S3-3'] },
  ).optional()

export const schemas: Schemas = {
  'AWS::S3::Bucket': {
    Properties: z.strictObject({
      BucketName: text(
        63,
        { title: 'Name', help: 'Name in AWS.', suggestions: ['my-bucket'], group: 'advanced' },
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      ).optional(),
      VersioningConfiguration: object(
        {
          Status: choice(['Enabled', 'Suspended'], {
            title: 'Versioning',
            help: 'Enabled keeps what a PUT replaces; a DELETE only adds a marker.',
          }),
        },
        { title: 'Versioning', help: 'Whether old versions are kept.', group: 'advanced' },
      ).optional(),
      NotificationConfiguration: object(
        {
          LambdaConfigurations: entries(
            'Function',
            ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'],
            'To functions',
          ),
          QueueConfigurations: entries('Queue', ['AWS::SQS::Queue'], 'To queues'),
          TopicConfigurations: entries('Topic', ['AWS::SNS::Topic'], 'To topics'),
          EventBridgeConfiguration: object(
            {
              EventBridgeEnabled: boolean({
                title: 'To EventBridge',
                help: 'Every change is an event on the bus named default.',
                factRows: ['S3-2', 'EB-1'],
              }).default(true),
            },
            { title: 'EventBridge', help: 'Sends all events to the default bus.', factRows: ['S3-2'] },
          ).optional(),
        },
        { title: 'Notifications', help: 'Who is told when objects come and go.', factRows: ['S3-1', 'S3-2'] },
      ).optional(),
    }),
    Behavior: z.strictObject({
      latency: duration({ title: 'Latency', help: 'Time a request takes, whatever the size.' }).optional(),
      objects: map(
        object(
          {
            size: number(0, 5_000_000, { title: 'Size', help: 'Size of the object.', unit: 'MB' }).optional(),
            content: anyJson({ title: 'Content', help: 'What it holds.' }).optional(),
          },
          { title: 'Object', help: 'An object that is there from the start.' },
        ),
        { title: 'Objects', help: 'Objects at the start, by key.' },
      ).optional(),
    }),
  },
}
