import { level, type Metrics, type Subject } from './metric'

/** Counts whose rate is a resource's throughput, in this order. */
const DONE = ['Successes', 'Invocations', 'NumberOfMessagesDeleted', 'MatchedEvents']

/** Most in one bucket, per second. */
function peak(of: Subject): number | undefined {
  for (const name of DONE) {
    const series = of.world.series.find((one) => one.resource === of.id && one.name === name)
    if (series === undefined) continue
    const { bucketSeconds: width, sum } = series
    const from = Math.ceil((of.window?.from ?? 0) / width)
    const to = Math.min(sum.length, Math.floor((of.window?.to ?? Infinity) / width))
    let most = 0
    for (let bucket = from; bucket < to; bucket++) most = Math.max(most, sum[bucket]!)
    return most / width
  }
  return undefined
}

/** Instances that run, of EC2 and of Auto Scaling groups; 0 where none are drawn. */
const INSTANCES = Object.fromEntries(
  Object.entries(
    level('instances', 'Instances that run or are in service.', 'RunningInstances', 'GroupInServiceInstances'),
  ).map(([name, metric]) => [name, { ...metric, none: 0 }]),
) as Metrics

export const LOAD: Metrics = {
  ...INSTANCES,
  'instances.running': { ...INSTANCES['instances.last']!, says: 'Instances that run or are in service at the end.' },
  ...level('envs', 'Execution environments.', 'Environments'),
  ...level('concurrency', 'Invocations running at once.', 'ConcurrentExecutions'),
  ...level('provisioned', 'Invocations running in provisioned concurrency.', 'ProvisionedConcurrentExecutions'),
  ...level('connections', 'Open connections of a database.', 'DatabaseConnections'),
  ...level('pollers', 'Pollers of a mapping.', 'Pollers'),
  'throughput.max': {
    unit: '1/s',
    over: 'max',
    says: 'Most in one second (in one bucket of longer runs): calls of a client that succeeded, invocations, messages deleted, events matched.',
    value: peak,
  },
}
