/** Identifiers of logs and traces (model/identity.ts). */
import { attemptOf, hex, ID, isoTime, mixed, requestId, RUN_DATE } from '../../../model/identity'

export { attemptOf, isoTime, requestId, RUN_DATE }

/** Seconds since 1970 of a simulated time (µs). */
export const epochSeconds = (micros: number): number => Date.parse(isoTime(0)) / 1_000 + micros / 1e6

/** Log stream of one environment (LAM-29): `2026/11/20/[$LATEST]` and 32 hex digits. */
export const streamName = (seed: number, version: string, environment: number): string =>
  `${RUN_DATE}/[${version}]${hex(mixed(4, [ID.stream, seed, environment]))}`

/** X-Ray trace id (OBS-9): `1-`, 8 hex digits of the second it began, 24 hex digits. */
export function traceId(seed: number, trace: number, startedAt: number): string {
  const second = Math.floor(epochSeconds(startedAt)).toString(16).padStart(8, '0')
  return `1-${second}-${hex(mixed(3, [ID.trace, seed, trace]))}`
}

/** X-Ray segment id (OBS-9): 16 hex digits, from what the segment is about. */
export const segmentId = (seed: number, trace: number, about: readonly number[]): string =>
  hex(mixed(2, [ID.segment, seed, trace, ...about]))
