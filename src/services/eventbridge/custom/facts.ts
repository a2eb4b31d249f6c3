import type { FactTable } from '../../../model/facts'

/** The custom bus of autumn 2026 (table EB-N of the fact sheet). Every other profile has rules and targets on all buses. */
export const PROFILE = 'eventbridge-custom-2026'

export const customFacts = {
  subscriberTargets: {
    key: 'eventbridge.subscriberTargets',
    title: 'Targets of a subscriber; 0: custom buses have rules as the default bus has',
    unit: 'count',
    value: { teaching: 0, [PROFILE]: 1 },
    rows: ['EB-N'],
    confidence: 'verified',
    asOf: '2026-10-01',
  },
  customRetention: {
    key: 'eventbridge.customRetention',
    title: 'How long a custom bus with subscribers keeps events (1 to 365 days)',
    unit: 's',
    value: { teaching: 604_800 },
    rows: ['EB-N'],
    confidence: 'assumed',
    asOf: '2026-10-01',
    configurable: { min: 86_400, max: 31_536_000 },
  },
  duplicateWindow: {
    key: 'eventbridge.duplicateWindow',
    title: 'For how long a custom bus with subscribers drops duplicates',
    unit: 's',
    value: { teaching: 300 },
    rows: ['EB-N'],
    confidence: 'verified',
    asOf: '2026-10-01',
  },
  subscriberRetries: {
    key: 'eventbridge.subscriberRetries',
    title: 'Retries of a delivery to a subscriber that says nothing of retries',
    unit: 'count',
    value: { teaching: 5 },
    rows: ['EB-N'],
    confidence: 'verified',
    asOf: '2026-10-01',
    configurable: { min: 0, max: 185 },
  },
  subscriberMaxAge: {
    key: 'eventbridge.subscriberMaxAge',
    title: 'Age at which a delivery to a subscriber is given up that says nothing of age',
    unit: 's',
    value: { teaching: 300 },
    rows: ['EB-N'],
    confidence: 'verified',
    asOf: '2026-10-01',
    configurable: { min: 60, max: 86_400 },
  },
} as const satisfies FactTable
