import type { RunStore } from './runStore'

/** Times on screen, in real µs (visual.md 9). */
const SHORTEST = 360_000
const LONGEST = 1_400_000
const PULSE = 900_000
/** More than this on one wire become one capsule. */
const CROWD = 40
/** A wire with more departures than this in the window is counted, not walked. */
const WALKED = 512

/** Tokens on the wires at one instant, as columns; the first `length` entries hold. Reused by the next call. */
export interface TokenFrame {
  length: number
  /** Index in the run's wires. */
  readonly wire: Int32Array
  /** `Token` */
  readonly token: Uint8Array
  /** Share of the way gone in the token's own direction, 0..1. Answers travel from the wire's end to its start. */
  readonly fraction: Float32Array
  /** Share of the arrival pulse (900 ms) that is over, 0..1; 0 while it travels. */
  readonly arrived: Float32Array
  /** How many travel as one; a capsule's number. */
  readonly count: Int32Array
  /** Row of the hop; -1 for a capsule. */
  readonly row: Int32Array
}

export interface TokenSource {
  /** Tokens at `t` (µs) when `pace` simulated seconds pass per real second. Pure in its arguments; no allocation. */
  frame(t: number, pace: number): TokenFrame
}

/**
 * A hop is shown for its simulated time, at least 360 ms and at most 1,400 ms of real time at the given pace, then rests as an
 * arrival for 900 ms. All of it depends on `t` alone, so scrubbing works both ways.
 */
export function createTokenSource(store: RunStore, capacity = 8_192): TokenSource {
  const frame: TokenFrame = {
    length: 0,
    wire: new Int32Array(capacity),
    token: new Uint8Array(capacity),
    fraction: new Float32Array(capacity),
    arrived: new Float32Array(capacity),
    count: new Int32Array(capacity),
    row: new Int32Array(capacity),
  }

  const put = (wire: number, token: number, fraction: number, arrived: number, count: number, row: number): void => {
    if (frame.length === capacity) return
    const i = frame.length++
    frame.wire[i] = wire
    frame.token[i] = token
    frame.fraction[i] = fraction
    frame.arrived[i] = arrived
    frame.count[i] = count
    frame.row[i] = row
  }

  return {
    frame(t, pace) {
      frame.length = 0
      const stretch = store.at(t)
      const { hops } = stretch
      for (let wire = 0; wire < hops.of.length; wire++) {
        const own = hops.of[wire]!
        const end = stretch.departuresUntil(wire, t)
        const crowd = end - stretch.departuresUntil(wire, t - SHORTEST * pace)
        if (crowd > CROWD) {
          put(wire, hops.token.at(own.at(end - 1)), 0.5, 0, crowd, -1)
          continue
        }
        const start = Math.max(stretch.departuresUntil(wire, t - (LONGEST + PULSE) * pace), end - WALKED)
        for (let i = start; i < end; i++) {
          const position = own.at(i)
          const at = hops.at.at(position)
          const length = Math.min(Math.max(hops.until.at(position) - at, SHORTEST * pace), LONGEST * pace)
          const age = t - at
          const after = age - length
          if (after > PULSE * pace) continue
          const arrived = after <= 0 ? 0 : after / (PULSE * pace)
          put(
            wire,
            hops.token.at(position),
            Math.min(1, age / length),
            arrived,
            hops.count.at(position),
            hops.row.at(position),
          )
        }
      }
      return frame
    },
  }
}
