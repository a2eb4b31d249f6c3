/** Identifiers that AWS would draw at random, drawn here from what they name: the same run shows the same ids everywhere. */

/** When runs begin on the calendar: ids and documents of AWS carry dates, a run only has seconds. */
export const RUN_DATE = '2026/11/20'
const RUN_STARTS_MS = Date.UTC(2026, 10, 20)

/** Seconds since 1970 of a simulated time (µs). */
export const epochSeconds = (micros: number): number => RUN_STARTS_MS / 1_000 + micros / 1e6
/** `2026-11-20T00:00:01.100Z`. */
export const isoTime = (micros: number): string => new Date(RUN_STARTS_MS + Math.floor(micros / 1_000)).toISOString()

/** `words` 32-bit numbers that depend on every bit of `parts` (whole numbers; fractions are cut). */
function mixed(words: number, parts: readonly number[]): Uint32Array {
  const out = new Uint32Array(words)
  for (let w = 0; w < words; w++) {
    let h = 0x9e3779b9 ^ Math.imul(w + 1, 0x85ebca6b)
    for (const part of parts) {
      h = round(h, part >>> 0)
      h = round(h, Math.floor(part / 4_294_967_296) >>> 0)
    }
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
    h = Math.imul(h ^ (h >>> 15), 0x735a2d97)
    out[w] = h ^ (h >>> 15)
  }
  return out
}

function round(h: number, part: number): number {
  const k = Math.imul(part ^ (part >>> 15), 0x2c1b3c6d)
  const turned = h ^ (k ^ (k >>> 12))
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0
}

const hex = (numbers: Uint32Array): string => Array.from(numbers, (n) => n.toString(16).padStart(8, '0')).join('')

const KIND = { request: 1, stream: 2, trace: 3, segment: 4 } as const

/** Request id: attempts at one asynchronous event share `attempt` and so the id (INV-8). A version 4 UUID in form. */
export function requestId(seed: number, trace: number, attempt: readonly number[]): string {
  const h = hex(mixed(4, [KIND.request, seed, trace, ...attempt]))
  const variant = '89ab'[parseInt(h[16]!, 16) & 3]!
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** Log stream of one environment (LAM-29): `2026/11/20/[$LATEST]` and 32 hex digits. */
export const streamName = (seed: number, version: string, environment: number): string =>
  `${RUN_DATE}/[${version}]${hex(mixed(4, [KIND.stream, seed, environment]))}`

/** X-Ray trace id (OBS-9): `1-`, 8 hex digits of the second it began, 24 hex digits. */
export function traceId(seed: number, trace: number, startedAt: number): string {
  const second = Math.floor(epochSeconds(startedAt)).toString(16).padStart(8, '0')
  return `1-${second}-${hex(mixed(3, [KIND.trace, seed, trace]))}`
}

/** X-Ray segment id (OBS-9): 16 hex digits, from what the segment is about. */
export const segmentId = (seed: number, trace: number, about: readonly number[]): string =>
  hex(mixed(2, [KIND.segment, seed, trace, ...about]))
