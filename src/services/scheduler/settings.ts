import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, object, properties, ref, text } from '../../network/read'
import { typeOf } from '../edit'

export const SCHEDULE = 'AWS::Scheduler::Schedule'
export const QUEUE = 'AWS::SQS::Queue'

const INVOKE = { action: 'lambda:InvokeAsync', iam: 'lambda:InvokeFunction' }

/** What a schedule calls, by the target's type, and the permission its role needs (EB-66). */
const TARGETS: { readonly [type: string]: { readonly action: string; readonly iam: string } } = {
  'AWS::Lambda::Function': INVOKE,
  'AWS::Lambda::Alias': INVOKE,
  'AWS::Lambda::Version': INVOKE,
  [QUEUE]: { action: 'sqs:SendMessage', iam: 'sqs:SendMessage' },
  'AWS::SNS::Topic': { action: 'sns:Publish', iam: 'sns:Publish' },
  'AWS::Kinesis::Stream': { action: 'kinesis:PutRecord', iam: 'kinesis:PutRecord' },
  'AWS::KinesisFirehose::DeliveryStream': { action: 'firehose:PutRecord', iam: 'firehose:PutRecord' },
  'AWS::Events::EventBus': { action: 'events:PutEvents', iam: 'events:PutEvents' },
}

/** Targets whose input has to be JSON. */
export const TAKES_JSON = ['lambda:InvokeAsync', 'events:PutEvents']

/** How a schedule calls a resource; null: it cannot. */
export const callOf = (id: LogicalId | null, scenario: Scenario) => TARGETS[typeOf(id, scenario) ?? ''] ?? null

export interface TargetSettings {
  readonly id: LogicalId
  readonly action: string
  readonly iam: string
  readonly role: LogicalId | null
  /** Text the target gets; null: what AWS sends by itself. */
  readonly input: string | null
  readonly maxRetries: number
  /** Seconds. */
  readonly maxAge: number
  readonly deadLetter: LogicalId | null
  /** Message group of a FIFO queue, partition key of a stream. */
  readonly group: string | null
  /** Envelope of an event on a bus. */
  readonly event: { readonly source: string; readonly detailType: string } | null
}

export interface ScheduleSettings {
  readonly id: LogicalId
  readonly expression: string
  readonly zone: string
  /** Length of the flexible window (min), 0 when it is off. */
  readonly window: number
  readonly start: string | null
  readonly end: string | null
  readonly enabled: boolean
  readonly target: TargetSettings | null
}

export const targetEntry = (schedule: Resource): JsonObject => object(properties(schedule)['Target'])

export function scheduleOf(id: LogicalId, scenario: Scenario): ScheduleSettings {
  const resource = scenario.resources[id]!
  const from = properties(resource)
  const window = object(from['FlexibleTimeWindow'])
  return {
    id,
    expression: text(from['ScheduleExpression']) ?? '',
    zone: text(from['ScheduleExpressionTimezone']) ?? 'UTC',
    window: text(window['Mode']) === 'FLEXIBLE' ? (integer(window['MaximumWindowInMinutes']) ?? 0) : 0,
    start: text(from['StartDate']),
    end: text(from['EndDate']),
    enabled: text(from['State']) !== 'DISABLED',
    target: targetOf(targetEntry(resource), scenario),
  }
}

/** Null when it is nothing a schedule of this sandbox can call. */
function targetOf(entry: JsonObject, scenario: Scenario): TargetSettings | null {
  const id = ref(entry['Arn'])
  const call = callOf(id, scenario)
  if (id === null || call === null) return null
  const retry = object(entry['RetryPolicy'])
  const deadLetter = ref(object(entry['DeadLetterConfig'])['Arn'])
  const event = object(entry['EventBridgeParameters'])
  const source = text(event['Source'])
  const detailType = text(event['DetailType'])
  return {
    id,
    ...call,
    role: ref(entry['RoleArn']),
    input: text(entry['Input']),
    maxRetries: integer(retry['MaximumRetryAttempts']) ?? 185,
    maxAge: integer(retry['MaximumEventAgeInSeconds']) ?? 86_400,
    deadLetter: typeOf(deadLetter, scenario) === QUEUE ? deadLetter : null,
    group:
      text(object(entry['SqsParameters'])['MessageGroupId']) ??
      text(object(entry['KinesisParameters'])['PartitionKey']),
    event: source === null || detailType === null ? null : { source, detailType },
  }
}
