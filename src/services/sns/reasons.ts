/** Why a topic did what it did. {subject} is the subscription or the dead-letter queue. */
export const reasons = {
  'sns.fannedOut': '{resource} gives every subscription that wants the message a copy: {value} (SNS-1).',
  'sns.filteredOut': 'The filter policy of {subject} does not let the message through (SNS-6).',
  'sns.nobody': 'Nobody is subscribed to {resource} who wants the message. It is gone.',
  'sns.tooLarge': 'The message has {value} bytes; SNS takes 262,144 (SNS-1).',
  'sns.noRole':
    '{subject} cannot be delivered to: a delivery stream needs SubscriptionRoleArn. Add a role that may put records.',
  'sns.noGroup':
    '{resource} is a FIFO topic and takes no message without a message group. Set MessageGroupId on whoever publishes.',
  'sns.duplicate':
    '{resource} had a message with this deduplication id within the last {value} s: it takes this one and delivers it to nobody.',
  'sns.retry': '{subject} did not take the message. {resource} tries again in {value} s (SNS-2).',
  'sns.deadLettered': 'Delivery given up after {value} attempts. The message goes to {subject} (SNS-5).',
  'sns.dropped':
    'Delivery given up after {value} attempts. {subject} has no dead-letter queue, so the message is gone (SNS-5).',
  'sns.deadLetterFailed': '{subject} did not take the message that could not be delivered. It is gone.',
} as const
