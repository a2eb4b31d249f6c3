import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, object, properties, ref } from '../../network/read'
import { idsOf } from '../edit'

export const STREAM = 'AWS::Kinesis::Stream'
export const CONSUMER = 'AWS::Kinesis::StreamConsumer'
/** KIN-6. */
export const ON_DEMAND_SHARDS = 4

/** A stream as it is written; hours are AWS's unit. `shards` is null on demand, where AWS sets their number. */
export interface StreamSettings {
  readonly shards: number | null
  readonly retentionHours: number
}

export function settingsOf(from: JsonObject): StreamSettings {
  const onDemand = object(from['StreamModeDetails'])['StreamMode'] === 'ON_DEMAND'
  return {
    shards: onDemand ? null : (integer(from['ShardCount']) ?? 1),
    retentionHours: integer(from['RetentionPeriodHours']) ?? 24,
  }
}

export const isOnDemand = (resource: Resource): boolean => settingsOf(properties(resource)).shards === null

/** The stream a consumer reads, by its reference. */
export const streamOf = (consumer: Resource | undefined): LogicalId | null =>
  consumer === undefined ? null : ref(properties(consumer)['StreamARN'])

/** Consumers registered with a stream, in document order. */
export const consumersOf = (stream: LogicalId, scenario: Scenario): LogicalId[] =>
  idsOf(CONSUMER, scenario).filter((id) => streamOf(scenario.resources[id]) === stream)
