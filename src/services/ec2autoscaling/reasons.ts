/** Why a group changed its size, and what became of its work. {subject} is the group, of what a worker did the instance. */
export const reasons = {
  'ec2autoscaling.out':
    'The metric of {resource} was above its target for 3 minutes running: {subject} wants {value} instances now (SQS-10).',
  'ec2autoscaling.in':
    'The metric of {resource} stayed below 90 % of its target: {subject} wants {value} instances now (SQS-10).',
  'ec2autoscaling.atMax':
    'The metric of {resource} is above its target, and {subject} has as many instances as it may: {value}. Raise MaxSize.',
  'ec2autoscaling.step': 'An alarm called {resource}: {subject} wants {value} instances now (ASG-1).',
  'ec2autoscaling.cooldown':
    'An alarm called {resource}, which rests for another {value} s: simple scaling waits for its cooldown (ASG-1).',
  'ec2autoscaling.sizes': '{subject} wants {value} instances: its own sizes say so (ASG-1).',
  'ec2autoscaling.scheduled': 'The scheduled action {resource} is due: {subject} wants {value} instances now (ASG-1).',
  'ec2autoscaling.poison': 'The worker cannot process the message, which it received for the {value}. time.',
  'ec2autoscaling.callFailed':
    'The call after the work failed. The worker does not delete the message: it comes again after its visibility timeout (SQS-1).',
  'ec2autoscaling.interrupted':
    'The instance was terminated with {value} messages in hand. Nobody deletes them: they come again after their visibility timeout. Add a life cycle hook (ASG-2).',
} as const
