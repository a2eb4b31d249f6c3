import type { Json, JsonObject, LogicalId, Scenario } from '../../../../model/scenario'

/** What a stream mapping may read. */
export const STREAM = 'AWS::Kinesis::Stream'
export const CONSUMER = 'AWS::Kinesis::StreamConsumer'
export const TABLE = 'AWS::DynamoDB::Table'

/** Of mappings that say where they start, which only streams need. */
export const STREAM_DEFAULTS: { readonly [name: string]: Json } = {
  BatchSize: 100,
  ParallelizationFactor: 1,
  MaximumRetryAttempts: -1,
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  TumblingWindowInSeconds: 0,
}

const typeOf = (id: LogicalId, scenario: Scenario): string => scenario.resources[id]?.Type ?? ''

/** Whether a mapping of this source reads shards. */
export function isStreamSource(id: LogicalId, scenario: Scenario): boolean {
  const type = typeOf(id, scenario)
  return type === STREAM || type === CONSUMER || type === TABLE
}

/** The stream or table behind a source; null for what is none. */
export function streamOf(id: LogicalId, scenario: Scenario): LogicalId | null {
  if (typeOf(id, scenario) !== CONSUMER) return isStreamSource(id, scenario) ? id : null
  const stream = scenario.resources[id]?.Properties?.['StreamARN']
  return typeof stream === 'string' && typeOf(stream, scenario) === STREAM ? stream : null
}

/** Permissions a role needs to read a source, as AWS checks them when the mapping is made (LAM-66), with what is read. */
export function needsOf(id: LogicalId, scenario: Scenario): [action: string, on: LogicalId][] {
  const stream = streamOf(id, scenario)
  const type = typeOf(id, scenario)
  if (stream === null) return []
  if (type === TABLE)
    return ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams'].map((it) => [`dynamodb:${it}`, id])
  const of: [string, LogicalId][] = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListShards'].map((it) => [
    `kinesis:${it}`,
    stream,
  ])
  return type === STREAM ? of : [['kinesis:SubscribeToShard', id], ...of.slice(2)]
}

const DELIVERS: { readonly [type: string]: string } = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::S3::Bucket': 's3:PutObject',
}

/** The target of discarded batches and the call that delivers to it; null without one. */
export function destinationOf(
  properties: JsonObject | undefined,
  scenario: Scenario,
): { readonly to: LogicalId; readonly action: string } | null {
  const failures = (properties?.['DestinationConfig'] as JsonObject | undefined)?.['OnFailure'] as
    JsonObject | undefined
  const to = failures?.['Destination']
  const action = typeof to === 'string' ? DELIVERS[scenario.resources[to]?.Type ?? ''] : undefined
  return typeof to === 'string' && action !== undefined ? { to, action } : null
}
