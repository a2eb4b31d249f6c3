/** Every name of the check language (learning-design.md 7.3) is answered; a name that is not fails here. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Json } from '../model/scenario'
import { ask, METRIC_NAMES, METRICS, type MetricQuery } from './query'
import { everything } from './query-names.fixture'

/** The names, each with what it is asked of and the answer: a number is exact, of a text only the beginning counts. */
const NAMES: readonly (readonly [query: string | MetricQuery, answer: number | string | null | RegExp])[] = [
  // calls
  [{ m: 'invocations', of: 'Fn' }, 400],
  [{ m: 'attempts', of: 'Failing' }, 2],
  [{ m: 'coldStarts', of: 'Warm' }, 3],
  [{ m: 'provisionedStarts', of: 'Warm' }, 5],
  [{ m: 'envs.max', of: 'Warm' }, 8],
  [{ m: 'throttles', of: 'Capped' }, 3],
  [{ m: 'errors', of: 'Failing' }, 2],
  [{ m: 'errors', of: 'Failing', where: { type: 'PaymentDeclined' } }, 2],
  [{ m: 'errors', of: 'Slow', where: { type: 'Sandbox.Timedout' } }, 1],
  [{ m: 'timeouts', of: 'Slow' }, 1],
  [{ m: 'success', of: 'Capped' }, 0.4],
  [{ m: 'errorRate', of: 'Failing' }, 1],
  [{ m: 'share', of: 'Live', where: { version: 2 } }, /^0\.(1|2|3)/],
  [{ m: 'share', of: 'Fn', where: { version: 2 } }, /^0\.(1|2|3)/],
  // time
  ...['p50', 'p95', 'p99', 'max', 'mean'].map((name) => [{ m: `latency.${name}`, of: 'Shop' }, /^0\.[0-9]/] as const),
  ...['p50', 'p95', 'p99', 'max', 'mean'].map((name) => [{ m: `duration.${name}`, of: 'Warm' }, /^1/] as const),
  ...['p50', 'p95', 'p99', 'max', 'mean'].map((name) => [{ m: `queueDelay.${name}`, of: 'Failing' }, /^\d/] as const),
  [{ m: 'queueDelay.mean', of: 'Jobs' }, /^[0-9]/],
  [{ m: 'drain', of: 'Jobs' }, /^\d/],
  [{ m: 'timeToActive', of: 'Inside' }, /^\d/],
  // load
  [{ m: 'concurrency.max', of: 'Warm' }, 8],
  [{ m: 'concurrency.at(5.5s)', of: 'Warm' }, 8],
  [{ m: 'concurrency.at', of: 'Warm', at: '20s' }, 0],
  ['instances.min', 0],
  ['instances.max', 0],
  ['instances.last', 0],
  ['instances.running', 0],
  [{ m: 'connections.max', of: 'Db' }, 2],
  [{ m: 'throughput.max', of: 'Shop' }, 20],
  // messages
  [{ m: 'queue.depth', of: 'Dead' }, 10],
  [{ m: 'queue.depth.max', of: 'Jobs' }, /^\d/],
  [{ m: 'queue.depth.last', of: 'Audit' }, 4],
  [{ m: 'queue.age.max', of: 'Jobs' }, /^\d/],
  [{ m: 'receives', of: 'Jobs' }, 20],
  [{ m: 'deliveries', of: 'Bus' }, 4],
  [{ m: 'effects', of: 'Orders' }, 8],
  [{ m: 'duplicateEffects', of: 'Orders' }, 4],
  [{ m: 'lost', of: 'Failing' }, 0],
  ['iteratorAge.max', 0],
  [{ m: 'pollers.max', of: 'Mapping' }, 5],
  // network
  [{ m: 'eni.count', of: 'vpc' }, 1],
  [{ m: 'eni.created', of: 'vpc' }, /^\d/],
  [{ m: 'packets.dropped', of: 'Inside', where: { reason: 'noRoute' } }, /^[1-3]/],
  // front door
  ['http.count', 6],
  [{ m: 'http.count', of: 'Alb', where: { status: 200, key: null } }, 4],
  [{ m: 'http.count', of: 'Alb', where: { status: 502 } }, 2],
  [{ m: 'http.count', of: 'Alb', where: { status: '5XX' } }, 2],
  [{ m: 'http.count', where: { status: 429, key: 'alice', method: 'GET' } }, 0],
  ['cache.hits', 0],
  // data
  [{ m: 'capacity.used', of: 'Orders' }, 8],
  [{ m: 'capacity.throttled', of: 'Orders' }, 0],
  // money
  ['cost.total', /^0\.0/],
  ['cost.monthly', /^\d/],
  [{ m: 'cost.idleMonthly', of: 'tag:compute' }, /^\d/],
  [{ m: 'cost.perMillion', of: 'Fn' }, /^\d/],
  [{ m: 'gbSeconds', of: 'Slow' }, /^0\.\d/],
  [{ m: 'billedMs', of: 'Slow' }, /^1\d\d\d/],
  [{ m: 'billedMs.total', of: 'Slow' }, /^1\d\d\d/],
  // record
  [{ m: 'logs.count', of: 'Fn' }, 1_600],
  [{ m: 'logs.starts', of: 'Fn' }, 400],
  [{ m: 'records', of: 'Failed', where: { 'requestContext.condition': 'RetriesExhausted' } }, 1],
  [{ m: 'answeredBy', of: 'Shop' }, '1, 2'],
  // set-up
  ['deploy.status', 'ok'],
  [{ m: 'deploy.status', where: { reason: 'provisioned' } }, 'ok'],
  [{ m: 'actions.allowed', of: 'Role', where: { action: 'sqs:SendMessage' } }, 1],
  [{ m: 'connectMs', of: 'Inside' }, /^\d/],
]
const queryOf = (query: string | MetricQuery): MetricQuery => (typeof query === 'string' ? { m: query } : query)
const queries = NAMES.map(([query]) => queryOf(query))

