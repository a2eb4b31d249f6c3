/** A queue and a hand that calls it: the API cases of ../shared/conformance/lambda-behaviour are calls, not scenarios. */
import { Kernel } from '../kernel/kernel'
import type { Json, JsonObject } from '../model/scenario'
import { toMicros } from '../model/units'
import { sqs } from '../services/sqs'
import { install } from '../services/sqs/runtime'
import { HANDLE, ITEM, PAYLOAD } from '../services/parcel'
import type { Runtime } from '../services/service'
import { createCalls } from './calls'
import { createContext } from './context'
import type { Case } from './lambda-behaviour.fixture'
import { LegendBook } from './legend'
import { ParcelStore, PayloadStore } from './stores'
import { Verdicts } from './verdicts'

/** A receive under way. */
export interface Received {
  /** Bodies it got so far. */
  got(): string[]
  items(): readonly number[]
}

export function hand({ setup, stimulus }: Case) {
  const properties: JsonObject = {
    ...(setup['fifo'] === true ? { FifoQueue: true } : {}),
    ...(typeof setup['visibilityTimeout'] === 'number' ? { VisibilityTimeout: setup['visibilityTimeout'] } : {}),
    ...(typeof setup['delaySeconds'] === 'number' ? { DelaySeconds: setup['delaySeconds'] } : {}),
  }
  const scenario = {
    coldstart: 1 as const,
    name: 'Hand',
    profile: 'teaching',
    seed: 1,
    duration: 300,
    resources: { Hand: { Type: 'Coldstart::Client' }, Q: { Type: 'AWS::SQS::Queue', Properties: properties } },
  }
  const kernel = new Kernel(1, 300)
  const legend = new LegendBook()
  const ids = Object.keys(scenario.resources)
  const payloads = new PayloadStore()
  const parcels = new ParcelStore()
  const lineage = { passes: 0 }
  const runtimes: Runtime[] = []
  const calls = createCalls({
    kernel,
    legend,
    lineage,
    verdicts: new Verdicts(scenario),
    index: (id) => ids.indexOf(id),
    kind: () => sqs.kinds['AWS::SQS::Queue']!,
    runtime: () => runtimes[0],
    latency: () => null,
    reasons: { unreachable: 0, denied: 0, down: 0 },
  })
  const context = createContext({
    kernel,
    calls,
    legend,
    payloads,
    parcels,
    lineage,
    facts: Object.fromEntries(Object.values(sqs.facts).map((fact) => [fact.key, fact])),
    reasons: Object.keys(sqs.reasons),
    scenario: () => scenario,
  })
  runtimes.push(install(context))
  runtimes[0]!.start?.()
  const answers: (readonly number[])[] = []
  const answered = kernel.handler((request, tag) => {
    if (tag >= 0) answers[tag] = parcels.get(calls.value(request))
  })
  const call = (action: string, payload: number, count: number, tag: number): number =>
    calls.send(calls.wire('Hand', 'Q', action, { role: null, network: false }), payload, count, answered, tag)
  const wait = (seconds: number): void => {
    const until = kernel.now + toMicros(seconds)
    kernel.advance(until, 1e6)
    kernel.pass(until)
  }
  const send = (body: string, group: string | null): void => {
    const content = { body: { body }, poison: false, ...(group === null ? {} : { group }) }
    call('sqs:SendMessage', payloads.intern(content), 1, -1)
  }
  let next = 0
  const listen = (most: number): Received => {
    const tag = next++
    call('sqs:ReceiveMessage', -1, most, tag)
    const items = (): readonly number[] => answers[tag] ?? []
    const got = (): string[] =>
      Array.from({ length: items().length / ITEM }, (_, i) =>
        String(payloads.get(items()[i * ITEM + PAYLOAD]!).body['body']),
      )
    return { got, items }
  }
  const metric = (name: string): number => kernel.metrics.value(kernel.metrics.series('Q', name, 'gauge'))
  for (const body of (stimulus['sent'] as Json[] | undefined) ?? []) send(String(body), String(body).split('-')[0]!)
  return {
    send,
    listen,
    wait,
    /** A receive that does not wait: what it gets in this instant. */
    receive(most: number): string[] {
      const waiting = listen(most)
      wait(0.000_001)
      return waiting.got()
    },
    remove: (from: Received): void => void call('sqs:DeleteMessage', parcels.put(from.items()), 1, -1),
    /** Changes how long one of the received messages stays hidden. */
    hide(from: Received, body: string, seconds: number): void {
      const at = from.got().indexOf(body) * ITEM
      call('sqs:ChangeMessageVisibility', parcels.put(from.items().slice(at + HANDLE, at + ITEM)), seconds, -1)
    },
    deleted: () => metric('NumberOfMessagesDeleted'),
    /** Messages the queue holds, visible or not. */
    held: () => metric('ApproximateNumberOfMessagesVisible') + metric('ApproximateNumberOfMessagesNotVisible'),
  }
}
