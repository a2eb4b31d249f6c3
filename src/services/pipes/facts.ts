import type { Fact, FactTable } from '../../model/facts'

type About = Pick<Fact, 'key' | 'title' | 'unit'> & { readonly configurable?: Fact['configurable'] }
const assumed = ({ configurable, ...about }: About, value: number): Fact => ({
  ...about,
  value: { teaching: value },
  rows: [],
  confidence: 'assumed',
  asOf: '2026-11-01',
  ...(configurable === undefined ? {} : { configurable }),
})

export const facts = {
  pollers: assumed(
    {
      key: 'pipes.pollers',
      title: 'Batches of a queue a pipe works on at once; AWS adds more under load',
      unit: 'count',
      configurable: { min: 1, max: 1_000 },
    },
    5,
  ),
  readPeriod: assumed({ key: 'pipes.readPeriod', title: 'Time between two reads of a shard', unit: 's' }, 1),
  backOff: assumed({ key: 'pipes.backOff', title: 'First wait after a batch failed; doubles with each', unit: 's' }, 1),
  backOffCap: assumed({ key: 'pipes.backOffCap', title: 'Longest wait after a batch failed', unit: 's' }, 60),
  refusedWait: assumed({ key: 'pipes.refusedWait', title: 'Wait after the source refused a read', unit: 's' }, 5),
  requestPrice: assumed(
    {
      key: 'pipes.requestPrice',
      title: 'Price of a request: up to 64 KB that passed the filter',
      unit: 'USD',
      configurable: { min: 0, max: 1 },
    },
    0.0000004,
  ),
} satisfies FactTable
