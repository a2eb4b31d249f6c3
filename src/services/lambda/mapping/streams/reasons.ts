/** Why stream mappings did what they did. */
export const streamReasons = {
  'lambda.shardBatch': 'The next {value} records go to the function as one batch, in order (STR-ESM-1, STR-ESM-2).',
  'lambda.shardBlocked':
    'The batch failed. It is tried again in {value} s, and until then it blocks what comes after it (STR-ESM-3, STR-ESM-4).',
  'lambda.shardHeld':
    'The function was not free. The batch is offered again in {value} s and loses no retry (STR-ESM-3).',
  'lambda.shardBisected':
    'The batch failed and is split: its first {value} records go alone, the others after them. That takes no retry (STR-ESM-5).',
  'lambda.shardCheckpoint':
    'The handler reported failures. {value} records before the lowest of them are done, and the batch goes on from there (STR-ESM-6).',
  'lambda.shardResponseInvalid':
    'The response names no record of this batch as failed. The whole batch counts as failed (STR-ESM-6).',
  'lambda.recordsFiltered': '{value} records do not match the filter of {resource} and are skipped (ESM-4).',
  'lambda.recordsExhausted': 'No retry is left. {value} records are discarded: RetryAttemptsExhausted (STR-ESM-3).',
  'lambda.recordsTooOld':
    '{value} records are older than MaximumRecordAgeInSeconds and are discarded: RecordAgeExceeded (STR-ESM-3).',
  'lambda.recordsExpired':
    'The stream no longer keeps {value} records that were still to be delivered. They are lost (STR-ESM-4). Limit the retries and name an on-failure destination.',
  'lambda.recordsToDestination': 'What is known of the discarded batch goes to {subject} (STR-ESM-7).',
  'lambda.recordsUndelivered':
    '{subject} did not take what is known of the discarded batch. The role of the function may lack the permission (STR-ESM-7).',
  'lambda.recordsLost':
    '{resource} has no on-failure destination: nothing says which records were discarded (STR-ESM-7). Name one.',
  'lambda.readThrottled': 'The shard was read too often or too fast. It is read again at the next turn (KIN-1).',
  'lambda.windowOver': 'The tumbling window of {value} s is over: the function is invoked a last time (STR-ESM-8).',
  'lambda.windowCut': 'The state is over 1 MB. The tumbling window ends early (STR-ESM-8).',
} as const
