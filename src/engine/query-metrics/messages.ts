import { idsOfType } from './find'
import { count, level, sumOf, type Metrics, type Subject } from './metric'

const TABLE = 'AWS::DynamoDB::Table'
const RULE = 'AWS::Events::Rule'
const BUS = 'AWS::Events::EventBus'
const DEPTH = 'ApproximateNumberOfMessagesVisible'
const EXPIRED = 'reason:sqs.expired'

const rulesOf = (of: Subject): string[] =>
  idsOfType(of.world.scenario, RULE).filter(
    (id) => of.world.scenario.resources[id]!.Properties?.['EventBusName'] === of.id,
  )
const accepted = (of: Subject, rule: string): number | undefined => {
  const all = of.read(['Invocations'], 'Sum', rule)
  return all === undefined ? undefined : all - (of.read(['FailedInvocations'], 'Sum', rule) ?? 0)
}

function deliveries(of: Subject): number | undefined {
  if (of.resource.Type === RULE) return accepted(of, of.id)
  if (of.resource.Type === BUS) return rulesOf(of).reduce((sum, rule) => sum + (accepted(of, rule) ?? 0), 0)
  return of.read(['NumberOfMessagesSent', 'AsyncEventsReceived'], 'Sum')
}

/** Events and messages that were accepted and are nowhere any more, without having been done. */
function lost(of: Subject): number | undefined {
  const failures = of.read(['Failures'], 'Sum')
  if (failures !== undefined) return failures
  const failed = of.read(['FailedInvocations'], 'Sum')
  if (failed !== undefined) return failed - (of.read(['InvocationsSentToDlq'], 'Sum') ?? 0)
  return of.has('NumberOfMessagesSent') ? of.rows(EXPIRED).length : of.read(['AsyncEventsLost'], 'Sum')
}

export const MESSAGES: Metrics = {
  'queue.depth': count('Messages a queue shows as visible at the end.', (of) => of.read([DEPTH], 'Last')),
  ...level('queue.depth', 'Messages a queue shows as visible.', DEPTH),
  ...level(
    'queue.inFlight',
    'Messages received and neither deleted nor visible again.',
    'ApproximateNumberOfMessagesNotVisible',
  ),
  'queue.age.max': {
    unit: 's',
    over: 'max',
    says: 'Age of the oldest message of a queue, at its highest.',
    value: (of) => of.read(['ApproximateAgeOfOldestMessage'], 'Maximum'),
  },
  receives: count(
    'Messages handed out by a queue; each receive of a message counts.',
    sumOf('NumberOfMessagesReceived'),
  ),
  deliveries: count(
    'Calls of targets by the rules of a bus that were accepted; messages sent to a queue; events a function accepted.',
    deliveries,
    { unnamed: (type) => type === RULE },
  ),
  deadLettered: count(
    'Messages and events moved to a dead-letter queue.',
    sumOf('DeadLettered', 'InvocationsSentToDlq'),
  ),
  effects: count(
    'Completed writes per event and key: of a table, or of the function that wrote them.',
    sumOf('Effects'),
    { unnamed: (type) => type === TABLE },
  ),
  duplicateEffects: count('Writes of an event to a key it had written before.', sumOf('DuplicateEffects'), {
    unnamed: (type) => type === TABLE,
  }),
  lost: count(
    'Accepted, and at the end neither done, nor queued, nor in a failure queue: calls of a client that failed, events dropped without a target for failures, messages too old, deliveries without a dead-letter queue.',
    lost,
    { needs: [EXPIRED] },
  ),
}
