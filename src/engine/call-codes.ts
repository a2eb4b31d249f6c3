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
  'intervention.delete',
  'call.unreachable.noRoute',
  'call.unreachable.blackhole',
  'call.unreachable.noPublicAddress',
  'call.unreachable.privateAddress',
  'call.unreachable.natWithoutGateway',
  'call.unreachable.securityGroup',
  'call.unreachable.nacl',
  'call.unreachable.naclReturn',
  'call.unreachable.endpointNotAssociated',
  'call.unreachable.notAvailable',
  'call.unreachable.natPorts',
  'call.unreachable.natIdle',
] as const satisfies readonly (keyof typeof CALL_REASONS)[]

/** Those of calls that nothing of arrived, or whose answer was lost. */
export const LOST_CODES = CALL_CODES.filter((code) => code.startsWith('call.unreachable'))
export type LostCode = (typeof CALL_CODES)[number] & `call.unreachable${string}`
