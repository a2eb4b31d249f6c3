import { sampleOf } from '../../events/samples'
import { Table } from '../../kernel/columns'
import { Outcome, Token } from '../../model/recording'
import type { JsonObject, LogicalId } from '../../model/scenario'
import { object } from '../../network/read'
import { EVENT_ID, EVENT_TIME } from '../filled'
import { putAt } from '../parcel'
import type { Runtime, ServiceContext } from '../service'
import { readTraffic, type Traffic } from '../traffic'
import { producerOf, sampleFor, SOURCE, targetOf, wayTo } from './settings'

interface Live {
  readonly traffic: Traffic
  /** -1: it sends to nobody. */
  readonly wire: number
  readonly payload: number
  /** It has an id and a time, which are filled in where somebody looks (filled.ts). */
  readonly stamped: boolean
}

/** An event on a bus gets an id and a time of its own; what is handed over directly is the sample as it stands. */
function contentOf(sample: string): JsonObject {
  const { event, source } = sampleOf(sample)!
  return source === undefined ? event : { ...event, id: EVENT_ID, time: EVENT_TIME }
}

/** AWS services that produce events: each is sent once, and lost where it is not taken. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads, lineage } = context
  const { metrics, recorder, random } = kernel
  const lost = context.reason('source.lost')
  const ids = context.ids(SOURCE)
  const resources = ids.map((id) => context.index(id))
  const meters = ids.map((id) => ({
    sent: metrics.series(id, 'EventsSent', 'count'),
    lost: metrics.series(id, 'EventsLost', 'count'),
  }))
  const table = kernel.part(new Table(8))
  const arrivals = table.f64()
  /** Events so far, of all sources, in the first row. */
  const sent = table.f64()
  for (const _ of ids) table.add()

  const read = (id: LogicalId): Live => {
    const scenario = context.scenario()
    const source = scenario.resources[id]
    const behavior = context.behavior(id)
    const to = targetOf(source)
    const way = wayTo(producerOf(source), to, scenario)
    const principal = way?.principal ?? null
    const as = principal === null ? null : { service: principal, source: id }
    const own = behavior['body']
    const content = way === null ? {} : contentOf(sampleFor(source, way))
    return {
      traffic: readTraffic(object(behavior['traffic']), random, context.stream(id, 'arrivals')),
      wire: to === null || way === null ? -1 : calls.wire(id, to, way.action, { role: null, network: false, as }),
      payload: payloads.intern({ body: own === undefined ? content : object(own), poison: false }),
      stamped: content['id'] === EVENT_ID,
    }
  }
  let live: Live[] = []
  /** Sources that are deleted. */
  const gone = new Set<number>()

  const answered = kernel.handler((request, s) => {
    if (calls.outcome(request) === Outcome.ok) return
    metrics.count(meters[s]!.lost)
    context.explain(lost, resources[s]!, calls.target(request))
  })
  const send = (s: number): void => {
    const { wire, payload, stamped } = live[s]!
    if (wire < 0 || gone.has(s)) return
    recorder.newTrace()
    metrics.count(meters[s]!.sent)
    sent.data[0] = sent.data[0]! + 1
    lineage.past = stamped ? putAt(kernel.now, sent.data[0]) : 0
    calls.send(wire, payload, 1, answered, s, Token.event)
    lineage.past = 0
  }
  const arrive = kernel.handler((s) => {
    const { traffic } = live[s]!
    for (let i = 0; i < traffic.together; i++) {
      recorder.cause = -1
      send(s)
    }
    arrivals.data[s] = arrivals.data[s]! + 1
    plan(s)
  })
  const plan = (s: number): void => {
    recorder.cause = -1
    recorder.trace = -1
    const at = live[s]!.traffic.next(arrivals.data[s]!, kernel.now)
    if (at < Infinity) kernel.after(Math.max(0, at - kernel.now), arrive, s)
  }

  return {
    start() {
      live = ids.map(read)
      ids.forEach((_, s) => plan(s))
    },
    send(resource, count) {
      const s = resources.indexOf(resource)
      if (s < 0) return
      const { cause } = recorder
      for (let i = 0; i < count; i++) {
        recorder.cause = cause
        send(s)
      }
    },
    fault(resource, down, deleted) {
      const s = resources.indexOf(resource)
      if (deleted && s >= 0) gone[down ? 'add' : 'delete'](s)
    },
    configure: () => void (live = ids.map(read)),
  }
}
