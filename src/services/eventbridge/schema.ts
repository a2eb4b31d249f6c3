/** What an EventBridge bus and a rule may carry. */
import { choice, integer, json, list, map, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const target = object(
  {
    Id: text(64, { title: 'Id', help: 'Name of the target within its rule.' }, /^[.\-_A-Za-z0-9]{1,64}$/),
    Arn: ref(
      [
        'AWS::Lambda::Function',
        'AWS::Lambda::Alias',
        'AWS::Lambda::Version',
        'AWS::SQS::Queue',
        'AWS::SNS::Topic',
        'AWS::Kinesis::Stream',
        'AWS::Events::EventBus',
      ],
      {
        title: 'Target',
        help: 'Resource that gets a copy of every matching event.',
        factRows: ['EB-2', 'EB-12'],
      },
    ),
    RoleArn: ref(['AWS::IAM::Role'], {
      title: 'Role',
      help: 'Role the rule calls a stream or a bus with; its permission then counts.',
      factRows: ['EB-12'],
      group: 'advanced',
    }).optional(),
    KinesisParameters: object(
      {
        PartitionKeyPath: text(256, {
          title: 'Partition key',
          help: 'Where in the event it stands: $.detail.id. Without it every record has a key of its own.',
          suggestions: ['$.detail.id'],
          factRows: ['KIN-3'],
        }),
      },
      { title: 'Stream', help: 'For a stream.', group: 'advanced' },
    ).optional(),
    Input: text(8_192, {
      title: 'Constant input',
      help: 'JSON text the target gets in place of the event.',
      factRows: ['EB-13'],
      group: 'advanced',
    }).optional(),
    InputPath: text(256, {
      title: 'Input path',
      help: 'Part of the event the target gets: $.detail.',
      suggestions: ['$.detail'],
      factRows: ['EB-13'],
      group: 'advanced',
    }).optional(),
    InputTransformer: object(
      {
        InputPathsMap: map(text(256, { title: 'Path', help: 'Where the value is: $.detail.id.' }), {
          title: 'Variables',
          help: 'Names for values of the event.',
        }).optional(),
        InputTemplate: text(8_192, { title: 'Template', help: 'What the target gets, with <name> for a variable.' }),
      },
      {
        title: 'Input transformer',
        help: 'Makes a new content out of values of the event.',
        factRows: ['EB-13'],
        group: 'advanced',
      },
    ).optional(),
    RetryPolicy: object(
      {
        MaximumRetryAttempts: integer(0, 185, {
          title: 'Retries',
          help: 'How often a failed delivery is tried again.',
          unit: 'count',
          factRows: ['EB-8'],
        }).default(185),
        MaximumEventAgeInSeconds: integer(60, 86_400, {
          title: 'Maximum age',
          help: 'An event older than this is given up.',
          unit: 's',
          factRows: ['EB-8'],
          slider: { min: 60, max: 86_400, scale: 'log' },
        }).default(86_400),
      },
      { title: 'Retry policy', help: 'How long delivery is tried again.', factRows: ['EB-8'], group: 'advanced' },
    ).prefault({}),
    DeadLetterConfig: object(
      {
        Arn: ref(['AWS::SQS::Queue'], {
          title: 'Dead-letter queue',
          help: 'Standard queue that gets events that could not be delivered.',
          factRows: ['EB-9', 'EB-10'],
        }),
      },
      { title: 'Dead letters', help: 'Without it, events that cannot be delivered are dropped.', factRows: ['EB-9'] },
    ).optional(),
  },
  { title: 'Target', help: 'One receiver of the matching events.', factRows: ['EB-2'] },
)

const expression = text(256, {
  title: 'Schedule',
  help: 'When it fires, in UTC: rate(5 minutes), cron(0 8 * * ? *). Only on the bus named default.',
  suggestions: ['rate(1 minute)', 'rate(5 minutes)', 'cron(0 8 ? * MON-FRI *)'],
  factRows: ['EB-60', 'EB-61', 'EB-63'],
}).optional()

export const schemas: Schemas = {
  'AWS::Events::EventBus': {
    Properties: z.strictObject({
      Name: text(
        256,
        { title: 'Name', help: 'Name in AWS; a bus other than default is a custom bus.', factRows: ['EB-1'] },
        /^[/.\-_A-Za-z0-9]{1,256}$/,
      ).optional(),
    }),
  },
  'AWS::Events::Rule': {
    Properties: z.strictObject({
      Name: text(64, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }, /^[.\-_A-Za-z0-9]{1,64}$/).optional(),
      Description: text(512, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
      EventBusName: ref(['AWS::Events::EventBus'], {
        title: 'Bus',
        help: 'Bus whose events the rule looks at.',
        factRows: ['EB-2'],
      }).optional(),
      EventPattern: json({
        title: 'Event pattern',
        help: 'Fields and the values they may have; an event that fits them all goes to the targets.',
        factRows: ['EB-4'],
      }).optional(),
      ScheduleExpression: expression,
      State: choice(['ENABLED', 'DISABLED'], { title: 'State', help: 'A disabled rule matches nothing.' }).default(
        'ENABLED',
      ),
      Targets: list(target, 5, {
        title: 'Targets',
        help: 'Receivers, five at most; each gets its own copy.',
        factRows: ['EB-2'],
      }).default([]),
    }),
  },
}
