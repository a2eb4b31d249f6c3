/** {resource} is the bus. */
export const customReasons = {
  'eventbridge.caughtUp': '{subject} starts, or goes on: events that {resource} kept for it: {value} (EB-N).',
  'eventbridge.duplicate':
    '{resource} drops the event: it had one with the same deduplication id in the last {value} s (EB-N).',
  'eventbridge.inOrder':
    'The event waits: {subject} gets events of one group one after the other. Waiting: {value} (EB-N).',
} as const
