/** {resource} is the pipe. */
export const reasons = {
  'pipes.batch': '{resource} takes a batch from {subject}. Events: {value}.',
  'pipes.filtered': '{resource} drops what does not match its filter. Events: {value}. They are not paid for.',
  'pipes.refused': '{resource} could not read {subject}. It tries again in {value} s. Check its role.',
  'pipes.enriched': '{subject} made {value} events of the batch of {resource}.',
  'pipes.failed': '{subject} did not take the batch of {resource}. Attempts so far: {value}.',
  'pipes.returned':
    '{resource} gives the batch back: {subject} hands out its messages again when they are visible. Messages: {value}.',
  'pipes.retries': '{resource} tries the same batch of {subject} again in {value} s. What follows in the shard waits.',
  'pipes.discarded': '{resource} gives up events of {subject}: {value}. They have no dead-letter queue.',
  'pipes.deadLettered': '{resource} gives up events, and tells {subject} where they are: {value}.',
  'pipes.untold': '{subject} did not take what {resource} has given up.',
} as const
