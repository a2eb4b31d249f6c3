/**
 * The mapping table of ../shared/conformance/lambda-behaviour: how a case's setup and stimulus become a scenario document, and how each
 * of its expectations is asked. Everything is read from the case's parameters, so that cases of the same kind with other numbers need no
 * other code.
 */
import type { Json, JsonObject, Resource } from '../model/scenario'
import type { MetricQuery } from './parse-queries'

export interface Case {
  readonly id: string
  readonly area: string
  readonly setup: JsonObject
  readonly stimulus: JsonObject
  readonly expect: readonly JsonObject[]
  readonly note?: string
}

const STREAMS = ['Kinesis ESM', 'DynamoDB ESM']

type Resources = { [id: string]: Resource }
const number = (from: JsonObject, ...names: string[]): number | undefined => {
  for (const name of names) if (typeof from[name] === 'number') return from[name]
  return undefined
}
const defined = (object: { [key: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined))

const ROLE: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
      },
    ],
  },
}

/** What the case's function throws; the recordings are of Python. */
const THROWN = { type: 'Exception', message: 'intentional failure' }

const isMapping = ({ area }: Case): boolean => area === 'SQS ESM'
const isStream = ({ area }: Case): boolean => STREAMS.includes(area)
const isFifo = ({ setup }: Case): boolean => setup['fifo'] === true || String(setup['queue'] ?? '').startsWith('FIFO')

function stepsOf({ setup, stimulus }: Case): JsonObject[] {
  const steps: JsonObject[] = []
  const lasts = number(setup, 'durationSeconds', 'functionDurationSeconds')
  if (lasts !== undefined) steps.push({ wait: lasts })
  if (setup['functionAlwaysFails'] === true || setup['functionThrows'] === true) steps.push({ fail: THROWN })
  const first = number(setup, 'failFirstN')
  if (first !== undefined) steps.push({ fail: { ...THROWN, attempts: Array.from({ length: first }, (_, i) => i + 1) } })
  if (setup['failAttempts'] !== undefined)
    steps.push({ wait: 0, perMessage: true }, { fail: { ...THROWN, field: 'failAttempts' }, perMessage: true })
  // one event that says success and one that says failure
  if (Array.isArray(stimulus['invocations'])) steps.push({ fail: { ...THROWN, poison: true } })
  return steps
}

function functionOf(it: Case): Resource {
  const { setup } = it
  const hidden = number(setup, 'visibilityTimeout')
  const lasts = number(setup, 'durationSeconds', 'functionDurationSeconds') ?? 0
  const timeout = number(setup, 'functionTimeout', 'timeoutSeconds') ?? Math.min(hidden ?? 30, Math.max(3, lasts + 5))
  return {
    Type: 'AWS::Lambda::Function',
    Properties: defined({
      Role: 'Role',
      Runtime: 'python3.13',
      Timeout: timeout,
      ReservedConcurrentExecutions: number(setup, 'reservedConcurrency'),
    }),
    Behavior: defined({
      steps: stepsOf(it),
      initFails: setup['initFails'] === true ? 'Runtime.Unknown' : undefined,
      response: setup['response'],
      reportFailures: setup['failAttempts'] === undefined ? undefined : true,
    }),
  }
}

/** Destinations and retries of asynchronous events; a bus keeps what it gets in a queue. */
function asynchronous({ setup }: Case): Resources {
  const found: Resources = {}
  const destination = (name: string): JsonObject | undefined => {
    const kind = setup[name]
    if (kind === undefined) return undefined
    if (kind === 'SQS') {
      found['Destination'] = { Type: 'AWS::SQS::Queue' }
      return { Destination: 'Destination' }
    }
    found['Bus'] = { Type: 'AWS::Events::EventBus', Properties: { Name: 'results' } }
    found['Destination'] = { Type: 'AWS::SQS::Queue' }
    found['Kept'] = {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        EventPattern: { source: ['lambda'] },
        Targets: [{ Id: 'Kept', Arn: 'Destination' }],
      },
    }
    return { Destination: 'Bus' }
  }
  const destinations = defined({ OnSuccess: destination('onSuccess'), OnFailure: destination('onFailure') })
  found['Config'] = {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: defined({
      FunctionName: 'Fn',
      MaximumRetryAttempts: number(setup, 'maximumRetryAttempts'),
      MaximumEventAgeInSeconds: number(setup, 'maximumEventAgeInSeconds'),
      DestinationConfig: Object.keys(destinations).length === 0 ? undefined : destinations,
    }),
  }
  return found
}

