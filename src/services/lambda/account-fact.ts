import { fact } from './fact'

/** Apart from the other facts, because the drawing shows it. */
export const accountConcurrency = fact(
  'accountConcurrency',
  'Concurrent executions per account and Region',
  'count',
  { teaching: 1_000 },
  ['LAM-41'],
  'verified',
  { min: 1, max: 100_000 },
)
