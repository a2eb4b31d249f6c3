/** A stream or a table in front of a function, for the tests of stream mappings. */
import type { JsonObject, Resource, Scenario } from '../../../../model/scenario'
import { client, mayAll, scenarioOf } from '../../../run.fixture'

export interface Streamed {
  readonly traffic?: JsonObject
  readonly sender?: JsonObject
  readonly stream?: JsonObject
  readonly table?: boolean
  readonly mapping?: JsonObject
  readonly steps?: readonly JsonObject[]
  readonly behavior?: JsonObject
  readonly fn?: JsonObject
  readonly more?: { readonly [id: string]: Resource }
}

/** Sender -> Stream -> Mapping -> Fn. Without anything said: ten records at 0 s in one shard, a handler that takes 1 s. */
export function streamed(it: Streamed, more: Partial<Scenario> = {}): Scenario {
  const table = it.table === true
  const send = table ? 'dynamodb:PutItem' : 'kinesis:PutRecord'
  return scenarioOf(
    {
      Role: mayAll,
      Sender: client(send, 'Stream', it.traffic ?? { pattern: 'burst', count: 10 }, it.sender),
      Stream: table
        ? {
            Type: 'AWS::DynamoDB::Table',
            Properties: { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' }, ...it.stream },
          }
        : { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1, ...it.stream } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: 'Stream',
          FunctionName: 'Fn',
          StartingPosition: 'TRIM_HORIZON',
          ...it.mapping,
        },
      },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 60, Role: 'Role', ...it.fn },
        Behavior: { provision: 0, init: 0, overhead: 0, steps: [...(it.steps ?? [{ wait: 1 }])], ...it.behavior },
      },
      ...it.more,
    },
    more,
  )
}

/** An on-failure destination, and its queue `Failed`. */
export const withDestination = (mapping: JsonObject = {}) => ({
  mapping: { DestinationConfig: { OnFailure: { Destination: 'Failed' } }, ...mapping },
  more: { Failed: { Type: 'AWS::SQS::Queue' } },
})
