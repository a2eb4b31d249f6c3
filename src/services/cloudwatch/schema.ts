/** What an alarm may carry. */
import { boolean, choice, integer, list, number, object, refs, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const many = (title: string, help: string) =>
  integer(1, 30, { title, help, unit: 'count', factRows: ['ASG-1'], slider: { min: 1, max: 30 } })

export const schemas: Schemas = {
  'AWS::CloudWatch::Alarm': {
    Properties: z.strictObject({
      AlarmName: text(255, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }).optional(),
      AlarmDescription: text(1_024, {
        title: 'Description',
        help: 'A note for readers.',
        group: 'advanced',
      }).optional(),
      MetricName: text(255, {
        title: 'Metric',
        help: 'Name of a CloudWatch metric.',
        suggestions: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
        factRows: ['SQS-9'],
      }),
      Namespace: text(255, {
        title: 'Namespace',
        help: 'AWS/SQS, AWS/Lambda and so on.',
        group: 'advanced',
      }).optional(),
      Dimensions: list(
        object(
          {
            Name: text(255, { title: 'Name', help: 'QueueName and so on.' }),
            Value: z
              .string()
              .max(1_024)
              .meta({ title: 'Of', help: 'Resource the metric belongs to.', kind: 'ref', ref: [], loose: true }),
          },
          { title: 'Dimension', help: 'Names a resource.' },
        ),
        10,
        { title: 'Dimensions', help: 'Which resource the metric belongs to.' },
      ),
      Statistic: text(20, { title: 'Statistic', help: 'Sum, Average and so on.', group: 'advanced' }).optional(),
      Unit: text(20, { title: 'Unit', help: 'Unit of the metric.', group: 'advanced' }).optional(),
      Period: integer(60, 86_400, {
        title: 'Period',
        help: 'Time of one data point: whole minutes.',
        unit: 's',
        slider: { min: 60, max: 600, step: 60 },
      }).default(60),
      EvaluationPeriods: many('Periods', 'Data points it looks at.').default(1),
      DatapointsToAlarm: many(
        'Points to alarm',
        'How many of them are beyond the threshold; all by default.',
      ).optional(),
      Threshold: number(-1e12, 1e12, { title: 'Threshold', help: 'Value the data points are compared with.' }),
      ComparisonOperator: choice(
        ['GreaterThanOrEqualToThreshold', 'GreaterThanThreshold', 'LessThanThreshold', 'LessThanOrEqualToThreshold'],
        { title: 'Comparison', help: 'When a data point is beyond the threshold.' },
      ),
      TreatMissingData: choice(['missing', 'notBreaching', 'breaching', 'ignore'], {
        title: 'Missing data',
        help: 'What a period without data counts as.',
        group: 'advanced',
      }).default('missing'),
      ActionsEnabled: boolean({ title: 'Acts', help: 'It calls its actions.', group: 'advanced' }).default(true),
      AlarmActions: refs(['AWS::AutoScaling::ScalingPolicy'], 5, {
        title: 'Calls',
        help: 'Scaling policies it calls every period while it is in ALARM.',
        factRows: ['SQS-10'],
      }).default([]),
    }),
  },
}
