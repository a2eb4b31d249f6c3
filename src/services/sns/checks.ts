import { parsePattern } from '../../events/parse-pattern'
import type { LogicalId, Scenario } from '../../model/scenario'
import { object, properties, ref, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { uninvited } from '../invitations'
import { utf8Length } from '../message-size'
import type { Check, Problem } from '../service'
import { notGranted } from '../service-role'
import { endpointOf, isFifo, PRINCIPAL, SUBSCRIPTION, subscriptionOf, TOPIC } from './settings'
import { secondsOf } from './waits'

/** SNS-6. */
const MOST_KEYS = 5
const MOST_COMBINATIONS = 150
const MOST_BYTES = 262_144
const MOST_POLICIES = 200
const LARGEST = 1_000_000_000
/** All waits of a delivery policy together (SNS-4). */
const MOST_SECONDS = 3_600

/** Subscriptions that AWS would refuse, or that never deliver. */
const subscriptions: Check = (scenario) => idsOf(SUBSCRIPTION, scenario).flatMap((id) => problemsOf(id, scenario))

function problemsOf(id: LogicalId, scenario: Scenario): Problem[] {
  const from = properties(scenario.resources[id]!)
  const at = (...names: string[]): string => pointer(id, 'Properties', ...names)
  const endpoint = ref(from['Endpoint'])
  const topic = ref(from['TopicArn'])
  const way = endpointOf(endpoint, scenario, text(from['Protocol'] ?? null))
  const problems: Problem[] = []
  const error = (path: string, message: string): void => void problems.push({ severity: 'error', path, message })
  if (way !== null && way.protocol !== text(from['Protocol'])) {
    problems.push({
      severity: 'error',
      path: at('Protocol'),
      message: `${endpoint} is delivered to by ${way.protocol}, not by ${text(from['Protocol'])}. Set Protocol to ${way.protocol}.`,
      fix: {
        title: `Set Protocol to ${way.protocol}`,
        patches: [{ op: 'replace', path: at('Protocol'), value: way.protocol }],
      },
    })
  }
  if (from['DeliveryPolicy'] !== undefined && way !== null && way.protocol !== 'https')
    error(at('DeliveryPolicy'), `Only HTTPS endpoints have a delivery policy. Remove it, or deliver by https (SNS-4).`)
  const retries = subscriptionOf(id, scenario)?.retries ?? null
  if (retries !== null && retries.shortest > retries.longest)
    error(at('DeliveryPolicy'), 'minDelayTarget is longer than maxDelayTarget. Make it as long at most (SNS-4).')
  else if (retries !== null && secondsOf(retries) > MOST_SECONDS)
    error(
      at('DeliveryPolicy'),
      `The retries take ${Math.round(secondsOf(retries))} s, and AWS takes ${MOST_SECONDS} s at most. Have fewer or shorter waits (SNS-4).`,
    )
  const fifoTopic = topic !== null && isFifo(scenario.resources[topic])
  const fifoQueue = endpoint !== null && isFifo(scenario.resources[endpoint])
  if (fifoQueue && !fifoTopic && typeOf(topic, scenario) === TOPIC)
    error(at('Endpoint'), `${endpoint} is a FIFO queue: only a FIFO topic delivers to it. Set FifoTopic on ${topic}.`)
  if (fifoTopic && way !== null && way.protocol !== 'sqs')
    error(
      at('Endpoint'),
      `${topic} is a FIFO topic: it delivers to queues alone. Put a queue between ${topic} and ${endpoint}.`,
    )
  const deadLetter = ref(object(from['RedrivePolicy'])['deadLetterTargetArn'])
  if (
    deadLetter !== null &&
    typeOf(deadLetter, scenario) !== null &&
    isFifo(scenario.resources[deadLetter]) !== fifoTopic
  )
    error(
      at('RedrivePolicy', 'deadLetterTargetArn'),
      `The dead-letter queue of a subscription to a ${fifoTopic ? 'FIFO' : 'standard'} topic is a ${fifoTopic ? 'FIFO' : 'standard'} queue. ${deadLetter} is none.`,
    )
  if (way?.protocol === 'firehose' && ref(from['SubscriptionRoleArn']) === null)
    error(
      at('SubscriptionRoleArn'),
      `${endpoint} is a delivery stream: SNS calls it with a role. Set SubscriptionRoleArn.`,
    )
  if (from['RawMessageDelivery'] === true && way?.protocol === 'lambda')
    error(
      at('RawMessageDelivery'),
      `Functions always get the envelope. Raw delivery is for queues, delivery streams and HTTPS. Set it to false.`,
    )
  if (way?.protocol === 'lambda' && endpoint !== null && topic !== null)
    problems.push(...uninvited(scenario, endpoint, { service: PRINCIPAL, source: topic }, at('Endpoint')))
  const role = ref(from['SubscriptionRoleArn'])
  if (role !== null && endpoint !== null && way?.protocol === 'firehose')
    problems.push(
      ...notGranted(scenario, { who: id, role, action: way.action, on: endpoint, path: at('SubscriptionRoleArn') }),
    )
  return [...problems, ...filterProblems(id, scenario)]
}

function filterProblems(id: LogicalId, scenario: Scenario): Problem[] {
  const from = properties(scenario.resources[id]!)
  const policy = from['FilterPolicy']
  if (policy === undefined) return []
  const path = pointer(id, 'Properties', 'FilterPolicy')
  const parsed = parsePattern(policy)
  if (!parsed.ok)
    return [
      {
        severity: 'error',
        path: path + parsed.path,
        message: `The filter policy of ${id} cannot be used: ${parsed.reason}.`,
      },
    ]
  const lists = leaves(policy, 1)
  const combinations = lists.reduce((product, { values, depth }) => product * Math.max(1, values) * depth, 1)
  const bytes = utf8Length(JSON.stringify(policy))
  const number = numbersOf(policy).find((it) => Math.abs(it) > LARGEST || !hasFewDecimals(it))
  const what = `The filter policy of ${id}`
  const refusal =
    lists.length > MOST_KEYS
      ? `${what} has ${lists.length} keys. SNS takes ${MOST_KEYS} (SNS-6). Leave the others to the subscriber.`
      : combinations > MOST_COMBINATIONS
        ? `${what} has ${combinations} combinations of values. SNS takes ${MOST_COMBINATIONS} (SNS-6). Use fewer values, or two subscriptions.`
        : bytes > MOST_BYTES
          ? `${what} has ${bytes} bytes. SNS takes ${MOST_BYTES} (SNS-6).`
          : number !== undefined
            ? `${what} compares with ${number}. SNS takes numbers from -10⁹ to 10⁹ with 5 decimals (SNS-6).`
            : null
  if (refusal !== null) return [{ severity: 'error', path, message: refusal }]
  const flat = Object.values(object(policy)).every(Array.isArray)
  if (flat || text(from['FilterPolicyScope']) === 'MessageBody') return []
  return [
    {
      severity: 'error',
      path,
      message: `The filter policy of ${id} is nested; attributes are not. Look at the body instead.`,
      fix: {
        title: 'Set FilterPolicyScope to MessageBody',
        patches: [{ op: 'add', path: pointer(id, 'Properties', 'FilterPolicyScope'), value: 'MessageBody' }],
      },
    },
  ]
}

/** Lengths of the value lists of a policy, and how deep they lie: SNS multiplies both. */
function leaves(value: unknown, depth: number): { values: number; depth: number }[] {
  if (Array.isArray(value)) return [{ values: value.length, depth }]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap((it) => leaves(it, Array.isArray(it) ? depth : depth + 1))
}

/** Numbers a policy compares with. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersOf) : []
}
const hasFewDecimals = (value: number): boolean => Number(value.toFixed(5)) === value

/** Topics with more filter policies than SNS keeps for one. */
const policies: Check = (scenario) =>
  idsOf(TOPIC, scenario).flatMap((topic): Problem[] => {
    const filtered = idsOf(SUBSCRIPTION, scenario).filter((id) => {
      const from = properties(scenario.resources[id]!)
      return ref(from['TopicArn']) === topic && from['FilterPolicy'] !== undefined
    })
    if (filtered.length <= MOST_POLICIES) return []
    const message = `${topic} has ${filtered.length} filter policies. SNS keeps ${MOST_POLICIES} for a topic (SNS-6). Use a second topic.`
    return [{ severity: 'error', path: pointer(filtered[MOST_POLICIES]!, 'Properties', 'FilterPolicy'), message }]
  })

/** Names and settings that fit only a FIFO topic, or only another. */
const fifoTopics: Check = (scenario) =>
  idsOf(TOPIC, scenario).flatMap((id): Problem[] => {
    const { FifoTopic, TopicName, ContentBasedDeduplication } = properties(scenario.resources[id]!)
    const fifo = FifoTopic === true
    const problems: Problem[] = []
    const error = (name: string, message: string): void =>
      void problems.push({ severity: 'error', path: pointer(id, 'Properties', name), message })
    const name = text(TopicName ?? null)
    if (name !== null && name.endsWith('.fifo') !== fifo)
      error(
        'TopicName',
        fifo
          ? `The name of a FIFO topic ends with .fifo. Write ${name}.fifo.`
          : `${name} is the name of a FIFO topic. Set FifoTopic, or drop .fifo.`,
      )
    if (ContentBasedDeduplication === true && !fifo)
      error('ContentBasedDeduplication', `${id} is no FIFO topic and keeps no duplicates away. Set FifoTopic.`)
    return problems
  })

export const checks: readonly Check[] = [subscriptions, policies, fifoTopics]
