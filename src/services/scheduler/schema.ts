/** What a schedule may carry. */
import { deadLetterConfig, retryPolicy, TARGET_TYPES } from '../delivery/schemas/target'
import { choice, integer, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const date = (title: string, help: string) =>
  text(
    32,
    { title, help, factRows: ['EB-66'], group: 'advanced' },
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z?$/,
  ).optional()

const target = object(
  {
    Arn: ref(TARGET_TYPES, { title: 'Target', help: 'Resource it calls.', factRows: ['EB-66'] }),
    RoleArn: ref(['AWS::IAM::Role'], {
      title: 'Role',
      help: 'Role whose permission the call needs.',
      factRows: ['EB-66'],
    }).optional(),
    Input: text(262_144, {
      title: 'Input',
      help: 'Text the target gets, JSON as a rule; <aws.scheduler.scheduled-time> is filled in.',
    }).optional(),
    RetryPolicy: retryPolicy('EB-66'),
    DeadLetterConfig: deadLetterConfig(['EB-66']),
    SqsParameters: object(
      { MessageGroupId: text(128, { title: 'Message group', help: 'Needed by a FIFO queue.' }) },
      { title: 'Queue', help: 'For a FIFO queue.', group: 'advanced' },
    ).optional(),
    KinesisParameters: object(
      { PartitionKey: text(256, { title: 'Partition key', help: 'Decides the shard.', factRows: ['KIN-3'] }) },
      { title: 'Stream', help: 'For a stream.', group: 'advanced' },
    ).optional(),
    EventBridgeParameters: object(
      {
        Source: text(256, { title: 'Source', help: 'Source of the event; not one that begins with aws.' }),
        DetailType: text(128, { title: 'Detail type', help: 'Detail type of the event; the input is its detail.' }),
      },
      { title: 'Bus', help: 'For an event bus.', group: 'advanced' },
    ).optional(),
  },
  { title: 'Target', help: 'What it calls, and with what.', factRows: ['EB-66'] },
)

export const schemas: Schemas = {
  'AWS::Scheduler::Schedule': {
    Properties: z.strictObject({
      Name: text(64, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }, /^[.\-_A-Za-z0-9]{1,64}$/).optional(),
      Description: text(512, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
      ScheduleExpression: text(256, {
        title: 'Schedule',
        help: 'When it fires: rate(5 minutes), cron(0 8 * * ? *), at(2026-11-20T00:01:00).',
        suggestions: ['rate(1 minute)', 'rate(5 minutes)', 'cron(0 8 ? * MON-FRI *)', 'at(2026-11-20T00:01:00)'],
        factRows: ['EB-60', 'EB-61', 'EB-66'],
      }),
      ScheduleExpressionTimezone: text(50, {
        title: 'Time zone',
        help: 'Zone whose clock the schedule reads.',
        suggestions: ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'],
        factRows: ['EB-66'],
      }).default('UTC'),
      FlexibleTimeWindow: object(
        {
          Mode: choice(['OFF', 'FLEXIBLE'], {
            title: 'Flexible window',
            help: 'Fires at any time within the window instead of at its start.',
            factRows: ['EB-66'],
          }).default('OFF'),
          MaximumWindowInMinutes: integer(1, 1_440, {
            title: 'Window (min)',
            help: 'Length of the window in minutes.',
            unit: 'count',
            factRows: ['EB-66'],
            slider: { min: 1, max: 60 },
          }).optional(),
        },
        { title: 'Flexible window', help: 'Spreads the load of many schedules.', factRows: ['EB-66'] },
      ).prefault({}),
      StartDate: date('Start', 'Does not fire before this time (UTC).'),
      EndDate: date('End', 'Does not fire after this time (UTC).'),
      State: choice(['ENABLED', 'DISABLED'], { title: 'State', help: 'A disabled schedule does not fire.' }).default(
        'ENABLED',
      ),
      Target: target.optional(),
    }),
  },
}
