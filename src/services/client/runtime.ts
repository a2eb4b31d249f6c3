import type { JsonObject } from '../../model/scenario'
import { Outcome, Token } from '../../model/recording'
import { toMicros } from '../../model/units'
import { Table } from '../../kernel/columns'
import type { Runtime, ServiceContext } from '../service'
import { uuidOf } from '../template'
import { callMachine } from './call.machine'
import { contentOf, Made, MOST_CONTENTS, templateOf } from '../call-contents'
import { CLIENT } from './resource-type'
import { SingleCalls } from './single-calls'
import { readTraffic, type Traffic } from '../traffic'

interface ClientConfig {
  readonly id: string
  readonly resource: number
  readonly traffic: Traffic
  readonly wire: number
  readonly payload: number
  readonly poisoned: number
  readonly poison: ReadonlySet<number>
  /** Makes the content of a call; null when all carry the same. */
  readonly template: ReturnType<typeof templateOf>
  /** Stream its random placeholders draw from. */
  readonly draws: number
  /** µs, Infinity: waits for ever. */
  readonly timeout: number
  readonly retries: number
  readonly base: number
  readonly factor: number
  readonly cap: number
}

/** Clients: they call in a pattern, wait, time out and retry with exponential back-off. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { metrics, recorder, random } = kernel
  const read = (id: string): ClientConfig => {
    const behavior = context.behavior(id)
    const retries = behavior['retries'] as JsonObject | undefined
    const content = contentOf(behavior)
    const template = templateOf(content)
    const to = behavior['to']
    const call = behavior['call']
    const number = (from: JsonObject | undefined, name: string, fallback: number): number =>
      typeof from?.[name] === 'number' ? from[name] : fallback
    return {
      id,
      resource: context.index(id),
      traffic: readTraffic(behavior['traffic'] as JsonObject | undefined, random, context.stream(id, 'arrivals')),
      wire:
        typeof to === 'string' && typeof call === 'string'
          ? calls.wire(id, to, call, { role: null, network: false })
          : -1,
      payload: payloads.intern({ ...content, poison: false }),
      poisoned: payloads.intern({ ...content, poison: true }),
      poison: new Set((behavior['poison'] as number[] | undefined) ?? []),
      template,
      draws: template === null ? -1 : context.stream(id, 'content'),
      timeout: toMicros(number(behavior, 'timeout', Infinity)),
      retries: number(retries, 'max', 0),
      base: toMicros(number(retries, 'base', 0.1)),
      factor: number(retries, 'factor', 2),
      cap: toMicros(number(retries, 'cap', 20)),
    }
  }
  const clients = context.ids(CLIENT).map(read)
  const ordinal = new Map(clients.map((client, c) => [client.resource, c]))
  const meters = clients.map(({ id }) => ({
    requests: metrics.series(id, 'Requests', 'count'),
    successes: metrics.series(id, 'Successes', 'count'),
    failures: metrics.series(id, 'Failures', 'count'),
    retries: metrics.series(id, 'Retries', 'count'),
    latency: metrics.series(id, 'Latency', 'duration'),
  }))
  const retryReason = context.reason('client.retry')
  const timeoutReason = context.reason('client.timeout')

  const contents = clients.map(() => kernel.part(new Made()))
  const state = kernel.part(new Table(clients.length))
  const arrivals = state.f64()
  const made = state.f64()
  for (const _ of clients) state.add()

  const table = kernel.part(new Table(256))
  // all written when a call is made, except its request
  const client = table.kept()
  const attempt = table.kept()
  const payload = table.kept()
  const startedAt = table.f64()
  const request = table.i32(-1)

  const answered = kernel.handler((answer, call) => {
    request.data[call] = -1
    life.send(call, calls.outcome(answer) === Outcome.ok ? SUCCEEDED : FAILED)
  })
  const over = (call: number, series: number, meter: (typeof meters)[number]): void => {
    metrics.count(series)
    metrics.observe(meter.latency, kernel.now - startedAt.data[call]!)
    table.remove(call)
  }
  const backoff = (call: number): number => {
    const it = clients[client.data[call]!]!
    let wait = it.base
    for (let i = attempt.data[call]!; i > 1; i--) wait *= it.factor
    return Math.round(Math.min(wait, it.cap))
  }

  const life = context.lifecycle({
    entities: table,
    machine: callMachine,
    implementation: {
      guards: { 'retry left': (call) => attempt.data[call]! <= clients[client.data[call]!]!.retries },
      actions: {
        send: (call) => {
          attempt.data[call] = attempt.data[call]! + 1
          const token = attempt.data[call] > 1 ? Token.retry : undefined
          request.data[call] = calls.send(
            clients[client.data[call]!]!.wire,
            payload.data[call]!,
            1,
            answered,
            call,
            token,
          )
        },
        'give up waiting': (call) => {
          const it = clients[client.data[call]!]!
          context.explain(timeoutReason, it.resource, -1, it.timeout / 1e6)
          calls.abandon(request.data[call]!)
          request.data[call] = -1
        },
        'note retry': (call) => {
          const c = client.data[call]!
          metrics.count(meters[c]!.retries)
          context.explain(retryReason, clients[c]!.resource, -1, backoff(call) / 1e6)
        },
        // the row is free again at once: nothing of the chart runs after the entry of a final state
        succeed: (call) => over(call, meters[client.data[call]!]!.successes, meters[client.data[call]!]!),
        fail: (call) => over(call, meters[client.data[call]!]!.failures, meters[client.data[call]!]!),
      },
      delays: { TIMEOUT: (call) => clients[client.data[call]!]!.timeout, BACKOFF: backoff },
    },
  })
  const singles = new SingleCalls(context, clients, meters)
  const SUCCEEDED = life.event('succeeded')
  const FAILED = life.event('failed')

  const templated = (c: number, n: number, poison: boolean): number => {
    const { resource, template, draws } = clients[c]!
    const known = contents[c]!
    if (known.length === MOST_CONTENTS) return known.at((n - 1) % MOST_CONTENTS)
    const content = template!({
      n,
      now: kernel.now,
      uuid: () => uuidOf(context.scenario().seed, resource, n),
      draw: () => random.uniform(draws),
    })
    return known.push(payloads.intern({ ...content, poison }))
  }
  const callOnce = (c: number): void => {
    const it = clients[c]!
    if (it.wire < 0) return
    const nth = (made.data[c] = made.data[c]! + 1)
    recorder.newTrace()
    const poison = it.poison.size > 0 && it.poison.has(nth)
    let content = poison ? it.poisoned : it.payload
    if (it.template !== null) content = templated(c, nth, poison)
    metrics.count(meters[c]!.requests)
    if (it.retries === 0) {
      singles.make(c, content)
      return
    }
    const call = table.add()
    client.data[call] = c
    attempt.data[call] = 0
    startedAt.data[call] = kernel.now
    payload.data[call] = content
    life.start(call)
  }
  const arrive = kernel.handler((c) => {
    const { traffic } = clients[c]!
    for (let i = 0; i < traffic.together; i++) {
      recorder.cause = -1
      callOnce(c)
    }
    arrivals.data[c] = arrivals.data[c]! + 1
    schedule(c)
  })
  const schedule = (c: number): void => {
    recorder.cause = -1
    recorder.trace = -1
    const at = clients[c]!.traffic.next(arrivals.data[c]!, kernel.now)
    if (at < Infinity) kernel.after(Math.max(0, at - kernel.now), arrive, c)
  }

  return {
    start() {
      clients.forEach((_, c) => schedule(c))
    },
    send(resource, count) {
      const c = ordinal.get(resource)
      if (c === undefined) return
      const { cause } = recorder
      for (let i = 0; i < count; i++) {
        recorder.cause = cause
        callOnce(c)
      }
    },
    configure(resource) {
      const c = ordinal.get(resource)
      if (c !== undefined) clients[c] = read(context.id(resource))
    },
  }
}
