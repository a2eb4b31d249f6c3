import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, object, properties, ref, text } from '../../network/read'
import { idsOf, typeOf } from '../edit'

export const TOPIC = 'AWS::SNS::Topic'
export const SUBSCRIPTION = 'AWS::SNS::Subscription'
export const QUEUE = 'AWS::SQS::Queue'
const INTERNET = 'Coldstart::Internet'

/** Whom a function's resource policy names for topics. */
export const PRINCIPAL = 'sns.amazonaws.com'

/** Ways to people, by what others run: mailboxes, telephones, apps (SNS-3). */
export const TO_PEOPLE = ['email', 'sms', 'application'] as const
export type Protocol = 'sqs' | 'lambda' | 'https' | 'firehose' | (typeof TO_PEOPLE)[number]

const ENDPOINTS: { readonly [type: string]: { readonly protocol: Protocol; readonly action: string } } = {
  [QUEUE]: { protocol: 'sqs', action: 'sqs:SendMessage' },
  'AWS::Lambda::Function': { protocol: 'lambda', action: 'lambda:InvokeAsync' },
  'AWS::Lambda::Alias': { protocol: 'lambda', action: 'lambda:InvokeAsync' },
  'AWS::Lambda::Version': { protocol: 'lambda', action: 'lambda:InvokeAsync' },
  'AWS::KinesisFirehose::DeliveryStream': { protocol: 'firehose', action: 'firehose:PutRecord' },
  [INTERNET]: { protocol: 'https', action: 'https:Request' },
}

/** How a topic delivers to a resource; null: it cannot. `wanted`: what the subscription says, where an endpoint has several ways. */
export function endpointOf(id: LogicalId | null, scenario: Scenario, wanted: string | null = null) {
  const way = ENDPOINTS[typeOf(id, scenario) ?? ''] ?? null
  const protocol = TO_PEOPLE.find((one) => one === wanted)
  return way?.protocol === 'https' && protocol !== undefined ? { ...way, protocol } : way
}

/** `healthyRetryPolicy` of a delivery policy: how many retries of each phase, and the waits in seconds (SNS-4). */
export interface RetryPhases {
  readonly immediate: number
  readonly least: number
  readonly shortest: number
  readonly growing: number
  readonly longest: number
  readonly most: number
  readonly backoff: string
}

const count = (value: Json | undefined, otherwise: number): number => integer(value) ?? otherwise
function retriesOf(from: JsonObject): RetryPhases | null {
  const policy = object(object(from['DeliveryPolicy'])['healthyRetryPolicy'])
  if (Object.keys(policy).length === 0) return null
  const immediate = count(policy['numNoDelayRetries'], 0)
  const least = count(policy['numMinDelayRetries'], 0)
  const most = count(policy['numMaxDelayRetries'], 0)
  return {
    immediate,
    least,
    most,
    growing: Math.max(0, count(policy['numRetries'], 3) - immediate - least - most),
    shortest: count(policy['minDelayTarget'], 20),
    longest: count(policy['maxDelayTarget'], 20),
    backoff: text(policy['backoffFunction'] ?? null) ?? 'linear',
  }
}

export interface SubscriptionSettings {
  readonly id: LogicalId
  readonly topic: LogicalId
  readonly endpoint: LogicalId
  readonly protocol: Protocol
  readonly action: string
  readonly raw: boolean
  /** Null: every message passes. */
  readonly filter: Json | null
  readonly scope: 'MessageAttributes' | 'MessageBody'
  readonly deadLetter: LogicalId | null
  /** Role a delivery stream is called with. */
  readonly role: LogicalId | null
  /** Its own delivery policy, which HTTPS endpoints may have. */
  readonly retries: RetryPhases | null
}

/** Null when it joins nothing. */
export function subscriptionOf(id: LogicalId, scenario: Scenario): SubscriptionSettings | null {
  const from = properties(scenario.resources[id]!)
  const topic = ref(from['TopicArn'])
  const endpoint = ref(from['Endpoint'])
  const way = endpointOf(endpoint, scenario, text(from['Protocol'] ?? null))
  if (topic === null || typeOf(topic, scenario) !== TOPIC || endpoint === null || way === null) return null
  const deadLetter = ref(object(from['RedrivePolicy'])['deadLetterTargetArn'])
  return {
    id,
    topic,
    endpoint,
    ...way,
    raw: from['RawMessageDelivery'] === true,
    filter: from['FilterPolicy'] ?? null,
    scope: text(from['FilterPolicyScope']) === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    deadLetter: typeOf(deadLetter, scenario) === QUEUE ? deadLetter : null,
    role: ref(from['SubscriptionRoleArn']),
    retries: way.protocol === 'https' ? retriesOf(from) : null,
  }
}

export const subscriptionsOf = (scenario: Scenario): SubscriptionSettings[] =>
  idsOf(SUBSCRIPTION, scenario).flatMap((id) => subscriptionOf(id, scenario) ?? [])

export const isFifo = (resource: Resource | undefined): boolean =>
  resource !== undefined && (properties(resource)['FifoTopic'] === true || properties(resource)['FifoQueue'] === true)

/** Message attributes as filter policies see them: name to value (SNS-6). */
export function attributeValues(attributes: JsonObject): JsonObject {
  const values: { [name: string]: Json } = {}
  for (const [name, given] of Object.entries(attributes)) {
    const attribute = object(given)
    const type = text(attribute['dataType'] ?? attribute['DataType'] ?? null)
    const value = text(attribute['stringValue'] ?? attribute['StringValue'] ?? null)
    if (value === null) continue
    if (type === 'Number') values[name] = Number(value)
    else if (type === 'String.Array') values[name] = parsed(value) ?? value
    else values[name] = value
  }
  return values
}

/** Whether an attribute is what its type says: a number, a list in JSON. */
export const areValid = (attributes: JsonObject): boolean =>
  Object.values(attributes).every((given) => {
    const attribute = object(given)
    const type = text(attribute['dataType'] ?? attribute['DataType'] ?? null)
    const value = text(attribute['stringValue'] ?? attribute['StringValue'] ?? null)
    if (value === null) return true
    if (type === 'Number') return value.trim() !== '' && Number.isFinite(Number(value))
    return type !== 'String.Array' || Array.isArray(parsed(value))
  })

/** Undefined for what is no JSON. */
export function parsed(value: string): Json | undefined {
  try {
    return JSON.parse(value) as Json
  } catch {
    return undefined
  }
}
