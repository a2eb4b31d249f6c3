import type { Json, LogicalId, Scenario } from '../../../model/scenario'
import { integer, properties, ref } from '../../../network/read'
import { typeOf } from '../../edit'
import { BUS } from '../settings'

export const ARCHIVE = 'AWS::Events::Archive'
/** What a bus and its archive do by themselves: events go there as they come, and back in a replay. Nobody else calls it. */
export const KEEP_ACTION = 'events:Archive'
export const REPLAY_ACTION = 'events:Replay'

export interface ArchiveSettings {
  readonly id: LogicalId
  readonly bus: LogicalId | null
  /** Null: it keeps every event. */
  readonly pattern: Json
  /** 0: for ever. */
  readonly retentionDays: number
}

export function archiveOf(id: LogicalId, scenario: Scenario): ArchiveSettings {
  const from = properties(scenario.resources[id]!)
  const bus = ref(from['SourceArn'])
  return {
    id,
    bus: typeOf(bus, scenario) === BUS ? bus : null,
    pattern: from['EventPattern'] ?? null,
    retentionDays: integer(from['RetentionDays']) ?? 0,
  }
}
