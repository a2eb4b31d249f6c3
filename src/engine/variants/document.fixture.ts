/** Small documents written as a reader of the schemas writes them, and their answers. */
import { expect } from 'vitest'
import { gateJson } from '../../gate'
import type { Json, JsonObject } from '../../model/scenario'
import { answerRefused, ask, type MetricQuery } from '../query'

const ROLE: JsonObject = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
      },
    ],
  },
}

export interface Settings {
  readonly duration?: number
  readonly profile?: string
  readonly seed?: number
  readonly facts?: JsonObject
  readonly interventions?: readonly JsonObject[]
}

export const documentOf = (resources: JsonObject, settings: Settings = {}): JsonObject => ({
  coldstart: 1,
  name: 'Variant',
  profile: 'teaching',
  seed: 1,
  duration: 900,
  ...(settings as unknown as JsonObject),
  resources: { Role: ROLE, ...resources },
})

/** Answers in the order of the queries; of a refused document those of `deploy.status` alone. */
export function answersOf(document: JsonObject, queries: readonly MetricQuery[]): Json[] {
  const gated = gateJson(document)
  if (gated.ok) return ask(queries, gated.normalised, { problems: [] }).map(({ value }) => value)
  if (!queries.some(({ m }) => m === 'deploy.status')) throw new Error(JSON.stringify(gated.problems, null, 1))
  return answerRefused(queries, gated.problems).map(({ value }) => value)
}

/** `ok`, or `refused` when a problem says so in these words. */
export const deployed = (resources: JsonObject, reason?: string): Json =>
  answersOf(documentOf(resources, { duration: 1 }), [
    { m: 'deploy.status', ...(reason === undefined ? {} : { where: { reason } }) },
  ])[0]!

export const fn = (
  steps: readonly JsonObject[],
  properties: JsonObject = {},
  behavior: JsonObject = {},
): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', ...properties },
  Behavior: { steps: [...steps], ...behavior },
})
export const queue = (properties: JsonObject = {}): JsonObject => ({ Type: 'AWS::SQS::Queue', Properties: properties })
export const mapping = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ...properties },
})
export const version = (properties: JsonObject = {}, behavior: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Version',
  Properties: { FunctionName: 'Fn', ...properties },
  Behavior: behavior,
})
/** `count` calls at one instant. */
export const calls = (call: string, to: string, count = 1, more: JsonObject = {}): JsonObject => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic: { pattern: 'burst', count, at: 0 }, call, to, ...more },
})
export const send = (count = 1, more: JsonObject = {}): JsonObject => calls('sqs:SendMessage', 'Queue', count, more)

export const fails: JsonObject = { fail: { type: 'ValueError', message: 'no such order' } }
export const of = (m: string, id: string, more: Omit<MetricQuery, 'm' | 'of'> = {}): MetricQuery => ({
  m,
  of: id,
  ...more,
})
/** Two numbers that differ by what starting, queueing and answering take in the teaching profile, together under 0.3 s. */
export const about = (value: Json, expected: number): void => {
  expect(value).toBeGreaterThanOrEqual(expected)
  expect(value).toBeLessThan(expected + 0.3)
}
