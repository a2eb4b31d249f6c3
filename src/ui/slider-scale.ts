export type SliderScale = 'linear' | 'log'

/** Where a value stands between min and max, 0 to 1. A log scale needs min > 0. */
export function positionOf(value: number, min: number, max: number, scale: SliderScale): number {
  if (max <= min) return 0
  const clamped = Math.min(max, Math.max(min, value))
  if (scale === 'log' && min > 0) return Math.log(clamped / min) / Math.log(max / min)
  return (clamped - min) / (max - min)
}

/** The value at a position, on the grid of `step` counted from min and inside [min, max]. */
export function valueAt(position: number, min: number, max: number, step: number, scale: SliderScale): number {
  const raw = scale === 'log' && min > 0 ? min * Math.pow(max / min, position) : min + position * (max - min)
  return snap(raw, min, max, step)
}

/** Nearest point of the grid `min + n x step`, without binary dust (0.1 + 0.2 gives 0.3). */
export function snap(value: number, min: number, max: number, step: number): number {
  const onGrid = step > 0 ? min + Math.round((value - min) / step) * step : value
  return Number(Math.min(max, Math.max(min, onGrid)).toPrecision(12))
}

/**
 * Where a slider goes by keyboard, `steps` forward or back. A log scale moves by a hundredth of the track per step, and at least by `step`,
 * so that small and large values are equally far apart.
 */
export function steppedBy(
  steps: number,
  value: number,
  min: number,
  max: number,
  step: number,
  scale: SliderScale,
): number {
  const linear = snap(value + steps * step, min, max, step)
  if (scale === 'linear') return linear
  const along = valueAt(positionOf(value, min, max, scale) + steps / 100, min, max, step, scale)
  return Math.abs(along - value) < Math.abs(linear - value) ? linear : along
}
