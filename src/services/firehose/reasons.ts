export const reasons = {
  'firehose.flushedBySize': '{resource} delivers {value} records: its buffer has reached its size (KIN-9).',
  'firehose.flushedByTime':
    '{resource} delivers {value} records: the first of them has waited for the whole interval (KIN-9).',
  'firehose.transforming': '{resource} calls {subject} with {value} records and waits for the answer (INV-15).',
  'firehose.transformRetry': '{subject} did not transform the records. {resource} calls it again in {value} s.',
  'firehose.transformFailed':
    '{subject} did not transform the records in {value} calls. {resource} writes them to processing-failed in its bucket, as they came.',
  'firehose.deliveryRetry': '{resource} could not write to {subject} and tries again in {value} s.',
  'firehose.deliveryDropped':
    '{resource} could not write to its bucket for as long as it tries, {value} times. The records are lost. Check its role and the bucket.',
  'firehose.noDestination': '{resource} has no bucket to deliver to: its records are lost. Draw a wire to a bucket.',
  'firehose.reads':
    '{resource} refuses the record: it reads a stream, and nothing can be put to it. Put to that stream, or set the type DirectPut.',
  'firehose.tooLarge':
    '{resource} refuses the record: it has {value} bytes, and 1,024,000 are the most. Put the content into a bucket and send its key.',
  'firehose.readThrottled': '{resource} may not read {subject} faster: other readers take their part (KIN-1).',
  'firehose.readDenied': 'The role of {resource} may not read {subject}. Grant it kinesis:GetRecords.',
} as const
