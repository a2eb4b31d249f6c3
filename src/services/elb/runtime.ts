import { Table } from '../../kernel/columns'
import { Outcome } from '../../model/recording'
import type { Runtime, ServiceContext } from '../service'
import { costsOf } from './costs'
import { PORTS } from './actions'
import { balancerMeters, targetMeters } from './meters'
import { bytesOf, readResponse, responseOf } from './response'
import { routingOf, type Route, type Routing } from './routing'
import { LOAD_BALANCER, TARGET_GROUP } from './settings'

const HEALTH_CHECK = { httpMethod: 'GET', path: '/', headers: { 'user-agent': 'ELB-HealthChecker/2.0' }, body: '' }
const BAD_GATEWAY = 502

/** Load balancers invoke a function for each request, wait as long as it may run, and never try again (LAM-70, INV-1). */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { metrics, random, recorder } = kernel
  const ids = context.ids(LOAD_BALANCER)
  const groupIds = context.ids(TARGET_GROUP)
  const placeOf: number[] = []
  ids.forEach((id, b) => (placeOf[context.index(id)] = b))
  const meters = ids.map((id) => balancerMeters(context, id))
  const groupMeters = groupIds.map((id) => targetMeters(context, id))
  const streams = ids.map((id) => context.stream(id, 'targets'))
  const limit = context.number('elb.bodyLimit') * 2 ** 20
  const healthCheck = payloads.intern({ body: HEALTH_CHECK, poison: false })
  const why = {
    routed: context.reason('elb.routed'),
    noListener: context.reason('elb.noListener'),
    noTarget: context.reason('elb.noTarget'),
    requestTooLarge: context.reason('elb.requestTooLarge'),
    responseTooLarge: context.reason('elb.responseTooLarge'),
    malformed: context.reason('elb.malformed'),
    unavailable: context.reason('elb.unavailable'),
  }
  /** What AWS counts as the user's error; the rest is internal. */
  const userError: { readonly [outcome: number]: number } = {
    [Outcome.error]: context.reason('elb.failed'),
    [Outcome.dropped]: context.reason('elb.failed'),
    [Outcome.timeout]: context.reason('elb.timeout'),
    [Outcome.throttled]: context.reason('elb.throttled'),
    [Outcome.denied]: context.reason('elb.denied'),
  }

  let routing: Routing = { groups: [], balancers: [] }
  /** One row per load balancer. */
  const balancers = kernel.part(new Table(8))
  const active = balancers.i32()
  /** Connection-µs of requests that are answered. */
  const held = balancers.f64()
  /** One row per target group: its next health check. */
  const checks = kernel.part(new Table(8))
  const timer = checks.i32(-1)
  for (const _ of ids) balancers.add()
  for (const _ of groupIds) checks.add()
  /** One row per invocation under way. */
  const pending = kernel.part(new Table(64))
  const requestOf = pending.kept()
  const groupOf = pending.kept()

  const pick = (b: number, routes: readonly Route[]): number => {
    if (routes.length < 2) return routes[0]?.group ?? -1
    const all = routes.reduce((sum, { weight }) => sum + weight, 0)
    let left = random.uniform(streams[b]!) * all
    const { group, weight } = routes.find((route) => (left -= route.weight) < 0) ?? routes[0]!
    context.explain(why.routed, routing.balancers[b]!.resource, routing.groups[group]!.resource, (weight / all) * 100)
    return group
  }
  const requestBytes = (b: number, request: number): number => {
    const { requestSize } = routing.balancers[b]!
    if (requestSize !== null) return requestSize
    const { text, body } = payloads.get(calls.payload(request))
    return bytesOf(text ?? JSON.stringify(body))
  }
  const hold = (b: number, change: number): void => {
    const open = active.data[b]! + change
    active.data[b] = open
    metrics.gauge(meters[b]!.active, open)
  }

  const finish = (b: number, request: number, status: number): void => {
    hold(b, -1)
    held.data[b] = held.data[b]! + kernel.now - calls.sentAt(request)
    calls.answer(request, status < 400 ? Outcome.ok : Outcome.error, status)
  }
  /** A status of the load balancer's own. */
  const refuse = (b: number, request: number, status: number): void => {
    for (const series of meters[b]!.own.get(status)!) metrics.count(series)
    finish(b, request, status)
  }

  /** Status the function returned; 0: an answer that is none, explained. */
  const statusOf = (b: number, invocation: number): number => {
    const resource = calls.source(invocation)
    const target = calls.target(invocation)
    const outcome = calls.outcome(invocation)
    if (outcome !== Outcome.ok) {
      context.explain(userError[outcome] ?? why.unavailable, resource, target)
      return 0
    }
    // an alias may point to two versions with responses of their own
    const answering = calls.value(invocation) > 0 ? calls.value(invocation) - 1 : target
    const read = readResponse(responseOf(context.id(answering), context.scenario()))
    const bytes = routing.balancers[b]!.responseSize ?? read.bytes
    metrics.count(meters[b]!.bytes, bytes)
    if (bytes <= limit && read.status > 0) return read.status
    context.explain(bytes > limit ? why.responseTooLarge : why.malformed, resource, target, bytes)
    return 0
  }
  const answered = kernel.handler((invocation, row) => {
    const request = requestOf.data[row]!
    const b = placeOf[calls.source(invocation)]!
    const both = [meters[b]!, groupMeters[groupOf.data[row]!]!]
    pending.remove(row)
    const outcome = calls.outcome(invocation)
    const status = statusOf(b, invocation)
    const isUsers = outcome === Outcome.ok || userError[outcome] !== undefined
    // who was refused has not responded
    const responded = outcome === Outcome.ok || outcome === Outcome.error || outcome === Outcome.timeout
    for (const meter of both) {
      if (responded) metrics.observe(meter.responseTime, kernel.now - calls.sentAt(invocation))
      const code = meter.codes[Math.floor(status / 100) - 2]
      if (status === 0) metrics.count(isUsers ? meter.userErrors : meter.internalErrors)
      else if (code !== undefined) metrics.count(code)
    }
    if (status === 0) refuse(b, request, BAD_GATEWAY)
    else finish(b, request, status)
  })

  const checked = kernel.handler(() => {})
  const checking = kernel.handler((group) => {
    const { checkEvery, wires } = routing.groups[group]!
    timer.data[group] = -1
    schedule(group)
    const wire = wires.find((known) => known >= 0)
    if (checkEvery === 0 || wire === undefined) return
    recorder.cause = -1
    recorder.trace = -1
    calls.send(wire, healthCheck, 1, checked, 0)
  })
  const schedule = (group: number): void => {
    const { checkEvery } = routing.groups[group]!
    if (checkEvery > 0 && timer.data[group]! < 0) timer.data[group] = kernel.after(checkEvery, checking, group)
  }
  const configure = (): void => {
    routing = routingOf(context, ids, groupIds)
    groupIds.forEach((_, group) => schedule(group))
  }

  return {
    start: configure,
    configure,
    handle(request) {
      const resource = calls.target(request)
      const b = placeOf[resource]!
      const meter = meters[b]!
      const routes = routing.balancers[b]!.listeners[calls.action(request)]
      if (routes === undefined) {
        context.explain(why.noListener, resource, -1, PORTS[calls.action(request)])
        return calls.answer(request, Outcome.unreachable)
      }
      metrics.count(meter.connections)
      hold(b, 1)
      const group = pick(b, routes)
      const wire = routing.groups[group]?.wires[b] ?? -1
      if (wire < 0) {
        context.explain(why.noTarget, resource, routing.groups[group]?.resource ?? -1)
        return refuse(b, request, 503)
      }
      const bytes = requestBytes(b, request)
      const both = [meter, groupMeters[group]!]
      for (const { requests } of both) metrics.count(requests)
      if (bytes > limit) {
        for (const { userErrors } of both) metrics.count(userErrors)
        context.explain(why.requestTooLarge, resource, -1, bytes)
        return refuse(b, request, 413)
      }
      metrics.count(meter.bytes, bytes)
      const row = pending.add()
      requestOf.data[row] = request
      groupOf.data[row] = group
      calls.send(wire, calls.payload(request), 1, answered, row)
    },
    costs: () =>
      ids.flatMap((id, b) =>
        costsOf(id, kernel.now, metrics.value(meters[b]!.connections), held.data[b]!, metrics.value(meters[b]!.bytes)),
      ),
  }
}
