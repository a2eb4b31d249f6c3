import { describe, expect, it } from 'vitest'
import { Kernel } from '../../kernel/kernel'
import { factValue } from '../../model/facts'
import type { Resource } from '../../model/scenario'
import { createCalls } from '../../engine/calls'
import { createContext } from '../../engine/context'
import { LegendBook } from '../../engine/legend'
import { ParcelStore, PayloadStore } from '../../engine/stores'
import { Verdicts } from '../../engine/verdicts'
import { ITEM, RECEIVES } from '../parcel'
import { scenarioOf } from '../run.fixture'
import type { Runtime } from '../service'
import { install } from './runtime'
import { sqs } from '.'

/** A queue and a hand that makes calls to it, without mappings. */
function bench(properties: Resource['Properties'] = {}) {
  const scenario = scenarioOf({
    Hand: { Type: 'Coldstart::Client' },
    Q: { Type: 'AWS::SQS::Queue', Properties: { ReceiveMessageWaitTimeSeconds: 20, ...properties } },
  })
  const kernel = new Kernel(1, 300)
  const legend = new LegendBook()
  const ids = Object.keys(scenario.resources)
  const payloads = new PayloadStore()
  const parcels = new ParcelStore()
  const runtimes: Runtime[] = []
  const lineage = { passes: 0 }
  const calls = createCalls({
    kernel,
    legend,
    verdicts: new Verdicts(scenario),
    lineage,
    index: (id) => ids.indexOf(id),
    kind: () => sqs.kinds['AWS::SQS::Queue']!,
    runtime: () => runtimes[0],
    latency: () => null,
    reasons: { unreachable: 0, denied: 0, uninvited: 0, down: 0 },
  })
  const facts = Object.fromEntries(Object.values(sqs.facts).map((fact) => [fact.key, fact]))
  const reasons = Object.keys(sqs.reasons)
  const context = createContext({
    kernel,
    calls,
    legend,
    payloads,
    parcels,
    lineage,
    facts,
    reasons,
    scenario: () => scenario,
  })
  runtimes.push(install(context))
  runtimes[0]!.start?.()
  const answers: { value: number; items: readonly number[] }[] = []
  const answered = kernel.handler((request, tag) => {
    const value = calls.value(request)
    answers[tag] = { value, items: tag % 2 === 1 ? parcels.get(value) : [] }
  })
  const call = (action: string, payload: number, count: number, tag: number): number =>
    calls.send(calls.wire('Hand', 'Q', action, { role: null, network: false }), payload, count, answered, tag)
  const body = payloads.intern({ body: { n: 1 }, poison: false })
  return {
    context,
    calls,
    answers,
    until: (seconds: number) => kernel.advance(seconds * 1e6, 1e6),
    send: (count = 1) => call('sqs:SendMessage', body, count, 0),
    /** `tag` is odd. */
    receive: (most: number, tag: number) => call('sqs:ReceiveMessage', -1, most, tag),
    remove: (items: readonly number[]) => call('sqs:DeleteMessage', parcels.put(items), 1, 2),
    hide: (items: readonly number[], seconds: number) =>
      call('sqs:ChangeMessageVisibility', parcels.put(items), seconds, 4),
    visible: () => context.read('sqs.visible', 1),
    count: (metric: string) => kernel.metrics.value(kernel.metrics.series('Q', metric, 'gauge')),
    fact: (key: string) => factValue(facts[key]!, 'teaching'),
  }
}

describe('the calls a queue answers', () => {
  it('hold a receive until a message comes', () => {
    const hand = bench()
    hand.receive(10, 1)
    hand.until(5)
    expect(hand.answers[1]).toBeUndefined()
    hand.send(3)
    hand.until(6)
    expect(hand.answers[1]!.items).toHaveLength(3 * ITEM)
    expect(hand.answers[1]!.items[RECEIVES]).toBe(1)
    expect(hand.count('ApproximateNumberOfMessagesNotVisible')).toBe(3)
  })

  it('serve waiting receives in the order they came', () => {
    const hand = bench()
    hand.receive(2, 1)
    hand.receive(2, 3)
    hand.send(3)
    hand.until(1)
    expect(hand.answers[1]!.items).toHaveLength(2 * ITEM)
    expect(hand.answers[3]!.items).toHaveLength(ITEM)
  })

  it('count receives, and delete only by the latest handle', () => {
    const hand = bench({ VisibilityTimeout: 10 })
    hand.send()
    hand.receive(1, 1)
    hand.until(5)
    hand.receive(1, 3)
    hand.until(11)
    expect(hand.answers[3]!.items[RECEIVES]).toBe(2)
    hand.remove(hand.answers[1]!.items)
    expect(hand.count('ApproximateNumberOfMessagesNotVisible')).toBe(1)
    hand.remove(hand.answers[3]!.items)
    expect(hand.count('ApproximateNumberOfMessagesNotVisible')).toBe(0)
    expect(hand.count('NumberOfMessagesDeleted')).toBe(1)
  })

  it('change how long messages stay hidden, down to nothing', () => {
    const hand = bench({ VisibilityTimeout: 10 })
    hand.send(2)
    hand.receive(2, 1)
    hand.until(1)
    const { items } = hand.answers[1]!
    hand.hide(items.slice(0, ITEM), 100)
    hand.hide(items.slice(ITEM), 0)
    expect(hand.visible()).toBe(1)
    hand.until(99)
    expect(hand.visible()).toBe(1)
    hand.until(102)
    expect(hand.visible()).toBe(2)
  })

  it('forget an abandoned receive that was announced, and hide nothing for it', () => {
    const hand = bench()
    const request = hand.receive(10, 1)
    hand.receive(10, 3)
    hand.until(1)
    hand.calls.abandon(request)
    hand.context.signal('sqs.receiveAbandoned', 1, request)
    hand.send()
    hand.until(2)
    expect(hand.answers[1]).toBeUndefined()
    expect(hand.answers[3]!.items).toHaveLength(ITEM)
  })
})
