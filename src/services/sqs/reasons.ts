/** Why a queue did what it did. */
export const reasons = {
  'sqs.hidden':
    '{resource} hides what it handed out for {value} s. What nobody deletes by then becomes visible again (SQS-1).',
  'sqs.delayed': '{resource} holds the message back for {value} s before anyone can receive it (SQS-1).',
  'sqs.reappeared': 'Nobody deleted the message in time. It is visible again, after {value} receives (SQS-1).',
  'sqs.extended': 'The messages stay hidden for {value} s from now.',
  'sqs.stale': 'Nothing was deleted: {value} of the messages had become visible and were received again.',
  'sqs.deadLettered': 'Received {value} times and not deleted. The next receive moved it to {subject} (SQS-5).',
  'sqs.expired': 'The message was {value} s old, the retention period of {resource}. It is gone (SQS-1).',
  'sqs.inFlightFull': '{resource} hands out nothing: {value} messages are in flight, the most it allows (SQS-3).',
} as const
