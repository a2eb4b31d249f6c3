/** A streaming service and a hand that writes and reads it, without a function behind: for what is a matter of calls. */
import { createCalls } from '../engine/calls'
import { createContext } from '../engine/context'
import { LegendBook } from '../engine/legend'
import { ParcelStore, PayloadStore } from '../engine/stores'
import { Verdicts } from '../engine/verdicts'
import { Kernel } from '../kernel/kernel'
import type { Outcome } from '../model/recording'
import type { JsonObject, Resource } from '../model/scenario'
import { toMicros } from '../model/units'
import { ITEM, PAYLOAD, RECEIVES } from './parcel'
import { scenarioOf } from './run.fixture'
import type { Install, Payload, Service } from './service'

export interface Asked {
  /** undefined until it is answered. */
  readonly outcome: Outcome | undefined
  readonly value: number
  /** Handles of what was read: sequence numbers. */
  readonly sequences: readonly number[]
  readonly payloads: readonly Payload[]
  /** Seconds at which they arrived. */
  readonly arrivals: readonly number[]
}

/** `readers`: mappings by id, and what each names as its EventSourceArn. They read, `Hand` writes. */
export function hands(
  service: Service,
  install: Install,
  resources: { readonly [id: string]: Resource },
  readers: { readonly [id: string]: string },
  facts: JsonObject = {},
) {
  const scenario = scenarioOf(
    {
      Hand: { Type: 'Coldstart::Client' },
      ...Object.fromEntries(
        Object.entries(readers).map(([id, EventSourceArn]) => [
          id,
          { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn } },
        ]),
      ),
      ...resources,
    },
    { facts: facts as { [key: string]: number } },
  )
  const ids = Object.keys(scenario.resources).sort()
  const kernel = new Kernel(1, 100_000)
  const legend = new LegendBook(ids)
  const payloads = new PayloadStore()
  const parcels = new ParcelStore()
  const lineage = { past: 0 }
  const calls = createCalls({
    kernel,
    legend,
    lineage,
    verdicts: new Verdicts(scenario),
    index: (id) => ids.indexOf(id),
    actions: (id) => service.actions[scenario.resources[id]!.Type]!,
    runtime: () => runtime,
    latency: () => null,
    reasons: { denied: 0, down: 0, uninvited: 0 },
  })
  const context = createContext({
    kernel,
    calls,
    legend,
    payloads,
    parcels,
    lineage,
    facts: Object.fromEntries(Object.values(service.facts).map((fact) => [fact.key, fact])),
    reasons: [],
    scenario: () => scenario,
  })
  const told: [string, number][] = []
  context.listen(`${service.id}.appended`, (resource, shard) => told.push([ids[resource]!, shard]))
  const runtime = install(context)
  runtime.start?.()

  const asked: { outcome: Outcome | undefined; value: number; items: readonly number[] }[] = []
  const answered = kernel.handler((request, tag) => {
    const it = asked[tag]!
    it.outcome = calls.outcome(request)
    it.value = calls.value(request)
    if (reads.has(tag) && it.value >= 0) {
      it.items = parcels.get(it.value)
      parcels.drop(it.value)
    }
  })
  const reads = new Set<number>()
  const call = (from: string, to: string, action: string, payload: number, count: number): Asked => {
    const tag = asked.push({ outcome: undefined, value: 0, items: [] }) - 1
    if (!/Put|Update|Delete/.test(action)) reads.add(tag)
    const wire = calls.wire(from, to, action, { role: null, network: false })
    calls.send(wire, payload, count, answered, tag)
    const it = asked[tag]!
    const column = (place: number): number[] =>
      Array.from({ length: it.items.length / ITEM }, (_, i) => it.items[i * ITEM + place]!)
    return {
      get outcome() {
        return it.outcome
      },
      get value() {
        return it.value
      },
      get sequences() {
        return column(0)
      },
      get payloads() {
        return column(PAYLOAD).map((id) => payloads.get(id))
      },
      get arrivals() {
        return column(RECEIVES).map((at) => at / 1e6)
      },
    }
  }
  return {
    kernel,
    context,
    runtime,
    told,
    parcels,
    until(seconds: number): void {
      const until = toMicros(seconds)
      kernel.advance(until + 1, 1e7)
      kernel.pass(until)
    },
    write: (to: string, action: string, payload: Partial<Payload>, count = 1): Asked =>
      call('Hand', to, action, payloads.intern({ body: {}, poison: false, ...payload }), count),
    read: (reader: string, to: string, action: string, shard: number, from: number, most: number): Asked =>
      call(reader, to, action, parcels.put([shard, from]), most),
    topic: (name: string, of: string | number): number =>
      context.read(`${service.id}.${name}`, typeof of === 'string' ? ids.indexOf(of) : of),
    /** Total of a count, or of a duration its observations (µs). */
    metric: (id: string, name: string): number =>
      kernel.metrics.read().find((it) => it.resource === id && it.name === name)?.total.sum ?? 0,
    configure: (id: string, properties: JsonObject): void =>
      runtime.configure!(ids.indexOf(id), {
        ...scenario,
        resources: { ...scenario.resources, [id]: { ...scenario.resources[id]!, Properties: properties } },
      }),
  }
}
