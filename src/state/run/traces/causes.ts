import type { RowSource } from '../logs/logIndex'

/** How far a cause is followed. A batch whose messages are worked on in turn makes long chains. */
const FARTHEST = 20_000

/**
 * What `known` says of the nearest row on the way back along causes, beginning with `row` itself; `otherwise` when no row from `least` on
 * is known. Every row passed is then known too, so that a run of n rows is walked once.
 */
export function alongCauses<T>(source: RowSource, row: number, known: Map<number, T>, otherwise: T, least = 0): T {
  const passed: number[] = []
  let answer = otherwise
  for (let at = row; at >= least && passed.length < FARTHEST;) {
    const before = known.get(at)
    if (before !== undefined) {
      answer = before
      break
    }
    passed.push(at)
    const rows = source.columns(at)
    if (rows === undefined) break
    at = rows.cause[at - rows.first]!
  }
  for (const one of passed) known.set(one, answer)
  return answer
}
