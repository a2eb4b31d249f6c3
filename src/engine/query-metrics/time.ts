import type { Stat } from '../reading'
import { seconds, type Metrics, type Subject } from './metric'

const HELD = [
  'ApproximateNumberOfMessagesVisible',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]

/** Shares of the messages of which a statistic is the wait. */
const SHARES: { readonly [stat in Stat]?: number } = {
  Minimum: 0,
  Maximum: 1,
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  'p99.9': 0.999,
}

/** Waiting time of a queue in seconds: Little's law for the mean, which is exact; for the rest see QueueWaits, or the age of the oldest. */
function waited(of: Subject, stat: Stat): number | undefined {
  const received = of.read(['NumberOfMessagesReceived'], 'Sum')
  if (received === undefined) return undefined
  const share = SHARES[stat]
  if (share !== undefined && of.world.waits !== null)
    return of.world.waits.percentile(of.id, share, received, of.window)
  if (stat === 'Maximum') return of.read(['ApproximateAgeOfOldestMessage'], 'Maximum')
  if (stat !== 'Average') return undefined
  const from = of.window?.from ?? 0
  const to = Math.min(of.window?.to ?? Infinity, of.world.until)
  const visible = of.read([HELD[0]!], 'Average') ?? 0
  const delayed = of.read([HELD[2]!], 'Average') ?? 0
  return received === 0 ? 0 : ((visible + delayed) * (to - from)) / received
}

/** When a queue became empty for the last time (s): nothing visible, in flight or delayed any more. Null while it holds something. */
function drained(of: Subject): number | null | undefined {
  if (!of.has(HELD[0]!)) return undefined
  let last = 0
  for (const name of HELD) {
    if ((of.read([name], 'Last') ?? 0) !== 0) return null
    last = Math.max(last, of.heldSince(name) ?? 0)
  }
  return last
}

/** From being created to being active (s): of a function, or of the network interfaces of a VPC. Null while one is not. */
function untilActive(of: Subject, machine: string, active: string, pending: string): number | null | undefined {
  const { log, scenario } = of.world
  if (log === null) return undefined
  const since = new Map<number, number>()
  const ready = new Map<number, number>()
  for (const row of log.rows(`machine:${machine}`)) {
    if (row.resource !== of.id && scenario.resources[row.resource]?.Properties?.['VpcId'] !== of.id) continue
    const state = log.state(machine, row)
    if (state === pending && !since.has(row.subject)) since.set(row.subject, row.at)
    if (state === active && !ready.has(row.subject)) ready.set(row.subject, row.at)
  }
  const waits = [...new Set([...since.keys(), ...ready.keys()])].map((subject) => {
    const at = ready.get(subject)
    return at === undefined ? Infinity : at - (since.get(subject) ?? at)
  })
  if (waits.length === 0) return undefined
  const longest = waits.reduce((most, wait) => Math.max(most, wait), 0)
  return longest === Infinity ? null : longest
}

const VERSIONED = { where: ['version'] } as const

export const TIME: Metrics = {
  ...seconds('latency', 'What a caller waits for an answer, retries included.', ['Latency']),
  ...seconds('duration', 'What handlers take; init is not in it.', ['Duration'], undefined, undefined, VERSIONED),
  ...seconds('initDuration', 'What the init phase takes.', ['InitDuration'], undefined, undefined, VERSIONED),
  ...seconds(
    'restoreDuration',
    'What restoring a snapshot takes.',
    ['RestoreDuration'],
    undefined,
    undefined,
    VERSIONED,
  ),
  ...seconds(
    'queueDelay',
    'What an event waits before a try: of a function in its asynchronous queue, of a queue until a message is received.',
    ['AsyncEventAge', 'QueueDelay'],
    waited,
    (stat) => (stat === 'Average' ? [] : ['waits']),
  ),
  drain: {
    unit: 's',
    over: 'max',
    says: 'When a queue became empty for the last time, nothing in flight; null while it holds something.',
    windows: false,
    needs: ['changes'],
    value: drained,
  },
  timeToActive: {
    unit: 's',
    over: 'max',
    says: 'From creation until a function is Active, or the interfaces of a VPC are in use; null while one is not.',
    windows: false,
    needs: ['machine:function', 'machine:eni'],
    value: (of) =>
      of.resource.Type === 'AWS::EC2::VPC'
        ? untilActive(of, 'eni', 'inUse', 'pending')
        : untilActive(of, 'function', 'Active', 'Pending'),
  },
}
