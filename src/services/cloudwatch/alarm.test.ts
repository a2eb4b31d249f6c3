import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../run.fixture'

const alarm = (more: JsonObject, of = 'Q'): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    MetricName: 'NumberOfMessagesSent',
    Dimensions: [{ Name: 'QueueName', Value: of }],
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    ...more,
  },
})
const resources = (more: JsonObject, of?: string): Scenario['resources'] => ({
  C: client('sqs:SendMessage', 'Q', { pattern: 'burst', count: 3, at: 30 }),
  Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
  D: client('lambda:Invoke', 'Fn', { pattern: 'once', at: 70 }),
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: 'R' }, Behavior: { steps: [{ wait: 2 }] } },
  R: mayAll,
  A: alarm(more, of),
})
const run = (more: JsonObject, of?: string) => runOf(scenarioOf(resources(more, of), { duration: 300 }))
/** Its states after the first, which is INSUFFICIENT_DATA. */
const states = (more: JsonObject, of?: string): [number, string][] =>
  run(more, of)
    .states('alarm')
    .map(([at, state]): [number, string] => [at, state])
    .slice(1)

describe('an alarm', () => {
  test('counts what a period counted', () => {
    expect(states({ Threshold: 3 })).toEqual([
      [60, 'ALARM'],
      [120, 'OK'],
    ])
    expect(states({ Threshold: 3, ComparisonOperator: 'GreaterThanThreshold' })).toEqual([[60, 'OK']])
    expect(states({ Threshold: 1, ComparisonOperator: 'LessThanThreshold' })).toEqual([
      [60, 'OK'],
      [120, 'ALARM'],
    ])
    expect(states({ Threshold: 0, ComparisonOperator: 'LessThanOrEqualToThreshold' }).at(-1)).toEqual([120, 'ALARM'])
  })
  test('looks at what a gauge is when the period ends, and at the average of durations (ms)', () => {
    expect(states({ MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 3 })).toEqual([[60, 'ALARM']])
    const duration = { MetricName: 'Duration', Dimensions: [{ Name: 'FunctionName', Value: 'Fn' }], Threshold: 2_000 }
    expect(states(duration)).toEqual([
      [120, 'ALARM'],
      [180, 'INSUFFICIENT_DATA'],
    ])
  })
  test('wants so many of the last points', () => {
    expect(states({ EvaluationPeriods: 3, DatapointsToAlarm: 1 })).toEqual([
      [60, 'ALARM'],
      [240, 'OK'],
    ])
    expect(states({ EvaluationPeriods: 2 })).toEqual([[60, 'OK']])
    expect(states({ Period: 120 })).toEqual([
      [120, 'ALARM'],
      [240, 'OK'],
    ])
  })
  test.each([
    ['missing', []],
    ['ignore', []],
    ['breaching', [[60, 'ALARM']]],
    ['notBreaching', [[60, 'OK']]],
  ])('without data, treated as %s', (TreatMissingData, expected) => {
    expect(states({ MetricName: 'Nothing', TreatMissingData })).toEqual(expected)
  })
  test('finds a resource by the name it has in AWS', () => {
    expect(states({}, 'orders')).toEqual(states({}))
  })
  test('says why, and what it costs', () => {
    const ran = run({})
    expect(ran.reasons('cloudwatch.alarm')).toEqual([[60, 3]])
    expect(ran.reasons('cloudwatch.ok')).toEqual([[120, 0]])
    expect(ran.costs.find(({ resource }) => resource === 'A')).toMatchObject({ item: 'Alarm', idle: true })
  })
})

test('documents that mean nothing are refused', () => {
  const problems = (more: JsonObject, of?: string) =>
    gateJson({ ...scenarioOf(resources(more, of)), layout: {} }).problems.map(({ path }) => path)
  expect(problems({})).toEqual([])
  expect(problems({}, 'nobody')).toEqual(['/resources/A/Properties/Dimensions'])
  expect(problems({ Period: 90 })).toEqual(['/resources/A/Properties/Period'])
  expect(problems({ EvaluationPeriods: 2, DatapointsToAlarm: 3 })).toEqual([
    '/resources/A/Properties/DatapointsToAlarm',
  ])
})
