/** Why a queue did what it did. */
export const reasons = {
  'sqs.hidden':
    '{resource} hides what it handed out for {value} s. What nobody deletes by then becomes visible again (SQS-1).',
  'sqs.delayed': '{resource} holds the message back for {value} s before anyone can receive it (SQS-1).',
  'sqs.reappeared': 'Nobody deleted the message in time. It is visible again; its receive count is {value} (SQS-1).',
  'sqs.extended': 'The messages stay hidden for {value} s from now.',
  'sqs.stale': 'Nothing was deleted: {value} of the messages had become visible and were received again.',
  'sqs.receiptExpired':
    'InvalidParameterValue: the receipt handle has expired. {value} messages of {resource} were visible again and were not deleted (SQS-4).',
  'sqs.deadLettered': 'Received {value} times and not deleted. The next receive moved it to {subject} (SQS-5).',
  'sqs.discarded': 'The mapping gave the message up. {resource} moved it to {subject} (LAM-68).',
  'sqs.expired': 'The message was {value} s old, the retention period of {resource}. It is gone (SQS-1).',
  'sqs.inFlightFull': '{resource} hands out nothing: {value} messages are in flight, the most it allows (SQS-3).',
  'sqs.duplicate':
    '{resource} accepted a message with the same deduplication id less than {value} s ago. This one is not stored (SQS-4).',
  'sqs.noGroup':
    'MissingParameter: {resource} is a FIFO queue and the message has no MessageGroupId. Name one at the sender (SQS-4).',
  'sqs.tooLarge': 'InvalidParameterValue: the message is longer than {value} bytes, the most {resource} takes (SQS-2).',
  'sqs.empty': 'No message came to {resource} within {value} s. The receive returns empty (SQS-6).',
  'sqs.sampled':
    'The short poll asked a part of the servers of {resource} and missed the {value} messages that are visible. Set a receive wait above 0: a long poll asks all (SQS-6).',
  'sqs.overLimit':
    'OverLimit: {value} messages of {resource} are in flight, the most it allows. Delete what is done, or poll long: that returns nothing (SQS-3).',
  'sqs.copyLeft':
    'The message was deleted, but a server of {resource} that was out of reach keeps a copy. It will be received once more: make the work idempotent (SQS-3).',
  'sqs.copySeen':
    'A copy of a deleted message is visible again in {resource}: standard queues deliver at least once (SQS-3).',
  'sqs.overtook':
    'The message overtakes the one that came to {resource} before it: a standard queue only tries to keep the order (SQS-3).',
  'sqs.throttled':
    'ThrottlingException: {resource} takes {value} calls of a kind per second. Send in batches, or set FifoThroughputLimit perMessageGroupId (SQS-4).',
  'sqs.noId':
    'InvalidParameterValue: nothing tells the message from its repeats. Set ContentBasedDeduplication of {resource}: this sender names no MessageDeduplicationId (SQS-4).',
  'sqs.fifoDelay':
    'InvalidParameterValue: {resource} is a FIFO queue, whose messages have no DelaySeconds of their own. Set the delay of the queue (SQS-1).',
  'sqs.moved': 'A move task brought the message to {subject}, with a new receive count (claim 8.15).',
  'sqs.taskRuns': 'UnsupportedOperation: a move task of {resource} is running. One runs at a time.',
  'sqs.wrongDestination':
    'InvalidParameterValue: the destination of the move task of {resource} is no queue of the same type. Name one, or none: messages then go back to their own.',
  'sqs.noDeadLetterQueue':
    'InvalidParameterValue: no queue names {resource} as its dead-letter queue. A move task starts at one that is (SQS-5).',
} as const
