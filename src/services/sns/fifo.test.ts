/** What FIFO topics refuse and drop, dead letters of subscriptions, subscriptions that are deleted. */
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, openToAll, runOf, scenarioOf, type Ran } from '../run.fixture'
import { checks } from './checks'
import { deadLetters } from './connectors'

const queue = (Properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties })
const FIFO = queue({ FifoQueue: true, ContentBasedDeduplication: true })
const topic = (Properties: JsonObject = {}): Resource => ({ Type: 'AWS::SNS::Topic', Properties })
const to = (Endpoint: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: 'T', Protocol: 'sqs', Endpoint, ...more },
})
const publish = (more: JsonObject, times = 1): Resource =>
  client('sns:Publish', 'T', { pattern: 'repeat', every: 1, times, at: 1 }, { body: { a: 1 }, ...more })
const bodies = (ran: Ran, id: string): JsonObject[] =>
  ran
    .contents()
    .flatMap(({ resource, value }) => (resource === id ? [(value as JsonObject)['body'] as JsonObject] : []))
const problems = (resources: Scenario['resources']): string[] =>
  checks.flatMap((check) => check(scenarioOf(resources))).map(({ message }) => message)

describe('a FIFO topic', () => {
  it('refuses a message without a group', () => {
    const T = topic({ FifoTopic: true, ContentBasedDeduplication: true })
    const ran = runOf(scenarioOf({ C: publish({}), T, S: to('K'), K: FIFO }))
    expect(ran.reasons('sns.noGroup')).toHaveLength(1)
    expect([ran.total('C', 'Failures'), ran.total('T', 'NumberOfMessagesPublished')]).toEqual([1, 0])
  })

  it('delivers what has one deduplication id once in five minutes, to standard queues too', () => {
    const T = topic({ FifoTopic: true })
    const C = publish({ group: 'g', deduplication: 'd' }, 302)
    const scenario = scenarioOf({ C, T, S: to('K'), K: queue() }, { duration: 310 })
    const ran = runOf(scenario)
    expect(bodies(ran, 'K')).toHaveLength(2)
    expect(ran.total('C', 'Successes')).toBe(302)
    expectResumable(scenario, [10, 300, 600])
  })

  it('and its subscriptions have dead-letter queues of their kind', () => {
    const policy = { RedrivePolicy: { deadLetterTargetArn: 'D' } }
    const S = to('K', policy)
    const fifo = topic({ FifoTopic: true })
    expect(problems({ T: topic(), S, K: queue(), D: FIFO })[0]).toMatch(/standard topic is a standard queue. D is none/)
    expect(problems({ T: fifo, S, K: FIFO, D: queue() })[0]).toMatch(/FIFO topic is a FIFO queue. D is none/)
    expect([
      ...problems({ T: topic(), S, K: queue(), D: queue() }),
      ...problems({ T: fifo, S, K: FIFO, D: FIFO }),
    ]).toEqual([])
    const drawn = scenarioOf({ T: fifo, S: to('K'), K: FIFO, D: queue(), E: FIFO })
    expect(deadLetters.accepts('T', 'D', drawn, 'failure')).toEqual({
      refused: 'Dead letters of T go to a FIFO queue. D is none.',
    })
    expect(deadLetters.accepts('T', 'E', drawn, 'failure')).toBe(true)
  })
})

it('names and settings fit the kind of topic', () => {
  const found = (Properties: JsonObject): string[] => problems({ T: topic(Properties) })
  expect(found({ TopicName: 'orders.fifo' })).toEqual([
    'orders.fifo is the name of a FIFO topic. Set FifoTopic, or drop .fifo.',
  ])
  expect(found({ TopicName: 'orders', FifoTopic: true })).toEqual([
    'The name of a FIFO topic ends with .fifo. Write orders.fifo.',
  ])
  expect(found({ ContentBasedDeduplication: true })).toEqual([
    'T is no FIFO topic and keeps no duplicates away. Set FifoTopic.',
  ])
  expect([
    ...found({ TopicName: 'a.fifo', FifoTopic: true, ContentBasedDeduplication: true }),
    ...found({ TopicName: 'a' }),
  ]).toEqual([])
})

it('the dead-letter queue of a function gets the notification alone', () => {
  const F: Resource = { Type: 'AWS::Lambda::Function', Properties: {} }
  const S = to('F', { Protocol: 'lambda', RedrivePolicy: { deadLetterTargetArn: 'D' } })
  const interventions: Scenario['interventions'] = [{ at: 0, fault: 'deleted', resource: 'F' }]
  const ran = runOf(scenarioOf(openToAll({ C: publish({}), T: topic(), S, F, D: queue() }), { interventions }))
  expect(bodies(ran, 'D')).toEqual([expect.objectContaining({ Type: 'Notification', Message: '{"a":1}' })])
})

it('a subscription that is deleted gets nothing until it is made again', () => {
  const interventions: Scenario['interventions'] = [
    { at: 2.5, fault: 'deleted', resource: 'S' },
    { at: 4.5, repair: 'deleted', resource: 'S' },
  ]
  const scenario = scenarioOf({ C: publish({}, 6), T: topic(), S: to('K'), K: queue() }, { interventions })
  const ran = runOf(scenario)
  expect(ran.reasons('sns.nobody').map(([at]) => at)).toEqual([3, 4])
  expect(bodies(ran, 'K')).toHaveLength(4)
  expectResumable(scenario, [5, 10, 14])
})
