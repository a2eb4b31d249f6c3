import type { Fact, FactTable } from '../../model/facts'
import { byName, fact } from './fact'

const price = (key: string, title: string, usd: number, row: string, confidence: Fact['confidence'] = 'verified') =>
  fact(key, title, 'USD', { teaching: usd }, [row], confidence)
const count = (key: string, title: string, value: number, row: string) =>
  fact(key, title, 'count', { teaching: value }, [row], 'verified')

/** us-east-1, per month where a tier or an allowance is meant. */
export const priceFacts: FactTable = byName([
  price('priceRequest', 'One request', 0.2 / 1e6, 'PR-1'),
  price('priceGbSecond', 'One GB-second, x86', 0.0000166667, 'PR-2'),
  price('priceGbSecondTier2', 'One GB-second, x86, second tier', 0.000015, 'PR-2'),
  price('priceGbSecondTier3', 'One GB-second, x86, third tier', 0.0000133334, 'PR-2'),
  count('tier2GbSeconds', 'GB-seconds on x86 from which the second tier counts', 6e9, 'PR-2'),
  count('tier3GbSeconds', 'GB-seconds on x86 from which the third tier counts', 15e9, 'PR-2'),
  price('priceGbSecondArm', 'One GB-second, arm64', 0.0000133334, 'PR-3'),
  price('priceGbSecondArmTier2', 'One GB-second, arm64, second tier', 0.0000133334 * 0.9, 'PR-3'),
  price('priceGbSecondArmTier3', 'One GB-second, arm64, third tier', 0.0000133334 * 0.8, 'PR-3'),
  count('tier2GbSecondsArm', 'GB-seconds on arm64 from which the second tier counts', 7.5e9, 'PR-3'),
  count('tier3GbSecondsArm', 'GB-seconds on arm64 from which the third tier counts', 18.75e9, 'PR-3'),
  price('priceTmpGbSecond', 'One GB-second of /tmp beyond 512 MB', 0.0000000309, 'PR-4'),
  price('priceProvisionedKeptArm', 'One GB-second kept provisioned, arm64', 0.0000033333, 'PR-5'),
  price('priceProvisionedRunArm', 'One GB-second executed on provisioned, arm64', 0.0000077777, 'PR-5'),
  price('priceProvisionedKept', 'One GB-second kept provisioned, x86', 0.0000041667, 'PR-6', 'assumed'),
  price('priceProvisionedRun', 'One GB-second executed on provisioned, x86', 0.0000097222, 'PR-6', 'assumed'),
  fact(
    'provisionedRound',
    'Kept time of provisioned concurrency rounds up to',
    's',
    { teaching: 300 },
    ['PR-6'],
    'verified',
  ),
  count('freeRequests', 'Requests free each month', 1e6, 'PR-7'),
  count('freeGbSeconds', 'GB-seconds free each month', 400_000, 'PR-7'),
  price(
    'priceSnapshotGbSecond',
    'One GB-second of a cached snapshot, Python and .NET',
    0.0000015046,
    'SS-4',
    'assumed',
  ),
  price('priceRestoreGb', 'One GB restored from a snapshot, Python and .NET', 0.0001397998, 'SS-4', 'assumed'),
  fact('snapshotCacheLeast', 'A snapshot is paid for at least', 's', { teaching: 10_800 }, ['SS-4'], 'verified'),
  fact(
    'initBilled',
    'Whether init of a zip package on a managed runtime is billed (1) or free (0)',
    'count',
    { teaching: 1, 'billing-before-2025-08': 0 },
    ['LAM-27'],
    'verified',
  ),
])
