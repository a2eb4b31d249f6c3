import type { LogicalId } from '../../model/scenario'
import type { Cost } from '../service'

const HOUR = 3_600_000_000
/** What one capacity unit covers in an hour: aws.amazon.com/elasticloadbalancing/pricing. Connections of 25 a second, 3,000 at a time, 0.4 GB. */
const CONNECTIONS = 25 * 3_600
const ACTIVE = 3_000
const BYTES = 0.4e9

/**
 * What a load balancer costs after `now` µs. Of the dimensions of a capacity unit the largest is paid for. `active`: connection-µs.
 * The first ten rules are free, and there is only the default one.
 */
export function costsOf(resource: LogicalId, now: number, connections: number, active: number, bytes: number): Cost[] {
  const units = Math.max(connections / CONNECTIONS, active / HOUR / ACTIVE, bytes / BYTES)
  return [
    {
      resource,
      item: 'Hours',
      quantity: now / HOUR,
      unit: 'h',
      fact: 'elb.hourPrice',
      idle: true,
      perSecond: 1 / 3_600,
    },
    { resource, item: 'Capacity units', quantity: units, unit: 'LCU-h', fact: 'elb.lcuPrice', idle: false },
  ]
}