describe('the names of learning-design 7.3', () => {
  const scenario = everything()
  const answers = ask(queries, scenario, { problems: [] })
  NAMES.forEach(([, wanted], i) => {
    it(`answers ${JSON.stringify(queries[i])}`, () => {
      const { value } = answers[i]!
      if (wanted instanceof RegExp) expect(JSON.stringify(value)).toMatch(wanted)
      else expect(value).toBe(wanted)
    })
  })

  it('and those not in the list above are none of it', () => {
    const file = join(import.meta.dirname, '../../../shared/learning-design.md')
    if (!existsSync(file)) return
    const section = readFileSync(file, 'utf8').split('### 7.3 Metrics')[1]!.split('### 7.4')[0]!
    const rows = section.split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| Group'))
    const names = rows.flatMap((row) => {
      const [, , text] = row.split('|')
      return [...text!.replace(/\([^)]*\)/g, '').matchAll(/`([^`]+)`/g)].flatMap(([, name]) => spread(name!))
    })
    expect(names.length).toBeGreaterThan(60)
    const asked = queries.map(({ m }) => m.replace(/\(.*\)$/, ''))
    expect(names.filter((name) => !asked.includes(name))).toEqual([])
  })

  it('in a window of the run', () => {
    const inWindow = queries.filter(
      ({ m }) => METRICS[m.replace(/\(.*\)$/, '')]?.windows !== false && !m.includes('.at'),
    )
    const during = ask(
      inWindow.map((query): MetricQuery => ({ ...query, during: ['4.5s', '150s'] })),
      scenario,
      { problems: [] },
    )
    const value = (m: string, of: string): Json => during.find((it) => it.m === m && it.of === of)!.value
    expect(value('attempts', 'Failing')).toBe(1)
    expect(value('coldStarts', 'Warm')).toBe(3)
    expect(value('throttles', 'Capped')).toBe(0)
    expect(value('receives', 'Jobs')).toBe(10)
    expect(during.every(({ value: it }) => it !== undefined)).toBe(true)
  })
})

/** `instances.min/.max` and `duration.*` as single names. */
function spread(name: string): string[] {
  const [first, ...rest] = name.split('/')
  const stem = first!.replace(/\.[^.]*$/, '')
  const all = [first!, ...rest.map((suffix) => `${stem}${suffix}`)].map((one) => one.trim())
  return all.flatMap((one) =>
    one.endsWith('.*') ? ['p50', 'p95', 'p99', 'max', 'mean'].map((end) => `${one.slice(0, -1)}${end}`) : [one],
  )
}

const SERIES: readonly (readonly [MetricQuery, number])[] = [
  [{ m: 'Invocations', of: 'Fn' }, 400],
  [{ m: 'Invocations', of: 'Fn:live' }, 400],
  [{ m: 'Invocations', of: 'Fn:$LATEST' }, 0],
  [{ m: 'Errors', of: 'Failing' }, 2],
  [{ m: 'Throttles', of: 'Capped' }, 3],
  [{ m: 'Duration', of: 'Slow' }, 1_000],
  [{ m: 'Duration', of: 'Warm', stat: 'p99.9' }, 1_001],
  [{ m: 'ConcurrentExecutions', of: 'Warm', stat: 'Maximum' }, 8],
  [{ m: 'ProvisionedConcurrentExecutions', of: 'Ready', stat: 'Maximum' }, 5],
  [{ m: 'ProvisionedConcurrencyInvocations', of: 'Ready' }, 5],
  [{ m: 'ProvisionedConcurrencySpilloverInvocations', of: 'Ready' }, 3],
  [{ m: 'ProvisionedConcurrencyUtilization', of: 'Ready', stat: 'Maximum' }, 1],
  [{ m: 'AsyncEventsReceived', of: 'Failing' }, 1],
  [{ m: 'AsyncEventAge', of: 'Failing', stat: 'SampleCount' }, 2],
  [{ m: 'AsyncEventsDropped', of: 'Failing' }, 1],
  [{ m: 'DeadLetterErrors', of: 'Failing' }, 0],
  [{ m: 'DestinationDeliveryFailures', of: 'Failing' }, 0],
  [{ m: 'RecursiveInvocationsDropped', of: 'Failing' }, 0],
  [{ m: 'PolledEventCount', of: 'Mapping' }, 20],
  [{ m: 'InvokedEventCount', of: 'Mapping' }, 20],
  [{ m: 'FailedInvokeEventCount', of: 'Mapping' }, 20],
  [{ m: 'FilteredOutEventCount', of: 'Mapping' }, 0],
  [{ m: 'DeletedEventCount', of: 'Mapping' }, 0],
  [{ m: 'NumberOfMessagesSent', of: 'Jobs' }, 10],
  [{ m: 'NumberOfMessagesReceived', of: 'Jobs' }, 20],
  [{ m: 'NumberOfMessagesDeleted', of: 'Jobs' }, 0],
  [{ m: 'ApproximateNumberOfMessagesVisible', of: 'Dead', stat: 'Last' }, 10],
  [{ m: 'ApproximateNumberOfMessagesNotVisible', of: 'Jobs', stat: 'Maximum' }, 10],
  [{ m: 'MatchedEvents', of: 'Rule' }, 4],
  [{ m: 'Invocations', of: 'Rule' }, 4],
  [{ m: 'PutEventsEntriesCount', of: 'Bus' }, 4],
  [{ m: 'ConsumedWriteCapacityUnits', of: 'Orders' }, 8],
  [{ m: 'DatabaseConnections', of: 'Db', stat: 'Maximum' }, 2],
]

describe('names by CloudWatch', () => {
  const scenario = everything()
  const one = (query: MetricQuery): Json => ask([query], scenario, { problems: [] })[0]!.value
  const answers = ask(
    SERIES.map(([query]) => query),
    scenario,
  )
  SERIES.forEach(([query, wanted], i) => {
    it(`answers ${JSON.stringify(query)}`, () => expect(answers[i]!.value).toBe(wanted))
  })

  it('of the account: what runs, what runs unreserved, and what is claimed', () => {
    const most = (m: string, during?: [number, number]): Json =>
      one({ m, of: 'account', stat: 'Maximum', ...(during === undefined ? {} : { during }) })
    // Warm runs 8, of which 5 are provisioned; Inside waits for the network in 3; Capped has 2 of its own and Page 4
    const window: [number, number] = [5.2, 5.9]
    const others = 3 + Number(one({ m: 'concurrency.max', of: 'Fn', during: window }))
    expect(most('ConcurrentExecutions', window)).toBe(8 + others)
    expect(one({ m: 'concurrency.max', of: 'account', during: window })).toBe(8 + others)
    expect(one({ m: 'concurrency.at(5.5s)', of: 'account' })).toBeGreaterThanOrEqual(8 + 3)
    expect(one({ m: 'ClaimedAccountConcurrency', stat: 'Average' })).toBeGreaterThan(11)
    expect(most('UnreservedConcurrentExecutions', window)).toBe(3 + others)
    expect(most('ClaimedAccountConcurrency', window)).toBe(3 + others + 5 + 2 + 4)
    // idle: what is reserved and provisioned is claimed all the same
    expect(most('ClaimedAccountConcurrency', [100, 110])).toBe(11)
    expect(one({ m: 'ClaimedAccountConcurrency', stat: 'Last' })).toBe(11)
    expect(one({ m: 'UnreservedConcurrentExecutions', stat: 'Last' })).toBe(0)
  })
})

describe('versions and aliases', () => {
  const scenario = everything()
  const of = (query: MetricQuery): Json => ask([query], scenario)[0]!.value
  it('have numbers of their own, which add up to those of the function', () => {
    for (const m of ['invocations', 'errors', 'coldStarts', 'billedMs', 'logs.starts', 'gbSeconds'])
      expect(Number(of({ m, of: 'V1' })) + Number(of({ m, of: 'V2' })), m).toBeCloseTo(Number(of({ m, of: 'Fn' })), 9)
    expect(of({ m: 'invocations', of: 'Fn:2' })).toBe(of({ m: 'invocations', of: 'V2' }))
    expect(of({ m: 'coldStarts', of: 'Fn', where: { version: 2 } })).toBe(of({ m: 'coldStarts', of: 'V2' }))
  })
  it('and an alias has those of its versions while nobody calls them otherwise', () => {
    expect(of({ m: 'coldStarts', of: 'Live' })).toBe(of({ m: 'coldStarts', of: 'Fn' }))
    expect(of({ m: 'logs.starts', of: 'Fn:live' })).toBe(400)
    // which of two versions ran at the same time is not known
    expect(() => of({ m: 'concurrency.max', of: 'Live' })).toThrow(/not measured on Live/)
  })
})

it('says what every name means', () => {
  for (const name of METRIC_NAMES) expect(METRICS[name]!.says, name).toMatch(/^[A-Z`].*\.$/s)
})

it('and stands in docs/queries.md, alone or with its family', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/queries.md'), 'utf8')
  const missing = METRIC_NAMES.filter((name) => {
    const family = `${name.replace(/\.(mean|max|min|last|at|p50|p90|p95|p99|p99\.9)$/, '')}.*`
    return !page.includes(`\`${name}\``) && !page.includes(`\`${family}\``) && !name.startsWith('instances.')
  })
  expect(missing).toEqual([])
})
