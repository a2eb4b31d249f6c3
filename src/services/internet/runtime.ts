import { Outcome } from '../../model/recording'
import { object } from '../../network/read'
import type { Sampler } from '../../kernel/sampler'
import type { Duration, JsonObject } from '../../model/scenario'
import { bytesOf } from '../message-size'
import type { Cost, Runtime, ServiceContext } from '../service'
import { INTERNET } from './actions'

interface Host {
  readonly latency: Sampler
  /** Share of requests that fail. */
  readonly errors: number
}

/** Hosts keep nothing: each answers after its latency, and fails at its rate. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls } = context
  const failed = context.reason('internet.failed')
  const hosts: Host[] = []
  const streams: number[] = []

  const egress = new Map(context.ids(INTERNET).map((id) => [id, kernel.metrics.series(id, 'BytesFromAws', 'count')]))
  context.publish('call.answerBytes', (resource) => {
    const bytes = context.behavior(context.id(resource))['answerBytes']
    return hosts[resource] !== undefined && typeof bytes === 'number' ? bytes : 0
  })

  const configure = (resource: number, behavior: JsonObject): void => {
    const id = context.id(resource)
    const latency = (behavior['latency'] as Duration | undefined) ?? context.fact('internet.latency')
    const rate = object(behavior['errors'])['rate']
    hosts[resource] = { latency: context.sampler(latency, id, 'latency'), errors: typeof rate === 'number' ? rate : 0 }
  }
  for (const id of context.ids(INTERNET)) {
    const resource = context.index(id)
    streams[resource] = context.stream(id, 'errors')
    configure(resource, context.behavior(id))
  }

  const answering = kernel.handler((request) => {
    const resource = calls.target(request)
    const { errors } = hosts[resource]!
    if (errors > 0 && kernel.random.uniform(streams[resource]!) < errors) {
      context.explain(failed, resource, resource, errors * 100)
      calls.answer(request, Outcome.error)
    } else calls.answer(request, Outcome.ok)
  })

  return {
    handle: (request) => {
      const bytes = bytesOf(context.payloads.get(calls.payload(request)))
      // a body without content is {}
      if (
        bytes > 2 &&
        context.scenario().resources[context.id(calls.source(request))]?.Type.startsWith('AWS::') === true
      )
        kernel.metrics.count(egress.get(context.id(calls.target(request)))!, bytes * calls.count(request))
      kernel.after(hosts[calls.target(request)]!.latency(), answering, request)
    },
    costs: () =>
      [...egress].flatMap(([resource, series]): Cost[] => {
        const quantity = kernel.metrics.value(series) / 1e9
        return quantity === 0
          ? []
          : [{ resource, item: 'Data from AWS', quantity, unit: 'GB', fact: 'internet.egressPrice' }]
      }),
    configure(resource, scenario) {
      configure(resource, scenario.resources[context.id(resource)]?.Behavior ?? {})
    },
  }
}
