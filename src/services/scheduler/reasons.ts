/** Why a schedule did what it did. {subject} is the target or the dead-letter queue. */
export const reasons = {
  'scheduler.fired': 'It is time for {resource}. It calls {subject} (EB-66).',
  'scheduler.flexible': 'It is time for {resource}, {value} s into its flexible window. It calls {subject} (EB-66).',
  'scheduler.retry': '{subject} did not take the call. {resource} tries again in {value} s (EB-66).',
  'scheduler.deadLettered': 'Given up after {value} attempts. The input goes to {subject} (EB-66).',
  'scheduler.dropped': 'Given up after {value} attempts. {resource} has no dead-letter queue, so the input is gone.',
  'scheduler.deadLetterFailed': '{subject} did not take the input of the call that failed. It is gone.',
} as const
