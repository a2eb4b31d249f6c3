/** What a table tells about a call. */
export const reasons = {
  'dynamodb.missing':
    '{resource} has no item under this key. The read returned nothing and still cost half a read unit (DDB-2).',
  'dynamodb.once':
    '{resource} wrote nothing: this event has written the item before, and the idempotency key says so. The write unit is paid for all the same (INV-8).',
  'dynamodb.added': 'The update added to a number in {resource}: {value} now. The same update made twice counts twice.',
  'dynamodb.streamThrottled':
    'A shard of the stream of {resource} is read more than {value} times in this second. Two readers at most: let one function hand on what the others need (DDB-13).',
} as const
