/** What a table tells about a call. */
export const reasons = {
  'dynamodb.missing': '{resource} has no item under this key. The read returned nothing and still cost half a read unit (DDB-2).',
  'dynamodb.repeated': 'An attribute of {resource} was added to once more: {value} now. Setting it would have given the same result twice.',
} as const
