/** Why provisioned concurrency was changed. {subject} is the version or alias. */
export const reasons = {
  'autoscaling.out':
    'The utilisation of {subject} was above the target of {resource} for 3 minutes running: {value} are provisioned now (LAM-50).',
  'autoscaling.in':
    'The utilisation of {subject} stayed below 90 % of the target of {resource}: {value} are provisioned now (LAM-50).',
  'autoscaling.atMax':
    'The utilisation of {subject} is above the target of {resource}, and it has the maximum capacity: {value}. Raise MaxCapacity.',
  'autoscaling.scheduled': 'A scheduled action of {resource} is due: capacity {value} at least from now on (LAM-50).',
  'autoscaling.limits': '{subject} was outside the limits of {resource}: {value} are provisioned now.',
} as const
