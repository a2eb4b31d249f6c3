import type { JsonObject, LogicalId, Resource } from '../../model/scenario'
import { POLICY } from './settings'

const metric = (
  id: string,
  namespace: string,
  name: string,
  dimension: string,
  of: LogicalId,
  stat: string,
): JsonObject => ({
  Id: id,
  MetricStat: {
    Metric: { Namespace: namespace, MetricName: name, Dimensions: [{ Name: dimension, Value: of }] },
    Stat: stat,
  },
  ReturnData: false,
})

/** Backlog per instance: messages that wait, divided by the instances in service (SQS-10). */
export const backlogPolicy = (group: LogicalId, queue: LogicalId, target = 10): Resource => ({
  Type: POLICY,
  Properties: {
    AutoScalingGroupName: group,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      TargetValue: target,
      CustomizedMetricSpecification: {
        Metrics: [
          metric('m1', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', queue, 'Sum'),
          metric('m2', 'AWS/AutoScaling', 'GroupInServiceInstances', 'AutoScalingGroupName', group, 'Average'),
          { Id: 'e1', Expression: 'm1 / m2', ReturnData: true },
        ],
      },
    },
  },
})

/** A policy that makes the first instance, and the alarm that calls it when anything waits (SQS-10). */
export const fromZero = (
  group: LogicalId,
  queue: LogicalId,
  policy: LogicalId,
): { step: Resource; alarm: Resource } => ({
  step: {
    Type: POLICY,
    Properties: {
      AutoScalingGroupName: group,
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
    },
  },
  alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: queue }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      AlarmActions: [policy],
    },
  },
})
