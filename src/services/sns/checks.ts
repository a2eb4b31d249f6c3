import { parsePattern } from '../../events/parse-pattern'
import type { LogicalId, Scenario } from '../../model/scenario'
import { object, properties, ref, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { uninvited } from '../invitations'
import type { Check, Problem } from '../service'
import { endpointOf, isFifo, PRINCIPAL, SUBSCRIPTION, TOPIC } from './settings'

/** SNS-6. */
const MOST_KEYS = 5
const MOST_COMBINATIONS = 150

/** Subscriptions that AWS would refuse, or that never deliver. */
const subscriptions: Check = (scenario) => idsOf(SUBSCRIPTION, scenario).flatMap((id) => problemsOf(id, scenario))

function problemsOf(id: LogicalId, scenario: Scenario): Problem[] {
  const from = properties(scenario.resources[id]!)
  const at = (...names: string[]): string => pointer(id, 'Properties', ...names)
  const endpoint = ref(from['Endpoint'])
  const topic = ref(from['TopicArn'])
  const way = endpointOf(endpoint, scenario)
  const problems: Problem[] = []
  const error = (path: string, message: string): void => void problems.push({ severity: 'error', path, message })
  if (way !== null && way.protocol !== text(from['Protocol'])) {
    problems.push({
      severity: 'error',
      path: at('Protocol'),
      message: `${endpoint} is delivered to by ${way.protocol}, not by ${text(from['Protocol'])}.`,
      fix: {
        title: `Set Protocol to ${way.protocol}`,
        patches: [{ op: 'replace', path: at('Protocol'), value: way.protocol }],
      },
    })
  }
  const fifoTopic = topic !== null && isFifo(scenario.resources[topic])
  const fifoQueue = endpoint !== null && isFifo(scenario.resources[endpoint])
  if (fifoQueue && !fifoTopic && typeOf(topic, scenario) === TOPIC)
    error(at('Endpoint'), `${endpoint} is a FIFO queue: only a FIFO topic delivers to it.`)
  if (fifoTopic && way !== null && way.protocol !== 'sqs')
    error(at('Endpoint'), `${topic} is a FIFO topic: it delivers to queues alone.`)
  if (from['RawMessageDelivery'] === true && way?.protocol === 'lambda')
    error(at('RawMessageDelivery'), `Functions always get the envelope. Raw delivery is for queues and HTTPS.`)
  if (way?.protocol === 'lambda' && endpoint !== null && topic !== null)
    problems.push(...uninvited(scenario, endpoint, { service: PRINCIPAL, source: topic }, at('Endpoint')))
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
  const lists = leaves(policy)
  const combinations = lists.reduce((product, length) => product * Math.max(1, length), 1)
  if (lists.length > MOST_KEYS)
    return [
      {
        severity: 'error',
        path,
        message: `The filter policy of ${id} has ${lists.length} keys. SNS takes ${MOST_KEYS} (SNS-6).`,
      },
    ]
  if (combinations > MOST_COMBINATIONS)
    return [
      {
        severity: 'error',
        path,
        message: `The filter policy of ${id} has ${combinations} combinations of values. SNS takes ${MOST_COMBINATIONS} (SNS-6).`,
      },
    ]
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

/** Lengths of the value lists of a policy. */
function leaves(value: unknown): number[] {
  if (Array.isArray(value)) return [value.length]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(leaves) : []
}

export const checks: readonly Check[] = [subscriptions]
