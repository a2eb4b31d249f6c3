import { count, type Metrics } from './metric'

export const DATA: Metrics = {
  'capacity.used': count(
    'Read and write units a table consumed; where unit: read or write.',
    (of) => {
      const read = of.read(['ConsumedReadCapacityUnits'], 'Sum')
      const written = of.read(['ConsumedWriteCapacityUnits'], 'Sum')
      if (read === undefined || written === undefined) return undefined
      const unit = of.where('unit')
      return unit === 'read' ? read : unit === 'write' ? written : read + written
    },
    { where: ['unit'] },
  ),
}

/** Names of the check language whose services Coldstart does not model yet, and what they wait for. */
export const NOT_MODELLED: { readonly [name: string]: string } = {
  instances: 'EC2 instances and Auto Scaling groups',
  iteratorAge: 'Kinesis and DynamoDB streams (issue 5)',
  http: 'API Gateway',
  cache: 'API Gateway',
  'capacity.throttled': 'provisioned capacity of DynamoDB tables (on demand, nothing is throttled)',
}
