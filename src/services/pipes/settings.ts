import type { InputSettings } from '../../events/input/target-input'
import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { typeOf } from '../edit'

export const PIPE = 'AWS::Pipes::Pipe'
export const QUEUE = 'AWS::SQS::Queue'
export const STREAM = 'AWS::Kinesis::Stream'
export const TABLE = 'AWS::DynamoDB::Table'
export const BUS = 'AWS::Events::EventBus'
export const FUNCTIONS: readonly string[] = ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version']

/** How a source is read, by its type. `parameters`: where CloudFormation has what belongs to it. */
export const SOURCES: {
  readonly [type: string]: {
    readonly action: string
    readonly iam: readonly string[]
    readonly parameters: string
    readonly most: number
    readonly batch: number
    /** Service whose shards it reads; null: a queue. */
    readonly shards: 'kinesis' | 'dynamodb' | null
  }
} = {
  [QUEUE]: {
    action: 'sqs:ReceiveMessage',
    iam: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    parameters: 'SqsQueueParameters',
    most: 10,
    batch: 10,
    shards: null,
  },
  [STREAM]: {
    action: 'kinesis:GetRecords',
    iam: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream'],
    parameters: 'KinesisStreamParameters',
    most: 10_000,
    batch: 100,
    shards: 'kinesis',
  },
  [TABLE]: {
    action: 'dynamodb:GetRecords',
    iam: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'],
    parameters: 'DynamoDBStreamParameters',
    most: 10_000,
    batch: 100,
    shards: 'dynamodb',
  },
}

/** What it does to a target, by type, and what its role needs for that. */
export const TARGETS: { readonly [type: string]: { readonly action: string; readonly iam: string } } = {
  ...Object.fromEntries(
    FUNCTIONS.map((type) => [type, { action: 'lambda:Invoke', iam: 'lambda:InvokeFunction' }] as const),
  ),
  [QUEUE]: { action: 'sqs:SendMessage', iam: 'sqs:SendMessage' },
  'AWS::SNS::Topic': { action: 'sns:Publish', iam: 'sns:Publish' },
  [BUS]: { action: 'events:PutEvents', iam: 'events:PutEvents' },
  [STREAM]: { action: 'kinesis:PutRecord', iam: 'kinesis:PutRecord' },
  'AWS::KinesisFirehose::DeliveryStream': { action: 'firehose:PutRecord', iam: 'firehose:PutRecord' },
}

export interface PipeSettings {
  readonly id: LogicalId
  readonly running: boolean
  readonly role: LogicalId | null
  readonly source: { readonly id: LogicalId; readonly type: string } | null
  readonly patterns: readonly Json[]
  readonly batchSize: number
  readonly latest: boolean
  /** -1: until the records are gone. */
  readonly maxRetries: number
  /** Seconds; -1: none. */
  readonly maxAge: number
  readonly deadLetter: LogicalId | null
  readonly enrichment: LogicalId | null
  readonly target: { readonly id: LogicalId; readonly type: string; readonly action: string } | null
  /** What a target gets of an event; empty: all of it. */
  readonly input: InputSettings
  /** Of what goes to a bus. */
  readonly detailType: string | null
  readonly eventSource: string | null
  /** Of what goes to a stream: a path or a text. */
  readonly partitionKey: string | null
  /** Of what goes to a FIFO queue. */
  readonly group: string | null
}

/** `<$.body.id>` and the reserved words of pipes, as an input transformer of EventBridge has them. */
export function inputOf(template: string | null): InputSettings {
  if (template === null) return {}
  const InputPathsMap: { [name: string]: string } = {}
  let count = 0
  const InputTemplate = template
    .replaceAll(/<(\$[^<>]*)>/g, (_, path: string) => {
      const name = `value${++count}`
      InputPathsMap[name] = path
      return `<${name}>`
    })
    .replaceAll('<aws.pipes.pipe-name>', '<aws.events.rule-name>')
    .replaceAll('<aws.pipes.event.ingestion-time>', '<aws.events.event.ingestion-time>')
    .replaceAll('<aws.pipes.event>', '<aws.events.event.json>')
  return { InputTransformer: { InputPathsMap, InputTemplate } }
}

export function pipeOf(id: LogicalId, scenario: Scenario): PipeSettings {
  const all = properties(scenario.resources[id]!)
  const found = <T>(name: string, of: { readonly [type: string]: T }) => {
    const to = ref(all[name])
    const type = typeOf(to, scenario) ?? ''
    return to === null || of[type] === undefined ? null : { id: to, type, ...of[type] }
  }
  const source = found('Source', SOURCES)
  const target = found('Target', TARGETS)
  const given = object(all['SourceParameters'])
  const from: JsonObject = object(source === null ? undefined : given[source.parameters])
  const to = object(all['TargetParameters'])
  const of = (name: string): JsonObject => object(to[name])
  const deadLetter = ref(object(from['DeadLetterConfig'])['Arn'])
  const enrichment = ref(all['Enrichment'])
  const waits = text(of('LambdaFunctionParameters')['InvocationType']) !== 'FIRE_AND_FORGET'
  return {
    id,
    running: text(all['DesiredState']) !== 'STOPPED',
    role: ref(all['RoleArn']),
    source: source === null ? null : { id: source.id, type: source.type },
    patterns: list(object(given['FilterCriteria'])['Filters']).flatMap((it) => object(it)['Pattern'] ?? []),
    batchSize: Math.min(source?.most ?? 1, integer(from['BatchSize']) ?? source?.batch ?? 1),
    latest: text(from['StartingPosition']) === 'LATEST',
    maxRetries: integer(from['MaximumRetryAttempts']) ?? -1,
    maxAge: integer(from['MaximumRecordAgeInSeconds']) ?? -1,
    deadLetter: typeOf(deadLetter, scenario) === QUEUE ? deadLetter : null,
    enrichment: FUNCTIONS.includes(typeOf(enrichment, scenario) ?? '') ? enrichment : null,
    target:
      target === null
        ? null
        : {
            id: target.id,
            type: target.type,
            action: target.action === 'lambda:Invoke' && !waits ? 'lambda:InvokeAsync' : target.action,
          },
    input: inputOf(text(to['InputTemplate'])),
    detailType: text(of('EventBridgeEventBusParameters')['DetailType']),
    eventSource: text(of('EventBridgeEventBusParameters')['Source']),
    partitionKey: text(of('KinesisStreamParameters')['PartitionKey']),
    group: text(of('SqsQueueParameters')['MessageGroupId']),
  }
}
