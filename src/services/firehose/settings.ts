import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { typeOf } from '../edit'

export const DELIVERY_STREAM = 'AWS::KinesisFirehose::DeliveryStream'
export const BUCKET = 'AWS::S3::Bucket'
export const STREAM = 'AWS::Kinesis::Stream'
export const TRANSFORMS: readonly string[] = ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version']
/** The property that holds where it delivers to. */
export const DESTINATION = 'ExtendedS3DestinationConfiguration'
export const SOURCE = 'KinesisStreamSourceConfiguration'

/** When a buffer is full: whichever comes first (KIN-9). */
export interface Buffering {
  /** Seconds after its first record. */
  readonly interval: number
  readonly bytes: number
}

export interface Transform {
  readonly function: LogicalId
  readonly retries: number
  readonly buffering: Buffering
}

export interface DeliveryStream {
  /** The stream it reads; null: records are put to it. */
  readonly source: LogicalId | null
  readonly sourceRole: LogicalId | null
  readonly bucket: LogicalId | null
  readonly role: LogicalId | null
  readonly buffering: Buffering
  readonly prefix: string
  readonly errorPrefix: string
  readonly transform: Transform | null
}

const MB = 1_048_576
/** Defaults of AWS's API, in seconds and MB. */
const BUFFER = { interval: 300, size: 5 }
const TRANSFORM_BUFFER = { interval: 60, size: 1 }
const RETRIES = 3

const destinationOf = (resource: Resource | undefined): JsonObject =>
  resource === undefined ? {} : object(properties(resource)[DESTINATION])

export const destination = destinationOf

/** Parameters of its Lambda processor by name; null without one that is switched on. */
function processor(from: JsonObject): { readonly [name: string]: Json } | null {
  const processing = object(from['ProcessingConfiguration'])
  if (processing['Enabled'] === false) return null
  const lambda = list(processing['Processors'])
    .map(object)
    .find((it) => it['Type'] === 'Lambda')
  if (lambda === undefined) return null
  return Object.fromEntries(
    list(lambda['Parameters']).map((one) => {
      const { ParameterName, ParameterValue } = object(one)
      return [text(ParameterName ?? null) ?? '', ParameterValue ?? null]
    }),
  )
}

/** A parameter of a processor is text in AWS, whatever it means. */
const numberOf = (value: Json | undefined): number | null => {
  const found = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN
  return Number.isFinite(found) ? found : null
}

function transformOf(from: JsonObject, scenario: Scenario): Transform | null {
  const parameters = processor(from)
  const id = parameters === null ? null : ref(parameters['LambdaArn'])
  if (id === null || !TRANSFORMS.includes(typeOf(id, scenario) ?? '')) return null
  return {
    function: id,
    retries: numberOf(parameters!['NumberOfRetries']) ?? RETRIES,
    buffering: {
      interval: numberOf(parameters!['BufferIntervalInSeconds']) ?? TRANSFORM_BUFFER.interval,
      bytes: (numberOf(parameters!['BufferSizeInMBs']) ?? TRANSFORM_BUFFER.size) * MB,
    },
  }
}

export function deliveryStreamOf(id: LogicalId, scenario: Scenario): DeliveryStream {
  const all = scenario.resources[id] === undefined ? {} : properties(scenario.resources[id])
  const from = object(all[DESTINATION])
  const hints = object(from['BufferingHints'])
  const source = object(all[SOURCE])
  const stream = all['DeliveryStreamType'] === 'KinesisStreamAsSource' ? ref(source['KinesisStreamARN']) : null
  const bucket = ref(from['BucketARN'])
  return {
    source: typeOf(stream, scenario) === STREAM ? stream : null,
    sourceRole: ref(source['RoleARN']),
    bucket: typeOf(bucket, scenario) === BUCKET ? bucket : null,
    role: ref(from['RoleARN']),
    buffering: {
      interval: integer(hints['IntervalInSeconds']) ?? BUFFER.interval,
      bytes: (integer(hints['SizeInMBs']) ?? BUFFER.size) * MB,
    },
    prefix: text(from['Prefix'] ?? null) ?? '',
    errorPrefix: text(from['ErrorOutputPrefix'] ?? null) ?? '',
    transform: transformOf(from, scenario),
  }
}
