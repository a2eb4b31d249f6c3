import { secondsOf } from './civil'
import type { Offset } from './next-fire'

/** Offsets of an IANA time zone (`Europe/Berlin`), null when the zone is unknown here. Zones are the platform's: a run that uses one is the same wherever the platform knows the same rules for it. */
export function zoneOffset(zone: string): Offset | null {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch {
    return null
  }
  const known = new Map<number, number>()
  return (utc) => {
    // offsets change on quarters of an hour
    const quarter = Math.floor(utc / 900) * 900
    const found = known.get(quarter)
    if (found !== undefined) return found
    const parts = Object.fromEntries(format.formatToParts(quarter * 1_000).map(({ type, value }) => [type, value]))
    const { year = '', month, day, hour, minute, second } = parts
    const shown = secondsOf(`${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`)
    const offset = shown === null ? 0 : shown - quarter
    known.set(quarter, offset)
    return offset
  }
}
