/** Manual paces on offer, simulated seconds per real second. */
export const SPEEDS = [0.01, 0.02, 0.05, 0.1, 0.125, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1000] as const

/** `1/8×`, `1×`, `30×`. */
export function paceText(pace: number): string {
  if (pace >= 1) return `${pace >= 10 ? Math.round(pace) : Number(pace.toPrecision(2))}×`
  return `1/${Math.round(1 / pace)}×`
}

/** The next pace on offer above or below. */
export function nextSpeed(pace: number, direction: 1 | -1): number {
  const at = direction > 0 ? SPEEDS.find((speed) => speed > pace) : SPEEDS.findLast((speed) => speed < pace)
  return at ?? pace
}
