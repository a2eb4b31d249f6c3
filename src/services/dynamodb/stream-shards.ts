import type { JsonObject } from '../../model/scenario'
import { integer, object, text } from '../../network/read'
import { VIEWS, type View } from './change'

/** What a partition serves per second (DDB-7); a stream has a shard for each. */
const PARTITION = { reads: 3_000, writes: 1_000 }

/** What is written about a table's stream; null when it has none. */
export function viewOf(properties: JsonObject): View | null {
  const view = text(object(properties['StreamSpecification'])['StreamViewType'])
  return VIEWS.find((one) => one === view) ?? null
}

/** Shards of a table's stream; `onDemand` of a table on demand. */
export function shardsOf(properties: JsonObject, onDemand: number): number {
  if (properties['BillingMode'] !== 'PROVISIONED') return onDemand
  const { ReadCapacityUnits: reads, WriteCapacityUnits: writes } = object(properties['ProvisionedThroughput'])
  const partitions = (integer(reads) ?? 0) / PARTITION.reads + (integer(writes) ?? 0) / PARTITION.writes
  return Math.max(1, Math.ceil(partitions))
}
