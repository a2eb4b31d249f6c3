import { Outcome } from '../../model/recording'
import { Table } from '../../kernel/columns'
import type { Cost, Runtime, ServiceContext } from '../service'
import { Admission } from './admission'
import { FUNCTION, MAPPING, readFunction, type FunctionConfig } from './config'
import { EVENT, INTS, REQUEST } from './environment-row'
import { Environments } from './environments'
import { createEvents, type Events } from './events'
import { Execution } from './execute'
import { functionMachine } from './function.machine'
import { ITEM, PAYLOAD, RECEIVES } from '../parcel'
import { metersOf, type Meters } from './meters'

/** The functions of a scenario, running. */
export function installFunctions(context: ServiceContext): Runtime {
  const { kernel, calls, payloads, parcels } = context
  const { metrics, recorder } = kernel
  const configs: FunctionConfig[] = context.ids(FUNCTION).map((id) => readFunction(context, id))
  const meters: Meters[] = configs.map((config) => metersOf(context, config))
  /** Function by resource index; holes are other resources. */
  const ordinal: (number | undefined)[] = []
  configs.forEach((config, f) => (ordinal[config.resource] = f))
  const fromMapping = new Set(context.ids(MAPPING).map((id) => context.index(id)))
  const pendingReason = context.reason('lambda.pending')
  const admission = new Admission(context, configs)

  // forward references: an execution needs the environments it runs in
  let environments!: Environments
  let events!: Events
  const isBatch = (request: number): boolean => fromMapping.has(calls.source(request))
  const execution = new Execution(context, configs, meters, {
    attempt: (e) => {
      const event = environments.ints.data[e * INTS + EVENT]!
      if (event >= 0) return events.attempt.data[event]!
      const request = environments.ints.data[e * INTS + REQUEST]!
      return isBatch(request) ? (parcels.get(calls.payload(request))[RECEIVES] ?? 1) : 1
    },
    size: (e) => {
      const request = environments.ints.data[e * INTS + REQUEST]!
      return request >= 0 ? calls.count(request) : 1
    },
    poison: (e) => {
      const event = environments.ints.data[e * INTS + EVENT]!
      if (event >= 0) return payloads.get(events.payload.data[event]!).poison
      const request = environments.ints.data[e * INTS + REQUEST]!
      const payload = calls.payload(request)
      if (!isBatch(request)) return payload >= 0 && payloads.get(payload).poison
      const items = parcels.get(payload)
      for (let i = PAYLOAD; i < items.length; i += ITEM) if (payloads.get(items[i]!).poison) return true
      return false
    },
    ended: (_, request, event, outcome) => {
      if (request >= 0) calls.answer(request, outcome)
      else events.ended(event, outcome)
    },
  })
  environments = new Environments(context, configs, meters, admission, (e) => execution.begin(e))
  execution.runIn(environments)
  events = createEvents(context, configs, meters, environments)

  const states = kernel.part(new Table(configs.length || 1))
  configs.forEach(() => states.add())
  const life = context.lifecycle({
    entities: states,
    machine: functionMachine,
    drawn: { owner: (f) => configs[f]!.resource, label: (f) => configs[f]!.id },
    implementation: {
      guards: { 'interfaces ready': (f) => context.read('vpc.ready', configs[f]!.resource) === 1 || !inVpc(f) },
    },
  })
  const inVpc = (f: number): boolean => context.properties(configs[f]!.id)['VpcConfig'] !== undefined
  const DEPLOY = life.event('deploy')
  const READY = life.event('ready')
  const ACTIVE = life.code('Active')
  const deploying = kernel.handler((f) => life.send(f, DEPLOY))
  context.listen('vpc.ready', (resource) => {
    const f = ordinal[resource]
    if (f !== undefined) life.send(f, READY)
  })
  context.publish('lambda.pending', (resource) => {
    const f = ordinal[resource]
    return f === undefined || life.state.data[f] === ACTIVE ? 0 : 1
  })

  const refuse = (request: number, f: number, reason: number, outcome: Outcome): void => {
    if (outcome === Outcome.throttled) metrics.count(meters[f]!.throttles)
    context.explain(reason, configs[f]!.resource, -1, outcome === Outcome.throttled ? admission.limit() : 0)
    calls.answer(request, outcome)
  }

  return {
    start() {
      configs.forEach((config, f) => {
        life.drawn.born(f)
        recorder.cause = -1
        life.start(f)
        if (config.created === null) life.send(f, DEPLOY)
        else kernel.after(config.created, deploying, f)
      })
    },
    handle(request) {
      const f = ordinal[calls.target(request)]!
      if (life.state.data[f] !== ACTIVE) return refuse(request, f, pendingReason, Outcome.unavailable)
      if (calls.action(request) === 1) {
        calls.answer(request, Outcome.ok)
        events.accept(f, calls.payload(request))
        return
      }
      const refused = environments.refusal(f, false)
      if (refused >= 0) return refuse(request, f, refused, Outcome.throttled)
      environments.take(f, request, -1)
    },
    configure(resource) {
      const f = ordinal[resource]
      if (f === undefined) return
      configs[f] = readFunction(context, configs[f]!.id)
      admission.renew()
      context.signal('vpc.changed', resource, 0)
    },
    costs() {
      return configs.flatMap((config, f): Cost[] => [
        {
          resource: config.id,
          item: 'Requests',
          quantity: metrics.value(meters[f]!.invocations),
          unit: 'requests',
          fact: 'lambda.priceRequest',
        },
        {
          resource: config.id,
          item: 'Duration',
          quantity: (metrics.value(meters[f]!.billed) / 1_000) * (config.memory / 1_024),
          unit: 'GB-s',
          fact: 'lambda.priceGbSecond',
        },
      ])
    },
  }
}
