/** Identifiers that AWS would draw at random, drawn here from what they name: the same run shows the same ids everywhere. */

/** When runs begin on the calendar: ids and documents of AWS carry dates, a run only has seconds. */
const RUN_STARTS = { year: 2026, month: 11, day: 20 } as const
export const RUN_DATE = '2026/11/20'
/** The same in seconds since 1970 (UTC). */
export const RUN_EPOCH = 1_795_132_800

/** `2026-11-20T00:00:01.100Z`: a simulated time (µs) on the calendar. */
export function isoTime(micros: number): string {
  const ms = Math.floor(micros / 1_000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [year, month, day] = dateAfter(Math.floor(ms / 86_400_000))
  const hours = two(Math.floor(ms / 3_600_000) % 24)
  const time = `${hours}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1_000) % 60)}`
  return `${year}-${two(month)}-${two(day)}T${time}.${String(ms % 1_000).padStart(3, '0')}Z`
}

function dateAfter(days: number): [year: number, month: number, day: number] {
  let { year, month, day }: { year: number; month: number; day: number } = RUN_STARTS
  for (day += days; day > daysOf(month, year);) {
    day -= daysOf(month, year)
    month = month === 12 ? 1 : month + 1
    if (month === 1) year++
  }
  return [year, month, day]
}

function daysOf(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `words` 32-bit numbers that depend on every bit of `parts` (whole numbers; fractions are cut). */
export function mixed(words: number, parts: readonly number[]): Uint32Array {
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

export const hex = (numbers: Uint32Array): string =>
  Array.from(numbers, (n) => n.toString(16).padStart(8, '0')).join('')

/** What an id is of; the first of its parts. */
export const ID = { request: 1, stream: 2, trace: 3, segment: 4, call: 5 } as const

/** Request id: attempts at one asynchronous event share `attempt` and so the id (INV-8). A version 4 UUID in form. */
export function requestId(seed: number, trace: number, attempt: readonly number[]): string {
  const h = hex(mixed(4, [ID.request, seed, trace, ...attempt]))
  const variant = '89ab'[parseInt(h[16]!, 16) & 3]!
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** What an attempt is told apart by: attempts at one asynchronous event (entity `event`) are one request (INV-8). */
export const attemptOf = (event: number, entity: number, start: number): readonly number[] =>
  event >= 0 ? [1, event] : [0, entity, start]
