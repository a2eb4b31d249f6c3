import type { FactTable } from '../model/facts'

/** Facts that belong to no service. */
export const ENGINE_FACTS: FactTable = {
  'network.latency': {
    key: 'network.latency',
    title: 'One way of a call',
    unit: 's',
    value: { teaching: 0, 'aws-2026-11': { uniform: [0.0003, 0.001] } },
    rows: ['NET-32'],
    confidence: 'assumed',
    asOf: '2026-11-20',
    configurable: { min: 0, max: 10 },
  },
}
