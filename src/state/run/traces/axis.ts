const STEPS = [1, 2, 5]

/** Distances from the start of a trace (µs) that the axis names: at most `most`, round numbers. */
export function ticks(length: number, most: number): number[] {
  if (length <= 0 || most < 1) return [0]
  let step = 1
  for (let n = 0; length / step > most; n++) step = STEPS[n % 3]! * 10 ** Math.floor(n / 3)
  const found: number[] = []
  for (let at = 0; at <= length; at += step) found.push(at)
  return found
}
