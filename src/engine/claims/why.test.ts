/** "Why?" of five outcomes, as the inspector shows it: the rule in words, its fact and the earlier event it goes back to. */
import { describe, expect, test } from 'vitest'
import { explain } from '../../panels/inspector/why/explain'
import { runQueries } from '../../panels/inspector/run-queries'
import type { Scenario } from '../../model/scenario'
import { REASONS } from '../../services/reasons'
import { stored } from '../../state/run/logs/small.fixture'
import { nat, visited, WAY_OUT } from './course.fixture'
import {
  alias,
  BURST,
  client,
  fn,
  mapping,
  ONCE,
  posts,
  queue,
  scenarioOf,
  sends,
  version,
  type Resources,
} from './run.fixture'

/** The chain that leads to the last decision of this code, and what that decision is the cause of: rows, sentences, facts. */
function why(scenario: Scenario, code: string, which: 'first' | 'last' = 'last') {
  const { store } = stored(scenario)
  const queries = runQueries(store, { name: (id) => id, reason: (it) => REASONS[it] })
  const rows: number[] = []
  for (let index = 0; ; index++) {
    const row = store.rowAt(index)
    if (row === undefined) break
    if (queries.reasonOf(row) === code) rows.push(index)
  }
  const row = which === 'last' ? rows.at(-1) : rows[0]
  if (row === undefined) throw new Error(`no ${code}`)
  const causes = queries.causes(row)
  const { headline, sources, took } = explain(causes, (it) => queries.told(it), true)
  const texts = causes.map((it) => queries.told(it).text)
  return { headline, sources, took, texts, first: texts[0]!, last: texts.at(-1)! }
}

describe('why', () => {
  test('a call was throttled: reserved concurrency', () => {
    const resources: Resources = {
      Crowd: client(BURST(8, 1), 'Fn'),
      Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: 5 }),
    }
    const { first, last, sources } = why(scenarioOf(resources, 10), 'lambda.reserved')
    expect(first).toBe('Crowd sent a request to Fn (lambda:Invoke).')
    expect(last).toContain('Fn refused with 429 ReservedFunctionConcurrentInvocationLimitExceeded')
    expect(last).toContain('its 5 reserved for calls at once were all in use')
    expect(sources).toEqual(expect.arrayContaining(['LAM-45', 'LAM-51']))
  })

  test('an asynchronous event was dropped: its age', () => {
    const resources: Resources = {
      Long: client(BURST(1), 'Fn', { timeout: 900 }),
      Source: sends(ONCE(1), 'Fn'),
      Fn: fn([{ wait: 600 }], { Timeout: 900, ReservedConcurrentExecutions: 1 }),
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: 'Fn', MaximumEventAgeInSeconds: 60 },
      },
    }
    const { first, last, texts, sources, took } = why(scenarioOf(resources, 120), 'lambda.expired')
    expect(first).toBe('Source sent 1 event to Fn (lambda:InvokeAsync).')
    expect(last).toContain('older than its maximum age')
    // earlier: it was refused and offered again with growing waits
    expect(texts.some((text) => text.startsWith('No capacity'))).toBe(true)
    expect(sources).toEqual(expect.arrayContaining(['INV-4', 'INV-5', 'INV-6']))
    expect(took).toBeGreaterThan(10_000_000)
    expect(took).toBeLessThanOrEqual(60_000_000)
  })

  test('a call started cold: beyond provisioned concurrency', () => {
    const resources: Resources = {
      Crowd: client(BURST(3, 1), 'Live'),
      Fn: fn([{ wait: 1 }]),
      V1: version(1),
      Live: alias('V1', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } }),
    }
    const scenario = scenarioOf(resources, 10)
    const { first, last, texts, sources } = why(scenario, 'lambda.cold')
    expect(first).toMatch(/^Crowd sent a request to (Live|Fn) \(lambda:Invoke\)\.$/)
    expect(texts.some((text) => text.startsWith('Of 2 provisioned for '))).toBe(true)
    expect(last).toMatch(/^No idle environment of \w+ was free\. A new one is started/)
    expect(sources).toEqual(expect.arrayContaining(['LAM-48', 'LAM-40']))
  })

  test('a message is back: nobody deleted it before the visibility timeout was over', () => {
    const resources: Resources = {
      Shop: posts(ONCE(1), 'Queue'),
      Queue: queue({ VisibilityTimeout: 30 }),
      Mapping: mapping(),
      Fn: fn([{ wait: 1 }, { fail: {} }]),
    }
    const scenario = scenarioOf(resources, 40)
    const { first, last, texts, sources, took } = why(scenario, 'sqs.reappeared', 'first')
    expect(first).toBe('Shop sent 1 message to Queue (sqs:SendMessage).')
    expect(last).toContain('It is visible again')
    expect(texts.some((text) => text.includes('hides what it handed out for 30 s'))).toBe(true)
    expect(sources).toContain('SQS-1')
    expect(took).toBe(30_000_000)
    // and what it follows from: the function failed, so that nobody deleted it
    expect(texts.some((text) => text.includes('The code of Fn failed'))).toBe(true)
    expect(texts.some((text) => text.startsWith('The batch is let go'))).toBe(true)
    expect(sources).toEqual(expect.arrayContaining(['LAM-53', 'SQS-ESM-6']))
  })

  test('a message was dead-lettered: it was received too often, because the function failed', () => {
    const resources: Resources = {
      Shop: posts(ONCE(1), 'Queue'),
      Queue: queue({ VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } }),
      Dead: queue({}),
      Mapping: mapping(),
      Fn: fn([{ wait: 1 }, { fail: {} }]),
    }
    const { texts, sources } = why(scenarioOf(resources, 40), 'sqs.deadLettered', 'first')
    expect(texts.some((text) => text.includes('The code of Fn failed'))).toBe(true)
    expect(sources).toEqual(expect.arrayContaining(['SQS-5', 'LAM-53']))
  })

  test('a function timed out: its call stopped at a gate of the network', () => {
    const visitors = visited('Api', { ...WAY_OUT, ...nat('PrivateA') })
    const { first, last, texts, sources } = why(visitors, 'lambda.timeout', 'first')
    expect(first).toBe('Visitors sent a request to Fn (lambda:Invoke).')
    expect(texts.at(-2)).toMatch(/^The NAT gateway on the way from Fn to Api stands in a subnet without a route/)
    expect(last).toMatch(/^Fn did not finish within 3 s/)
    expect(sources).toEqual(expect.arrayContaining(['NET-26', 'LAM-3']))
  })

  test('version 2 answered: the weights of the alias', () => {
    const resources: Resources = {
      Crowd: client(ONCE(1), 'Live'),
      Fn: fn([{ wait: 0.1 }]),
      V1: version(1),
      V2: version(2),
      Live: alias('V1', {
        RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: 1 }] },
      }),
    }
    const { first, last, sources } = why(scenarioOf(resources, 10), 'lambda.routed')
    expect(first).toBe('Crowd sent a request to Live (lambda:Invoke).')
    expect(last).toMatch(/^The alias Live shares its calls between two versions\. Version 2 answers this one/)
    expect(sources).toContain('LAM-61')
    const cold = why(scenarioOf(resources, 10), 'lambda.cold')
    expect(cold.texts.some((text) => text.startsWith('The alias Live shares its calls'))).toBe(true)
  })
})