function mapping(it: Case): Resources {
  const { setup } = it
  const receives = number(setup, 'maxReceiveCount')
  const batch = number(setup, 'batchSize')
  return {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: defined({
        FifoQueue: isFifo(it) ? true : undefined,
        VisibilityTimeout: number(setup, 'visibilityTimeout'),
        RedrivePolicy: receives === undefined ? undefined : { deadLetterTargetArn: 'Dead', maxReceiveCount: receives },
      }),
    },
    ...(receives === undefined
      ? {}
      : { Dead: { Type: 'AWS::SQS::Queue', Properties: isFifo(it) ? { FifoQueue: true } : {} } }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: defined({
        EventSourceArn: 'Queue',
        FunctionName: 'Fn',
        BatchSize: batch,
        MaximumBatchingWindowInSeconds: number(setup, 'batchWindow') ?? ((batch ?? 0) > 10 ? 1 : undefined),
        FunctionResponseTypes: setup['functionResponseTypes'],
      }),
    },
  }
}

/** Retries of the recordings with a destination whose case leaves them out. */
const RETRIES = 1

/** A stream of Kinesis or of a table, its mapping, and a client for each record. */
function stream(it: Case): Resources {
  const { setup, stimulus } = it
  const kinesis = it.area === 'Kinesis ESM'
  // what is asked of a destination needs one, also where the case does not name it
  const told = setup['onFailure'] ?? (it.expect.some(({ metric }) => metric === 'condition') ? 'SQS' : undefined)
  const failures = told === undefined ? undefined : { OnFailure: { Destination: 'Destination' } }
  const age = number(setup, 'maximumRecordAgeInSeconds')
  const retries = setup['maximumRetryAttempts'] ?? (told !== undefined && age === undefined ? RETRIES : undefined)
  return {
    Stream: kinesis
      ? { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } }
      : { Type: 'AWS::DynamoDB::Table', Properties: { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } } },
    ...(failures === undefined ? {} : { Destination: { Type: told === 'S3' ? 'AWS::S3::Bucket' : 'AWS::SQS::Queue' } }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: defined({
        EventSourceArn: 'Stream',
        FunctionName: 'Fn',
        StartingPosition: setup['startingPosition'] ?? 'TRIM_HORIZON',
        BatchSize: number(setup, 'batchSize'),
        MaximumRetryAttempts: typeof retries === 'number' ? retries : undefined,
        MaximumRecordAgeInSeconds: age,
        // a record that is older than the limit when the mapping begins
        Enabled: setup['recordAgeAtStart'] === undefined ? undefined : false,
        FunctionResponseTypes: setup['functionResponseTypes'],
        DestinationConfig: failures,
      }),
    },
    ...Object.fromEntries(
      Array.from({ length: number(stimulus, 'records') ?? 1 }, (_, i): [string, Resource] => [
        `Sender${i + 1}`,
        {
          Type: 'Coldstart::Client',
          Behavior: {
            traffic: { pattern: 'once', at: 0 },
            call: kinesis ? 'kinesis:PutRecord' : 'dynamodb:PutItem',
            to: 'Stream',
            body: { key: `${i + 1}` },
          },
        },
      ]),
    ),
  }
}

/** A client for each message, in their order: ids sort. */
function senders(it: Case): Resources {
  const count = number(it.stimulus, 'messages') ?? 0
  const fails = it.setup['failAttempts'] as number[] | undefined
  return Object.fromEntries(
    Array.from({ length: count }, (_, i): [string, Resource] => [
      `Sender${String(i + 1).padStart(3, '0')}`,
      {
        Type: 'Coldstart::Client',
        Behavior: defined({
          traffic: { pattern: 'once', at: 0 },
          call: 'sqs:SendMessage',
          to: 'Queue',
          body: { n: i + 1, ...(fails === undefined ? {} : { failAttempts: fails[i] ?? 0 }) },
          group: isFifo(it) ? 'g1' : undefined,
        }),
      },
    ]),
  )
}

