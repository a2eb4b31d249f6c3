import { Plain } from '../../kernel/stateful'
import { MICROS } from '../../model/units'
import type { LogicalId } from '../../model/scenario'
import { properties, refs } from '../../network/read'
import type { Cost, Runtime, ServiceContext } from '../service'
import { installHyperplane } from './hyperplane'
import { createInstances } from './instances/instances'
import { installShares } from './shares'
import { ENDPOINT, NAT } from './topology'
import { installTraffic } from './traffic'

const HOUR = 3_600 * MICROS

/** What the network does while a run goes on: interfaces come and go, calls pass, gateways cost. Paths are judged in src/network. */
export function install(context: ServiceContext): Runtime {
  const { kernel } = context
  const old = context.number('vpc.model') === 1
  const hyperplane = old ? null : installHyperplane(context)
  const runtime = hyperplane ?? installShares(context)
  const instances = createInstances(context)
  const carrier = installTraffic(context, (eni, open) => hyperplane?.carry(eni, open))

  /** Since when resources are deleted (µs), and how long they were before. */
  const gone = kernel.part(
    new Plain<{ readonly [id: LogicalId]: { readonly since: number | null; readonly for: number } }>({}),
  )
  const hoursOf = (id: LogicalId): { quantity: number; perSecond?: number } => {
    const missed = gone.value[id]
    if (missed === undefined) return { quantity: kernel.now / HOUR }
    const quantity = ((missed.since ?? kernel.now) - missed.for) / HOUR
    return missed.since === null ? { quantity } : { quantity, perSecond: 0 }
  }
  const costs = (): Cost[] => {
    const nats = context
      .ids(NAT)
      .map((id): Cost => ({ resource: id, item: 'Hours', unit: 'h', fact: 'vpc.natPrice', ...hoursOf(id) }))
    const endpoints = context.ids(ENDPOINT).flatMap((id): Cost[] => {
      const from = properties(context.scenario().resources[id]!)
      if (from['VpcEndpointType'] !== 'Interface') return []
      const zones = refs(from['SubnetIds']).length
      const hours = hoursOf(id)
      const quantity = hours.quantity * zones
      return [{ resource: id, item: 'Hours in each zone', unit: 'h', fact: 'vpc.endpointPrice', ...hours, quantity }]
    })
    return [...nats, ...endpoints, ...carrier.costs(), ...instances.costs()]
  }
  return {
    ...runtime,
    carrier,
    start() {
      runtime.start?.()
      instances.start()
    },
    handle: (request) => instances.handle(request),
    configure(resource, scenario) {
      runtime.configure?.(resource, scenario)
      instances.configure(resource)
    },
    costs,
    fault(resource, down, deleted) {
      if (!deleted) return
      instances.fault(resource, down)
      const id = context.id(resource)
      const before = gone.value[id] ?? { since: null, for: 0 }
      if (down === (before.since !== null)) return
      const after = down
        ? { since: kernel.now, for: before.for }
        : { since: null, for: before.for + kernel.now - before.since! }
      gone.value = { ...gone.value, [id]: after }
    },
  }
}
