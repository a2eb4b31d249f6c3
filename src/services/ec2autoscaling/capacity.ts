import type { Adjustment, Step } from './policies'

/** Size after an adjustment of a size (ASG-1). A change in percent is rounded as AWS does: towards 0, but by one at least. */
export function adjusted(size: number, by: number, { type, least }: Adjustment): number {
  if (type === 'ExactCapacity') return by
  if (type === 'ChangeInCapacity') return size + by
  const exact = (size * by) / 100
  const whole = exact > 0 && exact < 1 ? 1 : exact < 0 && exact > -1 ? -1 : Math.trunc(exact)
  return size + (whole > 0 ? Math.max(whole, least) : whole < 0 ? Math.min(whole, -least) : 0)
}

/** The change for a breach of the threshold by so much: above it from `lower` up to `upper`, below it the other way round. Null: no step fits. */
export function stepFor(steps: readonly Step[], breach: number): number | null {
  const fits = ({ lower, upper }: Step): boolean =>
    breach >= 0 ? breach >= lower && breach < upper : breach > lower && breach <= upper
  return steps.find(fits)?.by ?? null
}
