/** What a stream tells about a call. */
export const reasons = {
  'kinesis.tooManyRecords':
    'ProvisionedThroughputExceededException: this shard of {resource} has taken {value} records in this second, the most it takes. Other keys may go to other shards (KIN-1).',
  'kinesis.tooManyBytes':
    'ProvisionedThroughputExceededException: with this record a shard of {resource} would take more than {value} bytes in this second. Add shards, or send less under this key (KIN-1).',
  'kinesis.failedRecords':
    'PutRecords answers 200, and {value} of its records were refused all the same. Whoever does not look at FailedRecordCount loses them (KIN-7).',
  'kinesis.readThrottled':
    'ProvisionedThroughputExceededException: shard {value} of {resource} is read too often or too much. A shard gives 5 calls and 2 MB a second to all its readers together (KIN-1).',
} as const
