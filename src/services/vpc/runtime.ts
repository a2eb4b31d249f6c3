import { MICROS } from '../../model/units'
import { properties, refs } from '../../network/read'
import type { Cost, Runtime, ServiceContext } from '../service'
import { installHyperplane } from './hyperplane'
import { installShares } from './shares'
import { ENDPOINT, NAT } from './topology'

const HOUR = 3_600 * MICROS

/** What the network does while a run goes on: interfaces come and go, and gateways cost by the hour. Paths are judged in src/network. */
export function install(context: ServiceContext): Runtime {
  const runtime = context.number('vpc.model') === 1 ? installShares(context) : installHyperplane(context)
  const costs = (): Cost[] => {
    const hours = context.kernel.now / HOUR
    const nats = context
      .ids(NAT)
      .map((id): Cost => ({ resource: id, item: 'Hours', quantity: hours, unit: 'h', fact: 'vpc.natPrice' }))
    const endpoints = context.ids(ENDPOINT).flatMap((id): Cost[] => {
      const from = properties(context.scenario().resources[id]!)
      if (from['VpcEndpointType'] !== 'Interface') return []
      const zones = refs(from['SubnetIds']).length
      return [
        { resource: id, item: 'Hours in each zone', quantity: hours * zones, unit: 'h', fact: 'vpc.endpointPrice' },
      ]
    })
    return [...nats, ...endpoints]
  }
  return { ...runtime, costs }
}
