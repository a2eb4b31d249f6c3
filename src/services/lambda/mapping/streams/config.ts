import type { Json, JsonObject, LogicalId, Scenario } from '../../../../model/scenario'
import { toMicros } from '../../../../model/units'
import type { ServiceContext } from '../../../service'
import { functionOf, functionProperty, LATEST, versionsOf } from '../config'
import { filterOf, type Filter } from '../filter'
import { jsonBytes, RUN_BEGINS, type StreamSource } from './events'
import { destinationOf, isStreamSource, streamOf, TABLE } from './source'

/** A stream mapping as the run needs it; rebuilt whole when a `set` intervention changes it. Times in µs. */
export interface StreamMapping {
  readonly id: LogicalId
  readonly resource: number
  /** `kinesis` or `dynamodb`: prefix of the topics. */
  readonly service: 'kinesis' | 'dynamodb'
  /** Index of the stream or table, and of what is read: the stream, the table or a consumer. */
  readonly stream: number
  readonly source: number
  /** Records are pushed (enhanced fan-out). */
  readonly pushed: boolean
  /** Time between two polls. */
  readonly period: number
  /** Wires of the mapping; `send` is -1 without a destination. */
  readonly read: number
  readonly invoke: number
  readonly send: number
  readonly destination: number
  /** The destination gets the records too (S3). */
  readonly whole: boolean
  readonly enabled: boolean
  readonly starts: 'oldest' | 'latest' | 'time'
  /** Records that arrived before are passed over. */
  readonly startsAt: number
  readonly batchSize: number
  readonly window: number
  readonly mostBytes: number
  readonly factor: number
  readonly maxRetries: number
  readonly maxAge: number
  readonly bisects: boolean
  readonly reports: boolean
  /** Tumbling window, 0 without one. */
  readonly tumbling: number
  readonly filter: Filter | null
  /** What the handler returns as `state`, null without; whether it is over its limit. */
  readonly state: Json
  readonly stateTooLarge: boolean
  readonly fn: LogicalId
  readonly says: StreamSource
  readonly provisioned: null
}

const ACCOUNT = 'us-east-1:123456789012'

const number = (value: Json | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)
/** -1 means without end. */
const endless = (value: Json | undefined): number => (typeof value === 'number' && value >= 0 ? value : Infinity)

export function readStreamMapping(context: ServiceContext, id: LogicalId): StreamMapping {
  const scenario = context.scenario()
  const properties = context.properties(id)
  const source = String(properties['EventSourceArn'])
  const stream = streamOf(source, scenario) ?? source
  const service = scenario.resources[stream]?.Type === TABLE ? 'dynamodb' : 'kinesis'
  const pushed = source !== stream
  const callee = String(properties['FunctionName'])
  const fn = functionOf(callee, scenario)
  const role = functionProperty(callee, 'Role', scenario)
  const permitted = { role: typeof role === 'string' ? role : null, network: false }
  const to = destinationOf(properties, scenario)
  const action = pushed ? 'kinesis:SubscribeToShard' : `${service}:GetRecords`
  const position = properties['StartingPosition']
  const responses = properties['FunctionResponseTypes']
  const response = context.behavior(fn)['response']
  const state = (typeof response === 'object' && response !== null ? (response as JsonObject)['state'] : null) ?? null
  const polls = context.number(service === 'kinesis' ? 'lambda.pollsKinesis' : 'lambda.pollsDynamodb')
  return {
    id,
    resource: context.index(id),
    service,
    stream: context.index(stream),
    source: context.index(source),
    pushed,
    period: toMicros(1 / polls),
    read: context.calls.wire(id, source, action, permitted),
    invoke: context.calls.wire(id, callee, 'lambda:Invoke', { role: null, network: false }),
    send: to === null ? -1 : context.calls.wire(id, to.to, to.action, permitted),
    destination: to === null ? -1 : context.index(to.to),
    whole: to?.action === 's3:PutObject',
    enabled: properties['Enabled'] !== false,
    starts: position === 'LATEST' ? 'latest' : position === 'AT_TIMESTAMP' ? 'time' : 'oldest',
    startsAt:
      position === 'AT_TIMESTAMP' ? toMicros(number(properties['StartingPositionTimestamp'], 0) - RUN_BEGINS) : 0,
    batchSize: number(properties['BatchSize'], 100),
    window: toMicros(number(properties['MaximumBatchingWindowInSeconds'], 0)),
    mostBytes: context.number('lambda.batchPayload') * 1024 * 1024,
    factor: number(properties['ParallelizationFactor'], 1),
    maxRetries: endless(properties['MaximumRetryAttempts']),
    maxAge: toMicros(endless(properties['MaximumRecordAgeInSeconds'])),
    bisects: properties['BisectBatchOnFunctionError'] === true,
    reports: Array.isArray(responses) && responses.includes('ReportBatchItemFailures'),
    tumbling: toMicros(number(properties['TumblingWindowInSeconds'], 0)),
    filter: filterOf(properties['FilterCriteria'], source, service),
    state,
    stateTooLarge: jsonBytes(state) > context.number('lambda.tumblingState') * 1024 * 1024,
    fn,
    says: saysOf(context, callee, fn, stream, service, typeof role === 'string' ? role : ''),
    provisioned: null,
  }
}

/** Names as AWS writes them in events and records. */
export function saysOf(
  context: ServiceContext,
  callee: LogicalId,
  fn: LogicalId,
  stream: LogicalId,
  service: StreamMapping['service'],
  role: LogicalId,
): StreamSource {
  const { resources } = context.scenario()
  const name = (id: LogicalId, property: string): string => String(resources[id]?.Properties?.[property] ?? id)
  const called = resources[callee]
  const alias = called?.Properties?.['FunctionVersion']
  const version = versionsOf(context.scenario(), fn).find(({ id }) => id === (alias ?? callee))?.number
  const qualifier = alias === undefined ? version : (called?.Properties?.['Name'] ?? 'live')
  return {
    service,
    functionArn: `arn:aws:lambda:${ACCOUNT}:function:${name(fn, 'FunctionName')}${callee === fn ? '' : `:${String(qualifier)}`}`,
    version: callee === fn || version === undefined ? LATEST : String(version),
    streamArn:
      service === 'kinesis'
        ? `arn:aws:kinesis:${ACCOUNT}:stream/${name(stream, 'Name')}`
        : `arn:aws:dynamodb:${ACCOUNT}:table/${name(stream, 'TableName')}/stream/2026-11-20T00:00:00.000`,
    role: `arn:aws:iam::123456789012:role/${name(role, 'RoleName')}`,
  }
}

/** Mappings of streams among all; the others are those of queues. */
export const isStreamMapping = (id: LogicalId, scenario: Scenario): boolean =>
  isStreamSource(String(scenario.resources[id]?.Properties?.['EventSourceArn']), scenario)
