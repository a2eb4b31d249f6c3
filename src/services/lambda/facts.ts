import type { Duration } from '../../model/scenario'
import type { Fact, FactTable } from '../../model/facts'

const base = { asOf: '2026-11-20' } as const

/** Measured hello-world Init Duration by runtime, p10, p50, p90, p99 in ms (fact sheet 1.2, PERF, zip, x86_64). */
const INIT_MS: { readonly [runtime: string]: readonly [number, number, number, number] } = {
  'nodejs22.x': [126, 141, 164, 200],
  'nodejs24.x': [119, 135, 156, 201],
  'python3.12': [75, 84, 101, 138],
  'python3.13': [78, 85, 106, 185],
  'python3.14': [98, 110, 147, 270],
  'ruby3.4': [193, 225, 389, 471],
  java21: [221, 239, 280, 629],
  java25: [172, 191, 301, 497],
  dotnet8: [228, 253, 346, 661],
  dotnet10: [229, 254, 584, 708],
  'provided.al2023': [47, 50, 53, 71],
}
export const RUNTIMES = Object.keys(INIT_MS)

function initFact(runtime: string, [p10, p50, p90, p99]: readonly [number, number, number, number]): Fact {
  const measured: Duration = {
    quantiles: { '0.1': p10 / 1000, '0.5': p50 / 1000, '0.9': p90 / 1000, '0.99': p99 / 1000 },
  }
  return {
    key: `lambda.init.${runtime}`,
    title: `Init phase, ${runtime}`,
    unit: 's',
    value: { teaching: 0.05, 'aws-2026-11': measured },
    rows: ['CS-2', 'LAM-20'],
    confidence: 'measured',
    ...base,
    configurable: { min: 0, max: 10 },
  }
}

function fact(
  key: string,
  title: string,
  unit: Fact['unit'],
  value: Fact['value'],
  rows: string[],
  confidence: Fact['confidence'],
  configurable?: { min: number; max: number },
): Fact {
  return {
    key: `lambda.${key}`,
    title,
    unit,
    value,
    rows,
    confidence,
    ...base,
    ...(configurable === undefined ? {} : { configurable }),
  }
}

export const facts: FactTable = {
  ...Object.fromEntries(Object.entries(INIT_MS).map(([runtime, ms]) => [`init.${runtime}`, initFact(runtime, ms)])),
  provision: fact(
    'provision',
    'Getting a sandbox and the code',
    's',
    { teaching: 0.05, 'aws-2026-11': { lognormal: { p50: 0.1, p90: 0.2 } } },
    ['CS-1', 'CS-3'],
    'assumed',
    { min: 0, max: 10 },
  ),
  warmOverhead: fact(
    'warmOverhead',
    'Overhead of every invocation',
    's',
    { teaching: 0.001, 'aws-2026-11': { uniform: [0.001, 0.002] } },
    ['CS-1'],
    'assumed',
    { min: 0, max: 0.1 },
  ),
  idleTimeout: fact(
    'idleTimeout',
    'How long an idle environment is kept',
    's',
    { teaching: 600 },
    ['LAM-25'],
    'assumed',
    { min: 1, max: 86_400 },
  ),
  accountConcurrency: fact(
    'accountConcurrency',
    'Concurrent executions per account and Region',
    'count',
    { teaching: 1_000 },
    ['LAM-41'],
    'verified',
    { min: 1, max: 100_000 },
  ),
  unreservedMinimum: fact(
    'unreservedMinimum',
    'Concurrency that must stay unreserved',
    'count',
    { teaching: 100 },
    ['LAM-42'],
    'verified',
  ),
  scalingBurst: fact(
    'scalingBurst',
    'Environments a function may add at once',
    'count',
    { teaching: 1_000 },
    ['LAM-43'],
    'verified',
  ),
  scalingRate: fact('scalingRate', 'Refill of that allowance', '1/s', { teaching: 100 }, ['LAM-43'], 'verified'),
  requestRate: fact(
    'requestRate',
    'Requests per second for each unit of concurrency quota',
    '1/s',
    { teaching: 10 },
    ['LAM-44'],
    'verified',
  ),
  mbPerVcpu: fact('mbPerVcpu', 'Memory that buys one vCPU', 'MB', { teaching: 1_769 }, ['LAM-2'], 'verified'),
  asyncQueue: fact(
    'asyncQueue',
    'Time in the asynchronous queue',
    's',
    { teaching: 0, 'aws-2026-11': { uniform: [0.01, 0.05] } },
    ['INV-2'],
    'assumed',
    { min: 0, max: 1 },
  ),
  retryFirst: fact(
    'retryFirst',
    'Wait before the first retry of a failed event',
    's',
    { teaching: 60 },
    ['INV-3'],
    'verified',
  ),
  retrySecond: fact('retrySecond', 'Wait before the second retry', 's', { teaching: 120 }, ['INV-3'], 'verified'),
  backoffFirst: fact(
    'backoffFirst',
    'First wait after a throttled asynchronous event',
    's',
    { teaching: 1 },
    ['INV-4'],
    'verified',
  ),
  backoffMost: fact('backoffMost', 'Longest wait after throttling', 's', { teaching: 300 }, ['INV-4'], 'verified'),
  pollersAtFirst: fact(
    'pollersAtFirst',
    'Pollers of an SQS mapping at the start',
    'count',
    { teaching: 5 },
    ['SQS-ESM-3'],
    'verified',
  ),
  pollersPerMinute: fact(
    'pollersPerMinute',
    'Pollers added after each minute of backlog',
    '1/min',
    { teaching: 300 },
    ['SQS-ESM-3'],
    'verified',
  ),
  pollersMost: fact(
    'pollersMost',
    'Most pollers of one mapping',
    'count',
    { teaching: 1_250 },
    ['SQS-ESM-3'],
    'verified',
  ),
  throttledBatch: fact(
    'throttledBatch',
    'Wait before a throttled batch is offered again',
    's',
    { teaching: 0.25 },
    ['SQS-ESM-8'],
    'assumed',
    { min: 0.05, max: 10 },
  ),
  deniedPoll: fact('deniedPoll', 'Wait after a refused receive', 's', { teaching: 60 }, ['LAM-66'], 'assumed', {
    min: 1,
    max: 600,
  }),
  priceRequest: fact('priceRequest', 'One request', 'USD', { teaching: 0.2 / 1e6 }, ['PR-1'], 'verified'),
  priceGbSecond: fact('priceGbSecond', 'One GB-second, x86', 'USD', { teaching: 0.0000166667 }, ['PR-2'], 'verified'),
}
