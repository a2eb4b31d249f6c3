import type { Stat } from './reading'

/** Value of one resource, undefined when the resource has no such series. Times are in seconds. */
export type Metric = (of: ResourceSeries) => number | undefined

/** The series of one resource, as a metric reads them. */
export interface ResourceSeries {
  /** Reads the first of these series that the resource has. */
  read(names: readonly string[], stat: Stat): number | undefined
  has(name: string): boolean
  costs(item?: RegExp): number | undefined
}

const first =
  (stat: Stat, ...names: string[]): Metric =>
  (of) =>
    of.read(names, stat)
/** EventBridge rules have a series called Invocations too; only functions have concurrency. */
const ofFunction =
  (metric: Metric): Metric =>
  (of) =>
    of.has('ConcurrentExecutions') ? metric(of) : undefined
const invocations = ofFunction(first('Sum', 'Invocations'))
const ratio =
  (top: readonly string[], bottom: readonly string[]): Metric =>
  (of) => {
    const over = of.read(bottom, 'Sum')
    const part = of.read(top, 'Sum')
    return over === undefined || part === undefined ? undefined : over === 0 ? 0 : part / over
  }
const seconds = (name: string): { [metric: string]: Metric } => {
  const scaled =
    (stat: Stat): Metric =>
    (of) => {
      const milliseconds = of.read([name], stat)
      return milliseconds === undefined ? undefined : milliseconds / 1000
    }
  return {
    mean: scaled('Average'),
    max: scaled('Maximum'),
    min: scaled('Minimum'),
    p50: scaled('p50'),
    p90: scaled('p90'),
    p95: scaled('p95'),
    p99: scaled('p99'),
    'p99.9': scaled('p99.9'),
  }
}
const group = (prefix: string, metrics: { [name: string]: Metric }): { [name: string]: Metric } =>
  Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [`${prefix}.${name}`, metric]))
const gauge = (prefix: string, ...names: string[]): { [name: string]: Metric } =>
  group(prefix, {
    max: first('Maximum', ...names),
    mean: first('Average', ...names),
    min: first('Minimum', ...names),
    last: first('Last', ...names),
  })

const DEPTH = 'ApproximateNumberOfMessagesVisible'

/** Names a learner uses. `latency` is what a caller sees, `duration` what a handler takes; both in seconds. */
export const METRICS: { readonly [name: string]: Metric } = {
  invocations,
  /** Every try counts, the repeated ones too: an invocation is one try of an event, a request and its retries are a caller's. */
  attempts: (of) => {
    const requests = of.read(['Requests'], 'Sum')
    return requests === undefined ? invocations(of) : requests + (of.read(['Retries'], 'Sum') ?? 0)
  },
  requests: first('Sum', 'Requests'),
  retries: first('Sum', 'Retries'),
  coldStarts: first('Sum', 'ColdStarts'),
  coldStartRate: ratio(['ColdStarts'], ['Invocations']),
  throttles: first('Sum', 'Throttles', 'ThrottledRequests'),
  errors: first('Sum', 'Errors', 'Failures'),
  timeouts: first('Sum', 'Timeouts'),
  success: (of) => {
    const invoked = invocations(of)
    return invoked === undefined ? of.read(['Successes'], 'Sum') : invoked - (of.read(['Errors'], 'Sum') ?? 0)
  },
  errorRate: (of) => ratio(['Errors'], ['Invocations'])(of) ?? ratio(['Failures'], ['Requests'])(of),
  ...group('latency', seconds('Latency')),
  ...group('duration', seconds('Duration')),
  ...group('initDuration', seconds('InitDuration')),
  ...gauge('envs', 'Environments'),
  ...gauge('concurrency', 'ConcurrentExecutions'),
  ...gauge('queue.depth', DEPTH),
  'queue.depth': first('Last', DEPTH),
  'queue.age.max': first('Maximum', 'ApproximateAgeOfOldestMessage'),
  receives: first('Sum', 'NumberOfMessagesReceived'),
  deadLettered: first('Sum', 'DeadLettered', 'InvocationsSentToDlq'),
  ...gauge('pollers', 'Pollers'),
  ...gauge('eni', 'NetworkInterfaces'),
  'eni.count': first('Last', 'NetworkInterfaces'),
  'eni.created': first('Sum', 'NetworkInterfacesCreated'),
  'cost.total': (of) => of.costs(),
  billedMs: first('Sum', 'BilledMs'),
  'billedMs.total': first('Sum', 'BilledMs'),
  gbSeconds: (of) => of.costs(/^GB-(s|seconds?)$/i),
}

/** The names `answer` knows besides CloudWatch's, in the order of their groups. */
export const METRIC_NAMES: readonly string[] = Object.keys(METRICS)

/** Several resources: counts and money add up, everything else is its largest. */
const ADDS =
  /^(invocations|attempts|requests|retries|coldStarts|throttles|errors|timeouts|success|receives|deadLettered|eni\.\w+|cost\.total|billedMs.*|gbSeconds|queue\.depth(\.last)?)$/

export const addsUp = (metric: string): boolean => ADDS.test(metric)
