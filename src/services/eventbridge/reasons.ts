/** Why a bus did what it did. {subject} is the rule or the target. */
export const reasons = {
  'eventbridge.matched': '{subject} matched the event. Targets that get a copy: {value} (EB-2).',
  'eventbridge.scheduled': 'It is time for {subject}. Targets that get its event: {value} (EB-65).',
  'eventbridge.unmatched': '{resource} has {value} enabled rules and none matched the event. It is gone.',
  'eventbridge.retry': '{subject} did not take the event. {resource} tries again in {value} s (EB-8).',
  'eventbridge.deadLettered': 'Delivery given up after {value} attempts. The event goes to {subject} (EB-10).',
  'eventbridge.dropped':
    'Delivery given up after {value} attempts. {subject} has no dead-letter queue, so the event is gone (EB-9).',
  'eventbridge.deadLetterFailed': '{subject} did not take the event that could not be delivered. It is gone.',
} as const
