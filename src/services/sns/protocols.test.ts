import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, type Ran, runOf, scenarioOf } from '../run.fixture'
import { checks } from './checks'

/** A topic whose one subscriber, outside AWS, is down from the start. */
const resources = (Protocol: string, more: JsonObject = {}): { [id: string]: Resource } => ({
  C: client('sns:Publish', 'T', { pattern: 'once', at: 0 }),
  T: { Type: 'AWS::SNS::Topic' },
  Sub: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: 'T', Protocol, Endpoint: 'Out', RedrivePolicy: { deadLetterTargetArn: 'Dead' }, ...more },
  },
  Out: { Type: 'Coldstart::Internet' },
  Dead: { Type: 'AWS::SQS::Queue' },
})
const down = (Protocol: string, more?: JsonObject): Ran =>
  runOf(
    scenarioOf(resources(Protocol, more), {
      duration: 40_000,
      interventions: [{ at: 0, fault: 'resource-down', resource: 'Out' }],
    }),
  )
const waits = (ran: Ran): number[] => ran.reasons('sns.retry').map(([, value]) => value)
const policy = (healthyRetryPolicy: JsonObject): JsonObject => ({ DeliveryPolicy: { healthyRetryPolicy } })

describe('how long a delivery is tried again, by protocol', () => {
  test.each(['email', 'sms', 'application'])('%s: 50 times in about 6 hours (SNS-3)', (protocol) => {
    const ran = down(protocol)
    const all = waits(ran)
    expect(all).toHaveLength(50)
    expect(all.slice(0, 3)).toEqual([10, 10, 10])
    expect(all[11]).toBe(600)
    expect(all.slice(12)).toEqual(Array.from({ length: 38 }, () => 600))
    const hours = all.reduce((sum, wait) => sum + wait, 0) / 3_600
    expect(hours).toBeGreaterThan(6)
    expect(hours).toBeLessThan(7)
    expect(ran.level('Dead', 'visible').at(-1)![1]).toBe(1)
  })
  test('https: 3 times 20 s, or as its own policy says (SNS-4)', () => {
    expect(waits(down('https'))).toEqual([20, 20, 20])
    const phases = { numRetries: 8, numNoDelayRetries: 1, numMinDelayRetries: 2, numMaxDelayRetries: 1 }
    const own = { ...phases, minDelayTarget: 5, maxDelayTarget: 35 }
    expect(waits(down('https', policy({ ...own, backoffFunction: 'linear' })))).toEqual([0, 5, 5, 5, 15, 25, 35, 35])
    expect(waits(down('https', policy({ ...own, backoffFunction: 'exponential' })))).toEqual([
      0, 5, 5, 5, 10, 20, 35, 35,
    ])
  })
  test('e-mails cost, text messages have no one price', () => {
    const costs = (protocol: string) =>
      runOf(scenarioOf(resources(protocol))).costs.filter(({ item }) => item.endsWith('to Sub'))
    expect(costs('email')).toMatchObject([{ quantity: 1, usd: 0.000_02 }])
    expect(costs('sms')).toEqual([])
  })
})

test('a delivery policy AWS would refuse', () => {
  const said = (protocol: string, more: JsonObject) =>
    checks.flatMap((check) => check(scenarioOf(resources(protocol, more)))).map(({ message }) => message)
  expect(said('https', policy({ numRetries: 3 }))).toEqual([])
  expect(said('email', policy({ numRetries: 3 }))).toEqual([expect.stringContaining('Only HTTPS endpoints')])
  expect(said('https', policy({ minDelayTarget: 30, maxDelayTarget: 20 }))).toEqual([
    expect.stringContaining('minDelayTarget is longer'),
  ])
  expect(said('https', policy({ numRetries: 100, minDelayTarget: 100, maxDelayTarget: 100 }))).toEqual([
    expect.stringContaining('10000 s'),
  ])
})
