/** What a scalable target and a scaling policy may carry. */
import { boolean, choice, integer, list, number, object, ref, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

const capacity = (title: string, help: string) =>
  integer(0, 1_000_000, { title, help, unit: 'count', factRows: ['LAM-50'] })
const dimension = choice(['lambda:function:ProvisionedConcurrency'], {
  title: 'Dimension',
  help: 'What is scaled.',
}).default('lambda:function:ProvisionedConcurrency')
const namespace = choice(['lambda'], { title: 'Service', help: 'Service whose resource is scaled.' }).default('lambda')
const date = (title: string, help: string) =>
  text(32, { title, help, group: 'advanced' }, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z?$/).optional()
const cooldown = (title: string, help: string) =>
  integer(0, 86_400, { title, help, unit: 's', group: 'advanced', slider: { min: 0, max: 900 } }).default(0)

export const schemas: Schemas = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    Properties: z.strictObject({
      MinCapacity: capacity('Least', 'Fewest environments provisioned.'),
      MaxCapacity: capacity('Most', 'Most environments provisioned.'),
      ResourceId: z
        .string()
        .min(1)
        .max(1_600)
        .meta({
          title: 'Resource',
          help: 'Version or alias whose provisioned concurrency is scaled.',
          kind: 'ref',
          ref: ['AWS::Lambda::Alias', 'AWS::Lambda::Version'],
          loose: true,
          factRows: ['LAM-50'],
        }),
      ScalableDimension: dimension,
      ServiceNamespace: namespace,
      RoleARN: text(1_600, { title: 'Role', help: 'Role it acts with; AWS makes one.', group: 'advanced' }).optional(),
      ScheduledActions: list(
        object(
          {
            ScheduledActionName: text(256, { title: 'Name', help: 'Name of the action.' }),
            Schedule: text(1_600, {
              title: 'Schedule',
              help: 'When it is due: rate(1 hour), cron(0 8 * * ? *), at(2026-11-20T00:05:00).',
              factRows: ['EB-60', 'LAM-50'],
            }),
            Timezone: text(50, { title: 'Time zone', help: 'Zone whose clock the schedule reads.' }).default('UTC'),
            StartTime: date('Start', 'Not before this time (UTC).'),
            EndTime: date('End', 'Not after this time (UTC).'),
            ScalableTargetAction: object(
              {
                MinCapacity: capacity('Least', 'Fewest environments from then on.').optional(),
                MaxCapacity: capacity('Most', 'Most environments from then on.').optional(),
              },
              { title: 'Limits', help: 'New limits; what is outside is changed at once.' },
            ),
          },
          { title: 'Scheduled action', help: 'Changes the limits at a time.' },
        ),
        200,
        { title: 'Scheduled actions', help: 'Changes of the limits by the clock.', factRows: ['LAM-50'] },
      ).default([]),
    }),
  },
  'AWS::ApplicationAutoScaling::ScalingPolicy': {
    Properties: z.strictObject({
      PolicyName: text(256, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }).optional(),
      PolicyType: choice(['TargetTrackingScaling'], { title: 'Type', help: 'It follows a target.' }).default(
        'TargetTrackingScaling',
      ),
      ScalingTargetId: ref(['AWS::ApplicationAutoScaling::ScalableTarget'], {
        title: 'Target',
        help: 'Scalable target it belongs to.',
        factRows: ['LAM-50'],
      }),
      TargetTrackingScalingPolicyConfiguration: object(
        {
          TargetValue: number(0.1, 0.9, {
            title: 'Utilisation',
            help: 'Share of the provisioned environments that should be in use.',
            unit: 'ratio',
            slider: { min: 0.1, max: 0.9, step: 0.01 },
            factRows: ['LAM-50'],
          }),
          PredefinedMetricSpecification: object(
            {
              PredefinedMetricType: choice(['LambdaProvisionedConcurrencyUtilization'], {
                title: 'Metric',
                help: 'What is measured.',
              }).default('LambdaProvisionedConcurrencyUtilization'),
            },
            { title: 'Metric', help: 'What is measured, minute by minute.' },
          ).prefault({}),
          ScaleInCooldown: cooldown('Cooldown in', 'Wait after scaling in before it does so again.'),
          ScaleOutCooldown: cooldown('Cooldown out', 'Wait after scaling out before it does so again.'),
          DisableScaleIn: boolean({ title: 'No scale-in', help: 'It only scales out.', group: 'advanced' }).default(
            false,
          ),
        },
        { title: 'Target tracking', help: 'The utilisation it keeps.', factRows: ['LAM-50'] },
      ),
    }),
  },
}
