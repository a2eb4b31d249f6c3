import { describe, expect, it } from 'vitest'
import { Kernel } from '../kernel/kernel'
import { MICROS } from '../model/units'
import { answer, parseQueries, QueryError, type QuerySource } from './query'

const S = MICROS

/** Ten seconds of a function, a client and two queues. */
function source(): QuerySource {
  const kernel = new Kernel(1, 10)
  const { metrics } = kernel
  const invocations = metrics.series('Fn', 'Invocations', 'count')
  const errors = metrics.series('Fn', 'Errors', 'count')
  const cold = metrics.series('Fn', 'ColdStarts', 'count')
  const duration = metrics.series('Fn', 'Duration', 'duration')
  const environments = metrics.series('Fn', 'Environments', 'gauge')
  metrics.series('Fn', 'ConcurrentExecutions', 'gauge')
  // a rule counts under the same name, and is no function
  metrics.count(metrics.series('Rule', 'Invocations', 'count'), 100)
  metrics.count(cold)
  metrics.gauge(environments, 2)
  const requests = metrics.series('Shop', 'Requests', 'count')
  metrics.count(requests, 20)
  metrics.count(metrics.series('Shop', 'Failures', 'count'), 5)
  metrics.count(metrics.series('Shop', 'Retries', 'count'), 4)
  const queues = ['Q', 'Dlq'].map((id) => metrics.series(id, 'ApproximateNumberOfMessagesVisible', 'gauge'))
  for (let second = 0; second < 8; second++) {
    kernel.pass(second * S)
    metrics.count(invocations)
    metrics.observe(duration, (second + 1) * 100_000)
    if (second === 2) queues.forEach((visible, i) => metrics.gauge(visible, i === 0 ? 7 : 3))
    if (second === 3) metrics.count(errors, 2)
    if (second === 5) metrics.gauge(environments, 1)
  }
  kernel.pass(10 * S)
  return {
    series: metrics.read(),
    costs: [
      { resource: 'Fn', item: 'requests', quantity: 8, unit: 'requests', usd: 0.5, fact: 'a' },
      { resource: 'Fn', item: 'compute', quantity: 4, unit: 'GB-s', usd: 0.25, fact: 'b' },
      { resource: 'Q', item: 'requests', quantity: 8, unit: 'requests', usd: 1, fact: 'c' },
    ],
    until: 10 * S,
    scenario: {
      coldstart: 1,
      name: 'Test',
      profile: 'teaching',
      seed: 1,
      duration: 10,
      resources: {
        Fn: { Type: 'AWS::Lambda::Function' },
        Shop: { Type: 'Coldstart::Client' },
        Q: { Type: 'AWS::SQS::Queue' },
        Dlq: { Type: 'AWS::SQS::Queue' },
        Net: { Type: 'AWS::EC2::VPC' },
        Rule: { Type: 'AWS::Events::Rule' },
      },
    },
  }
}
const value = (query: string): unknown => answer(parseQueries(query), source())[0]!.value