function invokers({ setup, stimulus }: Case, to: string): Resources {
  const { invocations } = stimulus
  const asynchronously = (setup['invocationType'] ?? stimulus['invocationType'] ?? 'Event') === 'Event'
  const list = Array.isArray(invocations)
    ? invocations.map(String)
    : Array.from({ length: typeof invocations === 'number' ? invocations : 1 }, () => 'event')
  return Object.fromEntries(
    list.map((mode, i): [string, Resource] => [
      `Caller${i + 1}`,
      {
        Type: 'Coldstart::Client',
        Behavior: {
          traffic: { pattern: 'once', at: 0 },
          call: asynchronously ? 'lambda:InvokeAsync' : 'lambda:Invoke',
          to,
          body: { mode },
          ...(mode === 'failure' ? { poison: [1] } : {}),
        },
      },
    ]),
  )
}

/** The document of a case. `change` edits what setup says, for cases that try several. */
export function documentOf(it: Case, change: JsonObject = {}): JsonObject {
  const changed: Case = { ...it, setup: { ...it.setup, ...change } }
  const provisioned = number(changed.setup, 'provisionedConcurrency')
  const resources: Resources = {
    Role: ROLE,
    Fn: functionOf(changed),
    ...(isStream(it)
      ? stream(changed)
      : isMapping(it)
        ? { ...mapping(changed), ...senders(changed) }
        : asynchronous(changed)),
    ...(provisioned === undefined
      ? {}
      : {
          V1: {
            Type: 'AWS::Lambda::Version',
            Properties: {
              FunctionName: 'Fn',
              ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned },
            },
          },
        }),
    ...(isMapping(it) || isStream(it) ? {} : invokers(changed, 'Fn')),
  }
  const age = number(changed.setup, 'maximumEventAgeInSeconds') ?? 0
  return {
    coldstart: 1,
    name: it.id,
    profile: 'teaching',
    seed: 1,
    duration: 900 + age,
    resources: resources as unknown as Json,
    // see Enabled of the mapping
    ...(changed.setup['recordAgeAtStart'] === undefined
      ? {}
      : { interventions: [{ at: 120, set: '/resources/Mapping/Properties/Enabled', value: true }] }),
  }
}

const FAILED_EVENT = {
  where: {
    'requestContext.condition': [
      'RetriesExhausted',
      'EventAgeExceeded',
      'ZeroReservedConcurrency',
      // of streams
      'RetryAttemptsExhausted',
      'RecordAgeExceeded',
    ],
  },
}
const ofRecord = (field: string): MetricQuery => ({ m: 'record', of: 'Destination', field, ...FAILED_EVENT })

/** Query that answers a metric of an expectation, by its name. */
export const QUERIES: { readonly [metric: string]: MetricQuery } = {
  'destination.approximateInvokeCount': ofRecord('requestContext.approximateInvokeCount'),
  'destination.condition': ofRecord('requestContext.condition'),
  approximateInvokeCount: ofRecord('requestContext.approximateInvokeCount'),
  condition: ofRecord('requestContext.condition'),
  secondsUntilDestinationMessage: { m: 'record.at', of: 'Destination' },
  attempts: { m: 'attempts', of: 'Fn' },
  invocations: { m: 'invocations', of: 'Fn' },
  'event.source': { m: 'record', of: 'Destination', field: 'source' },
  'event.detail-type': { m: 'record.all', of: 'Destination', field: 'detail-type' },
  status: { m: 'state', of: 'V1' },
  statusReason: { m: 'state', of: 'V1', field: 'StatusReason' },
  maxConcurrentExecutions: { m: 'concurrency.max', of: 'Fn' },
  executionEnvironments: { m: 'envs.max', of: 'Fn' },
  ApproximateReceiveCount: { m: 'receives', of: 'Queue' },
  secondsBetweenAttempts: { m: 'starts', of: 'Fn' },
  FunctionError: ofRecord('responseContext.functionError'),
  StatusCode: ofRecord('responseContext.statusCode'),
  errorType: ofRecord('responsePayload.errorType'),
  errorMessageRegex: ofRecord('responsePayload.errorMessage'),
}
