import type { JsonObject } from '../../model/scenario'
import { Outcome, Token } from '../../model/recording'
import { MICROS, toMicros } from '../../model/units'
import { Table } from '../../kernel/columns'
import type { Runtime, ServiceContext } from '../service'
import { ITEM, TRACE } from '../parcel'
import { MAPPING } from './config'
import { pollerMachine } from './poller.machine'

interface Mapping {
  readonly resource: number
  readonly queue: number
  readonly receive: number
  readonly remove: number
  readonly invoke: number
  readonly batchSize: number
  /** µs */
  readonly window: number
  readonly enabled: boolean
  readonly most: number
  /** Visibility timeout of the queue, µs. */
  readonly hidden: number
}

/** SQS event source mappings: pollers owned by Lambda that call the function synchronously (ESM-1). */
export function installMappings(context: ServiceContext): Runtime {
  const { kernel, calls, parcels } = context
  const { metrics, recorder } = kernel
  const read = (id: string): Mapping => {
    const properties = context.properties(id)
    const queue = String(properties['EventSourceArn'])
    const fn = String(properties['FunctionName'])
    const role = context.properties(fn)['Role']
    const permitted = { role: typeof role === 'string' ? role : null, network: false }
    const scaling = properties['ScalingConfig'] as JsonObject | undefined
    return {
      resource: context.index(id),
      queue: context.index(queue),
      receive: calls.wire(id, queue, 'sqs:ReceiveMessage', permitted),
      remove: calls.wire(id, queue, 'sqs:DeleteMessage', permitted),
      invoke: calls.wire(id, fn, 'lambda:Invoke', { role: null, network: false }),
      batchSize: Number(properties['BatchSize'] ?? 10),
      window: toMicros(Number(properties['MaximumBatchingWindowInSeconds'] ?? 0)),
      enabled: properties['Enabled'] !== false,
      most:
        typeof scaling?.['MaximumConcurrency'] === 'number'
          ? scaling['MaximumConcurrency']
          : context.number('lambda.pollersMost'),
      hidden: toMicros(Number(context.properties(queue)['VisibilityTimeout'] ?? 30)),
    }
  }
  const mappings = context.ids(MAPPING).map(read)
  const ordinal = new Map(mappings.map((mapping, m) => [mapping.resource, m]))
  const atFirst = context.number('lambda.pollersAtFirst')
  const perMinute = context.number('lambda.pollersPerMinute')
  const throttledWait = toMicros(context.number('lambda.throttledBatch'))
  const deniedWait = toMicros(context.number('lambda.deniedPoll'))
  const showPollers = mappings.map((mapping) => context.level(mapping.resource, 'pollers', 'Pollers'))
  const polled = mappings.map((mapping) => metrics.series(context.id(mapping.resource), 'PolledEventCount', 'count'))
  const reasons = {
    batch: context.reason('lambda.batch'),
    held: context.reason('lambda.batchHeld'),
    released: context.reason('lambda.batchReleased'),
    added: context.reason('lambda.pollersAdded'),
    gone: context.reason('lambda.pollersGone'),
  }

  const state = kernel.part(new Table(mappings.length || 1))
  const pollers = state.i32()
  const wanted = state.i32()
  const ever = state.i32()
  const backlogTimer = state.i32(-1)
  const throttledAt = state.f64(-Infinity)
  mappings.forEach(() => state.add())

  const table = kernel.part(new Table(16))
  const mappingOf = table.i32()
  const parcel = table.i32(-1)
  const size = table.i32()
  const receiving = table.i32(-1)
  const receivedAt = table.f64()
  const removing = kernel.handler((poller) => table.remove(poller))

  const MINUTE = 60 * MICROS
  /** A minute of backlog without a pause is over (learning-design 2.3, decision 2). */
  const grow = kernel.handler((m) => {
    backlogTimer.data[m] = -1
    const mapping = mappings[m]!
    if (kernel.now - throttledAt.data[m]! > MICROS && wanted.data[m]! < mapping.most) {
      setWanted(m, Math.min(mapping.most, wanted.data[m]! + perMinute))
      context.explain(reasons.added, mapping.resource, -1, wanted.data[m])
    }
    backlogTimer.data[m] = kernel.after(MINUTE, grow, m)
  })
  const setWanted = (m: number, value: number): void => {
    wanted.data[m] = value
    const { cause } = recorder
    while (pollers.data[m]! < value) {
      recorder.cause = cause
      add(m)
    }
  }
  const add = (m: number): void => {
    const poller = table.add()
    mappingOf.data[poller] = m
    ever.data[m] = ever.data[m]! + 1
    pollers.data[m] = pollers.data[m]! + 1
    showPollers[m]!(pollers.data[m])
    life.drawn.born(poller)
    life.start(poller)
  }
  const backlog = (m: number): void => {
    const visible = context.read('sqs.visible', mappings[m]!.queue)
    if (visible > 0 && backlogTimer.data[m]! < 0) backlogTimer.data[m] = kernel.after(MINUTE, grow, m)
    if (visible === 0 && backlogTimer.data[m]! >= 0) {
      kernel.agenda.remove(backlogTimer.data[m]!)
      backlogTimer.data[m] = -1
      if (wanted.data[m]! > atFirst) {
        wanted.data[m] = Math.min(atFirst, mappings[m]!.most)
        context.explain(reasons.gone, mappings[m]!.resource, -1, wanted.data[m])
      }
    }
  }

  const received = kernel.handler((request, poller) => {
    const m = mappingOf.data[poller]!
    receiving.data[poller] = -1
    if (calls.outcome(request) !== Outcome.ok) {
      life.send(poller, DENIED)
      return
    }
    const id = calls.value(request)
    const items = parcels.get(id)
    metrics.count(polled[m]!, items.length / ITEM)
    if (parcel.data[poller]! < 0) {
      parcel.data[poller] = id
      receivedAt.data[poller] = kernel.now
      recorder.trace = items[TRACE] ?? recorder.trace
    } else {
      const joined = parcels.put([...parcels.get(parcel.data[poller]!), ...items])
      parcels.drop(parcel.data[poller]!)
      parcels.drop(id)
      parcel.data[poller] = joined
    }
    size.data[poller] = parcels.get(parcel.data[poller]).length / ITEM
    backlog(m)
    life.send(poller, RECEIVED)
  })
  const invoked = kernel.handler((request, poller) => {
    const outcome = calls.outcome(request)
    if (outcome === Outcome.ok) life.send(poller, SUCCEEDED)
    else if (outcome === Outcome.throttled || outcome === Outcome.unavailable) life.send(poller, THROTTLED)
    else life.send(poller, FAILED)
  })
  const deleted = kernel.handler((_, poller) => {
    letGo(poller)
    life.send(poller, DELETED)
  })
  const letGo = (poller: number): void => {
    parcels.drop(parcel.data[poller]!)
    parcel.data[poller] = -1
    size.data[poller] = 0
  }
  const released = kernel.handler((poller) => {
    letGo(poller)
    life.send(poller, DELETED)
  })

  const life = context.lifecycle({
    entities: table,
    machine: pollerMachine,
    drawn: { owner: (p) => mappings[mappingOf.data[p]!]!.resource, label: (p) => `p${ever.data[mappingOf.data[p]!]!}` },
    value: (p) => size.data[p]!,
    implementation: {
      guards: {
        'batch ready': (p) => {
          const mapping = mappings[mappingOf.data[p]!]!
          return mapping.window === 0 || size.data[p]! >= mapping.batchSize
        },
        'still hidden': (p) => kernel.now - receivedAt.data[p]! < mappings[mappingOf.data[p]!]!.hidden,
        surplus: (p) => pollers.data[mappingOf.data[p]!]! > wanted.data[mappingOf.data[p]!]!,
      },
      actions: {
        receive: (p) => {
          const mapping = mappings[mappingOf.data[p]!]!
          receiving.data[p] = calls.send(mapping.receive, -1, mapping.batchSize - size.data[p]!, received, p)
        },
        invoke: (p) => {
          const mapping = mappings[mappingOf.data[p]!]!
          if (receiving.data[p]! >= 0) {
            const abandoned = receiving.data[p]!
            receiving.data[p] = -1
            // abandoned first: the queue answers it at the signal, and nobody waits for that answer
            calls.abandon(abandoned)
            context.signal('sqs.receiveAbandoned', mapping.queue, abandoned)
          }
          const items = parcels.get(parcel.data[p]!)
          recorder.trace = items[TRACE] ?? -1
          context.explain(reasons.batch, mapping.resource, life.drawn.of(p), size.data[p])
          calls.send(
            mapping.invoke,
            parcel.data[p]!,
            size.data[p]!,
            invoked,
            p,
            size.data[p]! > 1 ? Token.batch : Token.message,
          )
        },
        delete: (p) => {
          calls.send(mappings[mappingOf.data[p]!]!.remove, parcel.data[p]!, size.data[p]!, deleted, p)
        },
        'let go': (p) => {
          context.explain(reasons.released, mappings[mappingOf.data[p]!]!.resource, life.drawn.of(p))
          kernel.after(0, released, p)
        },
        'note throttle': (p) => {
          const m = mappingOf.data[p]!
          throttledAt.data[m] = kernel.now
          context.explain(reasons.held, mappings[m]!.resource, life.drawn.of(p), throttledWait / MICROS)
        },
        leave: (p) => {
          const m = mappingOf.data[p]!
          pollers.data[m] = pollers.data[m]! - 1
          showPollers[m]!(pollers.data[m])
          kernel.after(0, removing, p)
        },
      },
      delays: {
        WINDOW: (p) => mappings[mappingOf.data[p]!]!.window,
        THROTTLED: () => throttledWait,
        DENIED: () => deniedWait,
      },
    },
  })
  const RECEIVED = life.event('received')
  const SUCCEEDED = life.event('succeeded')
  const FAILED = life.event('failed')
  const THROTTLED = life.event('throttled')
  const DELETED = life.event('deleted')
  const DENIED = life.event('denied')

  return {
    start() {
      mappings.forEach((mapping, m) => {
        recorder.cause = -1
        if (mapping.enabled) setWanted(m, Math.min(atFirst, mapping.most))
      })
    },
    configure(resource) {
      const m = ordinal.get(resource)
      if (m === undefined) return
      mappings[m] = read(context.id(resource))
      if (mappings[m].enabled && pollers.data[m] === 0) setWanted(m, Math.min(atFirst, mappings[m].most))
    },
  }
}
