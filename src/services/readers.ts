import type { Scenario } from '../model/scenario'

/**
 * Who reads queues and streams by parcels and cursors (parcel.ts): mappings, pipes and delivery streams. Their receives of a queue wait until a
 * message comes. Everyone else sees how many there are.
 */
const READERS: readonly string[] = [
  'AWS::Lambda::EventSourceMapping',
  'AWS::Pipes::Pipe',
  'AWS::KinesisFirehose::DeliveryStream',
]

/** Ids of the scenario's readers, in document order. */
export const readersIn = ({ resources }: Scenario): string[] =>
  Object.keys(resources).filter((id) => READERS.includes(resources[id]!.Type))
