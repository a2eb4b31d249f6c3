import { streamReasons } from './streams/reasons'

/** Why event source mappings did what they did. */
export const mappingReasons = {
  'lambda.batch': 'A poller hands over a batch of {value} (ESM-2).',
  'lambda.batchHeld': '{resource} refused the batch. The poller keeps it and asks again in {value} s (SQS-ESM-8).',
  'lambda.batchReleased': 'The batch is let go. Its messages reappear when the visibility timeout is over (SQS-ESM-6).',
  'lambda.batchPartlyFailed':
    'The handler reported {value} messages as failed. They reappear when the visibility timeout is over; the others are deleted (SQS-ESM-7).',
  'lambda.batchResponseInvalid':
    'The response of the handler is no batch response. The whole batch counts as failed (SQS-ESM-7).',
  'lambda.batchDropped':
    'The batch went round too often and is given up: to the dead-letter queue if there is one, else it is gone (LAM-68).',
  'lambda.batchSplit': 'The batch is over 6 MB. {value} messages go first, the others in the next batch (ESM-2).',
  'lambda.filteredOut': '{value} messages do not match the filter of {resource}. They are deleted (ESM-4).',
  'lambda.pollerBacksOff': 'The batch failed. This poller pauses for {value} s (SQS-ESM-8).',
  'lambda.pollersAdded': 'Unbroken backlog. {value} pollers now (SQS-ESM-3).',
  'lambda.pollersProvisioned': 'Backlog. {value} provisioned pollers now, each good for 10 invokes (SQS-ESM-5).',
  'lambda.pollersGone': 'The queue is empty. Back to {value} pollers (SQS-ESM-3).',
  'lambda.pollersIdle': 'No messages for long. {value} pollers keep watch (SQS-ESM-3).',
  ...streamReasons,
} as const
