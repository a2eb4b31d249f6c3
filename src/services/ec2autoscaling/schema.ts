/** What an Auto Scaling group of workers and its policies may carry. */
import { boolean, choice, duration, integer, list, number, object, ref, refs, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'
import { MAX_SECONDS } from '../../model/units'

const size = (title: string, help: string) =>
  integer(0, 10_000, { title, help, unit: 'count', factRows: ['ASG-1'], slider: { min: 0, max: 100 } })
const name = (help: string) => text(255, { title: 'Name', help, group: 'advanced' }).optional()
const group = ref(['AWS::AutoScaling::AutoScalingGroup'], { title: 'Group', help: 'Group it belongs to.' })
const date = (title: string, help: string) => text(32, { title, help }, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/).optional()
const warmup = integer(0, 86_400, {
  title: 'Warm-up',
  help: 'A new instance does not count until it has been in service this long.',
  unit: 's',
  slider: { min: 0, max: 900 },
  group: 'advanced',
}).optional()
const dimensions = list(
  object(
    {
      Name: text(255, { title: 'Name', help: 'QueueName, AutoScalingGroupName and so on.' }),
      Value: z
        .string()
        .max(1_024)
        .meta({ title: 'Of', help: 'Resource the metric belongs to.', kind: 'ref', ref: [], loose: true }),
    },
    { title: 'Dimension', help: 'Names a resource.' },
  ),
  10,
  { title: 'Dimensions', help: 'Which resource the metric belongs to.' },
)
const metricName = text(255, { title: 'Metric', help: 'Name of a CloudWatch metric.', factRows: ['SQS-9'] })
const namespace = text(255, {
  title: 'Namespace',
  help: 'AWS/SQS, AWS/AutoScaling and so on.',
  group: 'advanced',
}).optional()
const stat = text(20, { title: 'Statistic', help: 'Sum, Average and so on.', group: 'advanced' }).optional()
const unit = text(20, { title: 'Unit', help: 'Unit of the metric.', group: 'advanced' }).optional()
const metricId = text(255, { title: 'Id', help: 'Name in expressions.' }, /^[a-z]\w*$/)

const worker = object(
  {
    queue: ref(['AWS::SQS::Queue'], { title: 'Queue', help: 'Queue it takes its work from.' }).optional(),
    duration: duration({
      title: 'Work',
      help: 'Time one message takes.',
      slider: { min: 0, max: 300, step: 0.1 },
    }).default(1),
    batch: integer(1, 10, {
      title: 'Messages',
      help: 'Messages of one receive; they are done one after another.',
      unit: 'count',
      factRows: ['SQS-2'],
    }).default(1),
    waitTime: integer(0, 20, {
      title: 'Wait',
      help: 'WaitTimeSeconds of each receive; 0 is a short poll.',
      unit: 's',
      factRows: ['SQS-6'],
    }).default(20),
    pause: number(0.1, MAX_SECONDS, {
      title: 'Pause',
      help: 'Pause after an empty short poll, or one that failed.',
      unit: 's',
      slider: { min: 0.1, max: 60, step: 0.1 },
      group: 'advanced',
    }).default(1),
    deletes: boolean({ title: 'Deletes', help: 'It deletes each message when the work is done.' }).default(true),
    poison: choice(['leave', 'delete'], {
      title: 'Poison',
      help: 'What becomes of a message nobody can process: it comes again, or is deleted.',
    }).default('leave'),
    call: text(
      80,
      { title: 'Call', help: 'Call for each message when the work is done.' },
      /^[a-z][a-z0-9-]*:[A-Za-z]+$/,
    ).optional(),
    to: ref([], { title: 'To', help: 'Resource it calls.', answers: 'call' }).optional(),
  },
  { title: 'Worker', help: 'What every instance does, one message after another.', factRows: ['SQS-10'] },
)

export const schemas: Schemas = {
  'AWS::AutoScaling::AutoScalingGroup': {
    Properties: z.strictObject({
      AutoScalingGroupName: name('Name in AWS.'),
      MinSize: size('Least', 'It never has fewer instances.').default(0),
      MaxSize: size('Most', 'It never has more instances.').default(10),
      DesiredCapacity: size('Desired', 'Instances at the start; without it the least.').optional(),
      DefaultInstanceWarmup: warmup,
      Cooldown: integer(0, 86_400, {
        title: 'Cooldown',
        help: 'Pause of simple scaling after it changed the size.',
        unit: 's',
        factRows: ['ASG-1'],
        slider: { min: 0, max: 900 },
        group: 'advanced',
      }).optional(),
      TerminationPolicies: list(
        choice(['Default', 'OldestInstance', 'NewestInstance'], {
          title: 'Policy',
          help: 'Which instance goes first.',
        }),
        5,
        { title: 'Termination', help: 'Which instance goes first; the oldest by default.', group: 'advanced' },
      ).optional(),
      VPCZoneIdentifier: refs(['AWS::EC2::Subnet'], 16, {
        title: 'Subnets',
        help: 'Where instances stand; it has no effect on a run.',
        group: 'advanced',
      }).optional(),
      HealthCheckGracePeriod: integer(0, 86_400, {
        title: 'Grace period',
        help: 'Time before health checks count; instances fail here only by a fault.',
        unit: 's',
        factRows: ['ASG-2'],
        group: 'advanced',
      }).optional(),
    }),
    Behavior: z.strictObject({
      worker: worker.optional(),
      boot: duration({
        title: 'Boot',
        help: 'From the launch until the worker is in service; without it 90 s.',
        factRows: ['ASG-4'],
      }).optional(),
      instanceType: choice(['t3.micro', 't3.medium', 'm5.large'], {
        title: 'Size',
        help: 'Instance type, which decides the price.',
        factRows: ['PR-28'],
      }).default('t3.micro'),
    }),
  },
  'AWS::AutoScaling::ScalingPolicy': {
    Properties: z.strictObject({
      PolicyName: name('Name in AWS.'),
      AutoScalingGroupName: group,
      PolicyType: choice(['TargetTrackingScaling', 'StepScaling', 'SimpleScaling'], {
        title: 'Type',
        help: 'It follows a target, or adds and removes when an alarm says so.',
        factRows: ['ASG-1'],
      }).default('SimpleScaling'),
      TargetTrackingConfiguration: object(
        {
          TargetValue: number(0.000_001, 1e9, {
            title: 'Target',
            help: 'Value of the metric it keeps near.',
            factRows: ['SQS-10'],
          }),
          DisableScaleIn: boolean({ title: 'No scale-in', help: 'It only scales out.', group: 'advanced' }).default(
            false,
          ),
          PredefinedMetricSpecification: object(
            {
              PredefinedMetricType: choice(['ASGAverageCPUUtilization'], {
                title: 'Metric',
                help: 'Share of the time that instances are at work, in percent.',
                factRows: ['ASG-3'],
              }),
            },
            { title: 'Predefined metric', help: 'A metric of the group itself.' },
          ).optional(),
          CustomizedMetricSpecification: object(
            {
              MetricName: metricName.optional(),
              Namespace: namespace,
              Dimensions: dimensions.optional(),
              Statistic: stat,
              Unit: unit,
              Metrics: list(
                object(
                  {
                    Id: metricId,
                    Expression: text(2_048, {
                      title: 'Expression',
                      help: 'Computed from other ids, such as m1 / m2.',
                    }).optional(),
                    MetricStat: object(
                      {
                        Metric: object(
                          { MetricName: metricName, Namespace: namespace, Dimensions: dimensions.optional() },
                          { title: 'Metric', help: 'A metric of a resource.' },
                        ),
                        Stat: stat,
                        Unit: unit,
                      },
                      { title: 'Metric', help: 'A metric, minute by minute.' },
                    ).optional(),
                    Label: text(255, { title: 'Label', help: 'A note for readers.', group: 'advanced' }).optional(),
                    ReturnData: boolean({ title: 'Result', help: 'This one is followed.' }).default(true),
                  },
                  { title: 'Metric', help: 'A metric or an expression.' },
                ),
                10,
                { title: 'Metric math', help: 'Metrics and the expression that is followed.', factRows: ['SQS-10'] },
              ).optional(),
            },
            { title: 'Custom metric', help: 'Any metric, or metric math such as backlog per instance.' },
          ).optional(),
        },
        { title: 'Target tracking', help: 'The metric and the value it keeps near.' },
      ).optional(),
      AdjustmentType: choice(['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'], {
        title: 'Adjustment',
        help: 'How the number below is meant.',
      }).optional(),
      StepAdjustments: list(
        object(
          {
            MetricIntervalLowerBound: number(-1e9, 1e9, {
              title: 'From',
              help: 'Above the threshold by at least this.',
            }).optional(),
            MetricIntervalUpperBound: number(-1e9, 1e9, {
              title: 'Below',
              help: 'Above the threshold by less than this.',
            }).optional(),
            ScalingAdjustment: integer(-10_000, 10_000, {
              title: 'Change',
              help: 'Instances more or fewer.',
              unit: 'count',
            }),
          },
          { title: 'Step', help: 'What to do in a range of the metric.' },
        ),
        20,
        { title: 'Steps', help: 'The larger the breach, the larger the step.' },
      ).optional(),
      ScalingAdjustment: integer(-10_000, 10_000, {
        title: 'Change',
        help: 'Instances more or fewer, of simple scaling.',
        unit: 'count',
      }).optional(),
      MinAdjustmentMagnitude: integer(1, 10_000, {
        title: 'Least change',
        help: 'Instances changed at least, of a change in percent.',
        unit: 'count',
        group: 'advanced',
      }).optional(),
      EstimatedInstanceWarmup: warmup,
      Cooldown: integer(0, 86_400, {
        title: 'Cooldown',
        help: 'Pause of this simple policy, in place of that of the group.',
        unit: 's',
        group: 'advanced',
      }).optional(),
    }),
  },
  'AWS::AutoScaling::ScheduledAction': {
    Properties: z.strictObject({
      AutoScalingGroupName: group,
      MinSize: size('Least', 'New least size.').optional(),
      MaxSize: size('Most', 'New largest size.').optional(),
      DesiredCapacity: size('Desired', 'New desired size.').optional(),
      Recurrence: text(255, {
        title: 'Recurrence',
        help: 'UNIX cron with five fields, such as 0 8 * * MON-FRI.',
      }).optional(),
      TimeZone: text(50, { title: 'Time zone', help: 'Zone whose clock the recurrence reads.' }).default('UTC'),
      StartTime: date('Start', 'First or only time (UTC).'),
      EndTime: date('End', 'Not after this time (UTC).'),
    }),
  },
  'AWS::AutoScaling::LifecycleHook': {
    Properties: z.strictObject({
      LifecycleHookName: name('Name in AWS.'),
      AutoScalingGroupName: group,
      LifecycleTransition: choice(['autoscaling:EC2_INSTANCE_TERMINATING'], {
        title: 'At',
        help: 'An instance that is sent away finishes its work first.',
        factRows: ['ASG-2'],
      }).default('autoscaling:EC2_INSTANCE_TERMINATING'),
      HeartbeatTimeout: integer(30, 7_200, {
        title: 'Timeout',
        help: 'It is terminated after this time even if it works.',
        unit: 's',
      }).default(3_600),
      DefaultResult: choice(['CONTINUE', 'ABANDON'], {
        title: 'After the timeout',
        help: 'Either way the instance is terminated.',
        group: 'advanced',
      }).optional(),
    }),
  },
}
