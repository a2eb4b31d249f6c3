/** Why a bucket did what it did. {subject} is the target or the bucket. */
export const reasons = {
  's3.noSuchKey': '{resource} has no object under this key: 404 NoSuchKey. Keys in events are URL-encoded (S3-4).',
  's3.notified': '{resource} tells {subject} of the change (S3-2).',
  's3.unmatched':
    '{resource} tells nobody: event type, prefix and suffix of none of its notifications fit. It has {value} (S3-3).',
  's3.duplicate': '{resource} delivers this notification twice: at least once is what S3 promises (S3-1).',
  's3.retry': '{subject} did not take the notification. {resource} tries again in {value} s.',
  's3.dropped':
    '{subject} did not take the notification after {value} attempts. It is gone; the object is still there.',
} as const
