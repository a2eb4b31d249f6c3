/** Queues and a hand that calls them, without anything else: for what is a matter of calls rather than of scenarios. */
import { Kernel } from '../../kernel/kernel'
import { factValue } from '../../model/facts'
import type { Outcome } from '../../model/recording'
import type { JsonObject, Scenario } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { createCalls } from '../../engine/calls'
import { createContext } from '../../engine/context'
import { LegendBook } from '../../engine/legend'
import { ParcelStore, PayloadStore } from '../../engine/stores'
import { Verdicts } from '../../engine/verdicts'
import { ITEM, PAYLOAD } from '../parcel'
import { scenarioOf } from '../run.fixture'
import type { Content, Payload, Runtime } from '../service'
import { install } from './runtime'
import { sqs } from '.'

/** A call under way. */
export interface Asked {
  readonly request: number
  /** undefined until it is answered. */
  readonly outcome: Outcome | undefined
  /** What it received: items of a parcel. */
  readonly items: readonly number[]
  /** `n` of the bodies of what it received. */
  readonly got: readonly unknown[]
}

/**
 * Queues by logical id, with their properties. Receives wait as `ReceiveMessageWaitTimeSeconds` says, 20 s unless given. `more`: profile, seed
 * and facts of the scenario.
 */
export function hands(queues: { readonly [id: string]: JsonObject }, more: Partial<Scenario> = {}) {
  const scenario = scenarioOf(
    {
      Hand: { Type: 'Coldstart::Client' },
      Rule: { Type: 'AWS::Events::Rule' },
      ...Object.fromEntries(
        Object.entries(queues).map(([id, properties]) => [
          id,
          { Type: 'AWS::SQS::Queue', Properties: { ReceiveMessageWaitTimeSeconds: 20, ...properties } },
        ]),
      ),
    },
    more,
  )
  const kernel = new Kernel(scenario.seed, 3_600)
  const ids = Object.keys(scenario.resources).sort()
  const legend = new LegendBook(ids)
  const payloads = new PayloadStore()
  const parcels = new ParcelStore()
  const lineage = { past: 0 }
  const runtimes: Runtime[] = []
  const calls = createCalls({
    kernel,
    legend,
    lineage,
    verdicts: new Verdicts(scenario),
    index: (id) => ids.indexOf(id),
    actions: () => sqs.actions['AWS::SQS::Queue']!,
    runtime: () => runtimes[0],
    latency: () => null,
    reasons: { denied: 0, down: 0, uninvited: 0 },
  })
  const facts = Object.fromEntries(Object.values(sqs.facts).map((fact) => [fact.key, fact]))
  const context = createContext({
    kernel,
    calls,
    legend,
    payloads,
    parcels,
    lineage,
    facts,
    reasons: [],
    scenario: () => scenario,
  })
  runtimes.push(install(context))
  runtimes[0]!.start?.()
  const asked: { outcome?: Outcome; items: readonly number[] }[] = []
  const answered = kernel.handler((request, tag) => {
    const it = asked[tag]!
    it.outcome = calls.outcome(request)
    const parcel = calls.value(request)
    if (receives.has(tag) && parcel >= 0) it.items = parcels.get(parcel)
  })
  const receives = new Set<number>()
  const call = (queue: string, action: string, payload: number, count: number, from = 'Hand'): Asked => {
    const tag = asked.push({ items: [] }) - 1
    if (action === 'sqs:ReceiveMessage') receives.add(tag)
    const wire = calls.wire(from, queue, action, { role: null, network: false })
    const request = calls.send(wire, payload, count, answered, tag)
    return {
      request,
      get outcome() {
        return asked[tag]!.outcome
      },
      get items() {
        return asked[tag]!.items
      },
      get got() {
        const { items } = asked[tag]!
        return Array.from({ length: items.length / ITEM }, (_, i) => payloads.get(items[i * ITEM + PAYLOAD]!).body['n'])
      },
    }
  }
  const parcel = (items: readonly number[]): number => parcels.put(items)
  return {
    kernel,
    context,
    calls,
    /** Runs to a second, inclusive of what happens in it. */
    until(seconds: number): void {
      const until = toMicros(seconds)
      kernel.advance(until + 1, 1e7)
      kernel.pass(until)
    },
    send: (queue: string, n: unknown, more: Partial<Payload> = {}): Asked =>
      call(queue, 'sqs:SendMessage', payloads.intern({ body: { n } as JsonObject, poison: false, ...more }), 1),
    /** The same, by a rule. */
    sendByRule: (queue: string, n: unknown, more: Partial<Payload> = {}): Asked =>
      call(queue, 'sqs:SendMessage', payloads.intern({ body: { n } as JsonObject, poison: false, ...more }), 1, 'Rule'),
    /** `asked`: WaitTimeSeconds and the like. */
    receive: (queue: string, most: number, asked?: JsonObject): Asked =>
      call(
        queue,
        'sqs:ReceiveMessage',
        asked === undefined ? -1 : payloads.intern({ body: asked, poison: false }),
        most,
      ),
    remove: (queue: string, items: readonly number[]): Asked =>
      call(queue, 'sqs:DeleteMessage', parcel(items), items.length / ITEM),
    hide: (queue: string, items: readonly number[], seconds: number): Asked =>
      call(queue, 'sqs:ChangeMessageVisibility', parcel(items), seconds),
    moveBack: (queue: string, asked?: JsonObject): Asked =>
      call(
        queue,
        'sqs:StartMessageMoveTask',
        asked === undefined ? -1 : payloads.intern({ body: asked, poison: false }),
        1,
      ),
    discard: (queue: string, items: readonly number[]): void =>
      context.signal('sqs.discard', ids.indexOf(queue), parcel(items)),
    abandon(queue: string, { request }: Asked): void {
      calls.abandon(request)
      context.signal('sqs.receiveAbandoned', ids.indexOf(queue), request)
    },
    read: (topic: string, queue: string): number => context.read(topic, ids.indexOf(queue)),
    /** Total of a count, present value of a gauge. */
    metric: (queue: string, name: string): number => kernel.metrics.value(kernel.metrics.series(queue, name, 'gauge')),
    contents: (): readonly Content[] => runtimes[0]!.contents!(),
    fact: (key: string) => factValue(facts[key]!, 'teaching'),
  }
}
export type Hands = ReturnType<typeof hands>
