import { traceId } from '../logs/identity'
import { Flag, type TraceIndex } from './traceIndex'

export type TraceFilter = 'all' | 'error' | 'throttle' | 'cold' | 'retry' | 'deadLetter'
export type TraceOrder = 'newest' | 'slowest'

/** Traces whose ids are compared in a search; beyond, only names are. */
const MOST_IDS = 50_000

/** Places in the index of the traces to list. Every word of `text` is found in a name of a resource or in the trace id. */
export function listTraces(
  index: TraceIndex,
  seed: number,
  filter: TraceFilter,
  order: TraceOrder,
  text: string,
  nameOf: (resource: number) => string,
): Int32Array {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const named = new Map<number, string>()
  const namesOf = (place: number): string => {
    const set = index.touched.at(place)
    let names = named.get(set)
    if (names === undefined) {
      names = index.resourcesOf(place).map(nameOf).join(' ').toLowerCase()
      named.set(set, names)
    }
    return names
  }
  const found: number[] = []
  for (let place = index.length - 1; place >= 0; place--) {
    if (filter !== 'all' && !index.has(place, Flag[filter])) continue
    if (words.length > 0) {
      const names = namesOf(place)
      const missing = words.filter((word) => !names.includes(word))
      if (missing.length > 0) {
        if (index.length > MOST_IDS || missing.some((word) => !/^[0-9a-f-]+$/.test(word))) continue
        const id = traceId(seed, index.trace.at(place), index.start.at(place))
        if (missing.some((word) => !id.includes(word))) continue
      }
    }
    found.push(place)
  }
  if (order === 'slowest') found.sort((a, b) => latency(index, b) - latency(index, a) || b - a)
  return Int32Array.from(found)
}

/** µs from its first moment to the last that is known of. */
export const latency = (index: TraceIndex, place: number): number => index.end.at(place) - index.start.at(place)
