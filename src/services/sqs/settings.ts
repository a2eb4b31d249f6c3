import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, object, properties, ref } from '../../network/read'
import { idsOf } from '../edit'

export const QUEUE = 'AWS::SQS::Queue'

/** Defaults and units are SQS's (SQS-1), in seconds and bytes. */
export interface QueueSettings {
  readonly visibilityTimeout: number
  readonly retention: number
  readonly delay: number
  /** How long a receive waits for a message. */
  readonly wait: number
  readonly mostBytes: number
  /** Dead-letter queue and the receives it takes to get there; null when none. */
  readonly redrive: { readonly target: LogicalId; readonly maxReceiveCount: number } | null
  readonly fifo: boolean
  /** The content stands for a missing deduplication id. */
  readonly contentBased: boolean
  /** Deduplication looks at the message group only. */
  readonly perGroup: boolean
  /** Quotas count by partition, of which there are as many as it takes. */
  readonly highThroughput: boolean
}

export function settingsOf(from: JsonObject): QueueSettings {
  const policy = object(from['RedrivePolicy'])
  const target = ref(policy['deadLetterTargetArn'])
  return {
    visibilityTimeout: integer(from['VisibilityTimeout']) ?? 30,
    retention: integer(from['MessageRetentionPeriod']) ?? 345_600,
    delay: integer(from['DelaySeconds']) ?? 0,
    wait: integer(from['ReceiveMessageWaitTimeSeconds']) ?? 0,
    mostBytes: integer(from['MaximumMessageSize']) ?? 1_048_576,
    redrive: target === null ? null : { target, maxReceiveCount: integer(policy['maxReceiveCount']) ?? 10 },
    fifo: from['FifoQueue'] === true,
    contentBased: from['ContentBasedDeduplication'] === true,
    perGroup: from['DeduplicationScope'] === 'messageGroup',
    highThroughput: from['FifoThroughputLimit'] === 'perMessageGroupId',
  }
}

export function redriveOf(resource: Resource): QueueSettings['redrive'] {
  return settingsOf(properties(resource)).redrive
}

export function isFifo(resource: Resource | undefined): boolean {
  return resource?.Properties?.['FifoQueue'] === true
}

/** Queues whose dead-letter queue this is, with their maxReceiveCount, in document order. */
export function deadLetterSources(id: LogicalId, scenario: Scenario): { from: LogicalId; maxReceiveCount: number }[] {
  return idsOf(QUEUE, scenario).flatMap((from) => {
    const redrive = redriveOf(scenario.resources[from]!)
    return redrive?.target === id ? [{ from, maxReceiveCount: redrive.maxReceiveCount }] : []
  })
}
