/** How small and how large a panel may get: px, px, and the share of the room (0 to 1) that the part beside it keeps. */
export interface SplitLimits {
  readonly min: number
  readonly max: number
  readonly rest: number
}

/** What limits come to in a room, px. */
export interface SplitBounds {
  readonly min: number
  readonly max: number
}

/** A room too small for both gives the panel its minimum. */
export function boundsIn(room: number, { min, max, rest }: SplitLimits): SplitBounds {
  return { min, max: Math.max(min, Math.min(max, room * (1 - rest))) }
}

export function clampTo({ min, max }: SplitBounds, size: number): number {
  return Math.min(max, Math.max(min, size))
}

const STEP = 10
const LARGE_STEP = 50

/** Which way the line between the two parts runs. `row`: the panel lies below it. `column`: the panel stands right of it. */
export type SplitWay = 'row' | 'column'

/**
 * The size (px) a key asks for, unbounded except by Home and End; undefined for a key that is not the line's. Arrows move the line where they
 * point, 10 px or with Shift 50 px, so Up and Left make the panel larger.
 */
export function keyTarget(
  key: string,
  shift: boolean,
  way: SplitWay,
  size: number,
  bounds: SplitBounds,
): number | undefined {
  const step = shift ? LARGE_STEP : STEP
  switch (key) {
    case way === 'row' ? 'ArrowUp' : 'ArrowLeft':
      return size + step
    case way === 'row' ? 'ArrowDown' : 'ArrowRight':
      return size - step
    case 'Home':
      return bounds.min
    case 'End':
      return bounds.max
    default:
      return undefined
  }
}
