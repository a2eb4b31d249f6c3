/** Why an alarm is in its state. {subject} is the resource whose metric it watches. */
export const reasons = {
  'cloudwatch.alarm': '{resource} is in ALARM: the metric of {subject} is {value}, beyond the threshold.',
  'cloudwatch.ok': '{resource} is OK again: the metric of {subject} is {value}.',
} as const
