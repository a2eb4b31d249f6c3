/** What an EventBridge bus and a rule may carry. */
import { bareRetryPolicy, deadLetterConfig, TARGET_TYPES } from '../delivery/schemas/target'
import { MAX_SECONDS } from '../../model/units'
import { choice, json, list, map, number, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'
import { archiveSchema } from './archive/schema'
import { ARCHIVE } from './archive/settings'

const target = object(
  {
    Id: text(64, { title: 'Id', help: 'Name of the target within its rule.' }, /^[.\-_A-Za-z0-9]{1,64}$/),
    Arn: ref(TARGET_TYPES, {
      title: 'Target',
      help: 'Resource that gets a copy of every matching event.',
      factRows: ['EB-2', 'EB-12'],
    }),
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
    SqsParameters: object(
      {
        MessageGroupId: text(128, {
          title: 'Message group',
          help: 'Group of every message to a FIFO queue.',
          factRows: ['SQS-4'],
        }),
      },
      { title: 'Queue', help: 'For a FIFO queue.', group: 'advanced' },
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
    RetryPolicy: bareRetryPolicy('EB-8'),
    DeadLetterConfig: deadLetterConfig(['EB-9', 'EB-10']),
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
        {
          title: 'Name',
          help: 'Name in AWS; a bus other than default is a custom bus.',
          suggestions: ['default', 'orders'],
          factRows: ['EB-1'],
        },
        /^[/.\-_A-Za-z0-9]{1,256}$/,
      ).optional(),
      EventSourceName: text(
        256,
        {
          title: 'Partner event source',
          help: 'Partner whose events come to this bus.',
          suggestions: ['aws.partner/example.com/shop'],
          factRows: ['EB-1'],
          group: 'advanced',
        },
        /^aws\.partner(\/[.\-_A-Za-z0-9]+){2,}$/,
      ).optional(),
    }),
    Behavior: z.strictObject({
      account: text(
        12,
        {
          title: 'Account',
          help: 'Account the bus belongs to, when it is another one.',
          suggestions: ['111122223333'],
          factRows: ['EB-14'],
        },
        /^\d{12}$/,
      ).optional(),
    }),
  },
  'AWS::Events::EventBusPolicy': {
    Properties: z.strictObject({
      EventBusName: ref(['AWS::Events::EventBus'], { title: 'Bus', help: 'Bus others may put events on.' }),
      StatementId: text(64, { title: 'Id', help: 'Name of the statement.' }, /^[a-zA-Z0-9\-_]+$/),
      Action: choice(['events:PutEvents'], { title: 'Action', help: 'What may be done.' }).optional(),
      Principal: text(
        12,
        { title: 'Account', help: 'Account that may, or * for all.', suggestions: ['111122223333', '*'] },
        /^(\d{12}|\*)$/,
      ).optional(),
      Statement: json({
        title: 'Statement',
        help: 'Effect, Principal and Action as in IAM, in place of Action and Account.',
        factRows: ['EB-14'],
        group: 'advanced',
      }).optional(),
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
    Behavior: z.strictObject({
      startsAt: number(0, MAX_SECONDS, {
        title: 'Starts at',
        help: 'Second from which it wants events when it starts late, under eventbridge-custom-2026.',
        unit: 's',
        group: 'advanced',
      }).optional(),
    }),
  },
  [ARCHIVE]: archiveSchema,
}
