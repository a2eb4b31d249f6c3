/** Which events a pattern is about: where they arrive, and as what the pattern sees them. */
import { PATTERN_QUOTA } from '../../events/pattern'
import { objectOf } from '../../model/json'
import type { LogicalId, Scenario } from '../../model/scenario'
import { ref } from '../../network/read'
import type { SeenAs } from '../../services/seen'

export interface Subject {
  readonly as: SeenAs
  /** `event`, `message`, `record`. */
  readonly noun: string
  /** Where they arrive; null when the document does not say. */
  readonly at: LogicalId | null
  /** The resource the pattern belongs to, where arrivals are told apart by who fetches them. */
  readonly reader: LogicalId
  /** Characters a pattern may have: `usual` without a raised quota, `most` at all (EB-4, ESM-4). Infinite where SNS counts otherwise. */
  readonly characters: { readonly usual: number; readonly most: number }
}

const ARRIVES = ['EventBusName', 'SourceArn', 'TopicArn', 'EventSourceArn', 'Source'] as const
const FILTER = { usual: PATTERN_QUOTA.most, most: PATTERN_QUOTA.most }
const FREE = { usual: Infinity, most: Infinity }
const TABLE = 'AWS::DynamoDB::Table'
const STREAM = 'AWS::Kinesis::Stream'
const TOPIC = 'AWS::SNS::Topic'
const QUEUE = 'AWS::SQS::Queue'

export function subjectOf(resource: LogicalId, scenario: Scenario): Subject {
  const properties = scenario.resources[resource]?.Properties ?? {}
  const at = ARRIVES.map((name) => ref(properties[name])).find((id) => id !== null) ?? null
  const subject = (as: SeenAs, noun: string): Subject => ({
    as,
    noun,
    at,
    reader: resource,
    characters: as === 'event' ? PATTERN_QUOTA : as === 'attributes' || as === 'body' ? FREE : FILTER,
  })
  const type = scenario.resources[at ?? '']?.Type
  if (type === TOPIC)
    return subject(properties['FilterPolicyScope'] === 'MessageBody' ? 'body' : 'attributes', 'message')
  if (type === QUEUE) return subject('message', 'message')
  if (type === STREAM) return subject('record', 'record')
  return type === TABLE ? subject('change', 'change') : subject('event', 'event')
}

const RULE = 'AWS::Events::Rule'

/** Rules of a bus that have a pattern, in document order. */
export const rulesOf = (bus: LogicalId, scenario: Scenario): LogicalId[] =>
  Object.entries(scenario.resources).flatMap(([id, { Type, Properties }]) =>
    Type === RULE && ref(Properties?.['EventBusName']) === bus && objectOf(Properties)['EventPattern'] !== undefined
      ? [id]
      : [],
  )

const FITS: { readonly [type: string]: string } = {
  [RULE]: 'An event that fits every field goes to the targets of the rule.',
  'AWS::Events::Archive': 'An event that fits every field is kept.',
  'AWS::SNS::Subscription': 'A message that fits every field is delivered.',
}

/** What happens to an event that fits, for the head of the editor. */
export const consequence = (resource: LogicalId, scenario: Scenario): string =>
  FITS[scenario.resources[resource]?.Type ?? ''] ?? 'What does not fit is skipped and never reaches the target.'
