import type { Fact, FactTable } from '../../model/facts'
import { MEASURED, type Measured } from './environment/cold-start-data'
import { accountConcurrency } from './account-fact'
import { fact } from './fact'
import { lifecycleFacts } from './facts-lifecycle'
import { priceFacts } from './facts-prices'
import { mappingFacts } from './mapping/facts'

/** Measured Init Duration of a zip package. Configurable as a fixed number; a function may set its own with Behavior.init. */
const zipInit = (runtime: string, { zip: [p10, p50, p90, p99] }: Measured): Fact =>
  fact(
    `init.${runtime}`,
    `Init phase, ${runtime}`,
    's',
    {
      teaching: 0.05,
      'aws-2026-11': { quantiles: { '0.1': p10 / 1000, '0.5': p50 / 1000, '0.9': p90 / 1000, '0.99': p99 / 1000 } },
    },
    ['CS-2', 'LAM-20'],
    'measured',
    { min: 0, max: 10 },
  )

const imageInit = (runtime: string, { image: [p50, p90], imageAssumed }: Measured): Fact =>
  fact(
    `initImage.${runtime}`,
    `Init phase of a container image, ${runtime}`,
    's',
    { teaching: 0.05, 'aws-2026-11': { lognormal: { p50: p50 / 1000, p90: p90 / 1000 } } },
    ['CS-2', 'LAM-20'],
    imageAssumed === true ? 'assumed' : 'measured',
  )

/** Median on arm64 over the median on x86_64; 1 where arm64 was not measured. */
const armInit = (runtime: string, { zip, arm }: Measured): Fact =>
  fact(
    `initArm.${runtime}`,
    `Init phase on arm64 against x86_64, ${runtime}`,
    'ratio',
    { teaching: 1, 'aws-2026-11': arm === undefined ? 1 : arm / zip[1] },
    ['CS-2'],
    arm === undefined ? 'assumed' : 'measured',
  )

const byRuntime = (name: string, of: (runtime: string, measured: Measured) => Fact): FactTable =>
  Object.fromEntries(
    Object.entries(MEASURED).map(([runtime, measured]) => [`${name}.${runtime}`, of(runtime, measured)]),
  )

export const facts: FactTable = {
  ...mappingFacts,
  ...byRuntime('init', zipInit),
  ...byRuntime('initImage', imageInit),
  ...byRuntime('initArm', armInit),
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
  accountConcurrency,
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
    { teaching: 1_000, 'scaling-2022': 3_000 },
    ['LAM-43', 'LAM-43b'],
    'verified',
  ),
  scalingRate: fact(
    'scalingRate',
    'Refill of that allowance',
    '1/s',
    { teaching: 100, 'scaling-2022': 500 / 60 },
    ['LAM-43', 'LAM-43b'],
    'verified',
  ),
  scalingShared: fact(
    'scalingShared',
    'Whether all functions share that allowance (1) or each has its own (0)',
    'count',
    { teaching: 0, 'scaling-2022': 1 },
    ['LAM-43', 'LAM-43b'],
    'verified',
  ),
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
  ...lifecycleFacts,
  ...priceFacts,
}
