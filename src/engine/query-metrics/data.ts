import { count, type Metric, type Metrics } from './metric'

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
  'capacity.throttled': count(
    'Requests a table refused for lack of capacity. Tables are on demand and refuse none.',
    (of) => (of.has('ConsumedWriteCapacityUnits') ? (of.read(['ThrottledRequests'], 'Sum') ?? 0) : undefined),
    { where: ['unit'], none: 0 },
  ),
}

/** What no document can hold yet: there are none of it in any run. */
const absent = (unit: string, says: string, where: readonly string[] = []): Metric => ({
  unit,
  over: 'sum',
  says: `${says} Coldstart has none yet, so 0.`,
  where,
  none: 0,
  value: () => undefined,
})

/** Names of the check language (learning-design 7.3) whose services are not there yet. */
export const ABSENT: Metrics = {
  'iteratorAge.max': absent('s', 'Age of the last record read from a Kinesis or DynamoDB stream, at its highest.'),
  'cache.hits': absent('count', 'Answers from the cache of an API Gateway stage.', ['key', 'method']),
}
