import { count, type Metric, type Metrics, type Subject } from './metric'

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

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer'

/** Requests of a load balancer or target group by the status they were answered with. */
function answered(of: Subject): number | undefined {
  const all = of.read(['RequestCount'], 'Sum')
  const status = of.where('status')
  const key = of.where('key') ?? null
  if (all === undefined) return undefined
  // there are no API keys
  if (key !== null) return 0
  if (status === undefined) return all
  const exact = /^\d+$/.test(String(status)) ? of.read([`HTTPCode_ELB_${String(status)}_Count`], 'Sum') : undefined
  if (exact !== undefined) return exact
  const digit = String(status).charAt(0)
  const own = of.read([`HTTPCode_ELB_${digit}XX_Count`], 'Sum') ?? 0
  return own + (of.read([`HTTPCode_Target_${digit}XX_Count`], 'Sum') ?? 0)
}

export const FRONT_DOOR: Metrics = {
  'http.count': count(
    'Requests of a load balancer or a target group; where status: 502 and 503 as the load balancer answers them itself, any other by its class (200 as 2XX), with what functions answered.',
    answered,
    { where: ['status', 'key', 'method'], unnamed: (type) => type === LOAD_BALANCER, none: 0 },
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
  ...Object.fromEntries(
    ['min', 'max', 'last', 'running'].map((name) => [
      `instances.${name}`,
      absent('count', 'Instances of EC2 Auto Scaling groups.'),
    ]),
  ),
  'iteratorAge.max': absent('s', 'Age of the last record read from a Kinesis or DynamoDB stream, at its highest.'),
  'cache.hits': absent('count', 'Answers from the cache of an API Gateway stage.', ['key', 'method']),
}
