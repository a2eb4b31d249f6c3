/** Real event shapes, written after AWS's documentation; the values are ours. For producers, templates and the pattern editor. */
import { CODE } from './code'
import { COMPUTE } from './compute'
import { OPERATIONS } from './operations'
import { OWN } from './own'
import type { Sample } from './sample'
import { STORAGE } from './storage'
import { HTTP } from './triggers-http'
import { QUEUES } from './triggers-queues'
import { SERVICES } from './triggers-services'

export type { Sample } from './sample'

/** EventBridge events first, then what services hand a function directly. Ids are unique. */
export const SAMPLES: readonly Sample[] = [
  ...COMPUTE,
  ...STORAGE,
  ...CODE,
  ...OPERATIONS,
  ...OWN,
  ...QUEUES,
  ...SERVICES,
  ...HTTP,
]

export const sampleOf = (id: string): Sample | undefined => SAMPLES.find((sample) => sample.id === id)
