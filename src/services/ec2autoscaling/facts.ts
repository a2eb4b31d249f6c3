import type { FactTable } from '../../model/facts'

const AS_OF = '2026-11-21'

export const facts = {
  boot: {
    key: 'ec2autoscaling.boot',
    title: 'From the launch of an instance until its worker is in service',
    unit: 's',
    value: { teaching: 90, 'aws-2026-11': { lognormal: { p50: 90, p90: 120 } } },
    rows: ['ASG-4'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 0, max: 900 },
  },
  cooldown: {
    key: 'ec2autoscaling.cooldown',
    title: 'Default cooldown of a group',
    unit: 's',
    value: { teaching: 300 },
    rows: ['ASG-1'],
    confidence: 'verified',
    asOf: AS_OF,
  },
  outPoints: {
    key: 'ec2autoscaling.outPoints',
    title: 'Data points of a minute above the target before a group scales out',
    unit: 'count',
    value: { teaching: 3 },
    rows: ['SQS-10'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 1, max: 60 },
  },
  inPoints: {
    key: 'ec2autoscaling.inPoints',
    title: 'Data points of a minute below the scale-in threshold before a group scales in',
    unit: 'count',
    value: { teaching: 15 },
    rows: ['SQS-10'],
    confidence: 'assumed',
    asOf: AS_OF,
    configurable: { min: 1, max: 60 },
  },
  inShare: {
    key: 'ec2autoscaling.inShare',
    title: 'Scale-in threshold of a group as a share of its target',
    unit: 'ratio',
    value: { teaching: 0.9 },
    rows: ['SQS-10'],
    confidence: 'assumed',
    asOf: AS_OF,
  },
  leastBilled: {
    key: 'ec2autoscaling.leastBilled',
    title: 'Time an instance is paid for at least',
    unit: 's',
    value: { teaching: 60 },
    rows: ['ASG-4'],
    confidence: 'verified',
    asOf: AS_OF,
  },
} as const satisfies FactTable
