import type { CALL_REASONS } from '../services/call-reasons'

/** Reasons that the engine itself gives; their sentences are in services/call-reasons.ts. */
export const CALL_CODES = [
  'call.unreachable',
  'call.denied',
  'call.uninvited',
  'call.down',
  'intervention.send',
  'intervention.set',
  'intervention.fault',
  'intervention.repair',
] as const satisfies readonly (keyof typeof CALL_REASONS)[]