describe('answer', () => {
  it.each([
    ['{"m":"invocations","of":"Fn"}', 8],
    ['{"m":"invocations"}', 8],
    ['{"m":"coldStarts","of":"kind:lambda"}', 1],
    ['{"m":"Invocations","of":"Rule"}', 100],
    ['{"m":"coldStartRate","of":"Fn"}', 0.125],
    ['{"m":"errorRate","of":"Fn"}', 0.25],
    ['{"m":"errorRate","of":"Shop"}', 0.25],
    ['{"m":"success","of":"Fn"}', 0.75],
    ['{"m":"successes","of":"Fn"}', 6],
    ['{"m":"errors","of":"Shop"}', 5],
    ['{"m":"attempts","of":"Shop"}', 24],
    ['{"m":"attempts","of":"Fn"}', 8],
    ['{"m":"duration.mean","of":"Fn"}', 0.45],
    ['{"m":"duration.p50","of":"Fn"}', 0.4],
    ['{"m":"duration.max","of":"Fn"}', 0.8],
    ['{"m":"envs.max","of":"Fn"}', 2],
    ['{"m":"envs.mean","of":"Fn"}', 1.5],
    ['{"m":"queue.depth.max","of":"Q"}', 7],
    ['{"m":"queue.depth.last","of":"kind:sqs"}', 10],
    ['{"m":"queue.depth.max","of":"kind:AWS::SQS::Queue"}', 7],
    ['{"m":"cost.total"}', 1.75],
    ['{"m":"cost.total","of":"Dlq"}', 0],
    ['{"m":"gbSeconds","of":"Fn"}', 4],
    ['{"m":"Duration","of":"Fn"}', 450],
    ['{"m":"Duration","of":"Fn","stat":"p99"}', 800],
    ['{"m":"Duration","of":"Fn","stat":"samplecount"}', 8],
    ['{"m":"Environments","of":"Fn","stat":"Last"}', 1],
    ['{"m":"invocations","of":"Fn","during":[2,5]}', 3],
    ['{"m":"duration.mean","of":"Fn","during":["2s","4s"]}', 0.35],
    ['{"m":"envs.mean","of":"Fn","during":[4,6]}', 1.5],
    ['{"m":"queue.depth.max","of":"Q","during":[8,9]}', 7],
  ])('%s is %d', (query, expected) => {
    expect(value(query)).toBeCloseTo(expected, 9)
  })

  it('answers by resource when asked for each', () => {
    expect(value('{"m":"queue.depth","of":"kind:sqs","each":true}')).toEqual({ Q: 7, Dlq: 3 })
  })

  it('gives the query back with its value, in order', () => {
    const queries = parseQueries('[{"m":"errors","of":"Fn"},{"m":"invocations","of":"Fn"}]')
    expect(answer(queries, source())).toEqual([
      { m: 'errors', of: 'Fn', value: 2 },
      { m: 'invocations', of: 'Fn', value: 8 },
    ])
  })

  it.each([
    ['{"m":"coldstarts","of":"Fn"}', /coldstarts is no metric\. Did you mean coldStarts or .* There are invocations/],
    ['{"m":"constructor","of":"Fn"}', /constructor is no metric/],
    ['{"m":"coldStarts","of":"Q"}', /coldStarts is not measured on Q, which has ApproximateNumberOfMessagesVisible/],
    ['{"m":"coldStarts","of":"Nobody"}', /there is no Nobody\. The scenario has Fn, Shop/],
    ['{"m":"invocations","of":"Fm"}', /there is no Fm\. Did you mean Fn/],
    ['{"m":"invocations","of":"Fn:9"}', /Fn has no version or alias 9/],
    ['{"m":"cost.total","of":"kind:lamda"}', /there is no kind:lamda; kinds are .*lambda/],
    ['{"m":"cost.total","of":"tag:networks"}', /there is no tag:networks; tags are /],
    ['{"m":"Duration","of":"Fn","stat":"p98"}', /stat p98 is unknown/],
    ['{"m":"Invocations","of":"Fn","stat":"p99"}', /p99 exists for durations only/],
    ['{"m":"duration.p99","of":"Fn","during":[0,5]}', /whole run only/],
    ['{"m":"invocations","of":"Fn","during":[0.5,5]}', /buckets of 1 s/],
    ['{"m":"invocations","of":"Fn","during":[5,50]}', /within 0 and 10/],
    ['{"m":"invocations","where":{"type":"x"}}', /invocations knows where version, not type/],
    ['{"of":"Fn"}', /m, the metric, is missing/],
    ['coldStarts', /not JSON/],
    ['[7]', /query 1: must be an object/],
  ])('%s is refused', (query, message) => {
    expect(() => value(query)).toThrow(QueryError)
    expect(() => value(query)).toThrow(message)
  })
})
