/** A queue in front of a function, for the tests of event source mappings. */
import type { JsonObject, Resource, Scenario } from '../../../model/scenario'
import { client, mayAll, scenarioOf } from '../../run.fixture'

export interface Mapped {
  readonly traffic?: JsonObject
  readonly sender?: JsonObject
  readonly queue?: JsonObject
  readonly mapping?: JsonObject
  readonly steps?: readonly JsonObject[]
  readonly behavior?: JsonObject
  readonly fn?: JsonObject
  readonly more?: { readonly [id: string]: Resource }
}

/** Sender -> Queue -> Mapping -> Fn. Without anything said: ten messages at 0 s, a handler that takes 1 s. */
export function mapped(it: Mapped, more: Partial<Scenario> = {}): Scenario {
  return scenarioOf(
    {
      Role: mayAll,
      Sender: client('sqs:SendMessage', 'Queue', it.traffic ?? { pattern: 'burst', count: 10 }, it.sender),
      Queue: { Type: 'AWS::SQS::Queue', Properties: { ...it.queue } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ...it.mapping },
      },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 5, Role: 'Role', ...it.fn },
        Behavior: { provision: 0, init: 0, overhead: 0, steps: [...(it.steps ?? [{ wait: 1 }])], ...it.behavior },
      },
      ...it.more,
    },
    more,
  )
}
/** A redrive policy to `Dead`, and that queue. */
export const withDeadLetters = (maxReceiveCount: number, dead: JsonObject = {}) => ({
  queue: { RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount } },
  more: { Dead: { Type: 'AWS::SQS::Queue', Properties: dead } },
})
