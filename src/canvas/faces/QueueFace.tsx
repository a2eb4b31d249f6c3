import { digits } from '../../state/run/clock'
import type { FaceProps } from '../types'

const CELLS = 20

/** Cells from the open end: dashed are in flight, solid wait. One cell is a message until they no longer fit. */
export function QueueFace({ data }: FaceProps) {
  const hidden = data.hidden === true
  const waiting = hidden ? 0 : (data.levels.visible ?? 0)
  const inFlight = hidden ? 0 : (data.levels.inFlight ?? 0)
  const perCell = scaleFor(waiting + inFlight)
  const dashed = Math.min(CELLS, Math.ceil(inFlight / perCell))
  const solid = Math.min(CELLS - dashed, Math.ceil(waiting / perCell))
  return (
    <div className="cs-body">
      <div className="cs-cells" aria-hidden="true">
        {Array.from({ length: CELLS }, (_, i) => (
          <i key={i} data-cell={i < dashed ? 'flight' : i < dashed + solid ? 'waiting' : undefined} />
        ))}
      </div>
      <div className="cs-facts num">
        <span>
          <b>{hidden ? '?' : short(waiting)}</b> waiting
        </span>
        {(inFlight > 0 || hidden) && (
          <span>
            <b>{hidden ? '?' : short(inFlight)}</b> in flight
          </span>
        )}
      </div>
    </div>
  )
}

/** `912`, `1,995`, `12.3k`: two of them stand side by side in a queue. */
const short = (n: number): string => (n < 10_000 ? digits(n) : `${Math.floor(n / 100) / 10}k`)

/** Messages a cell stands for: 1, 2, 5, 10, 20, 50, ... so that the row does not rescale with every message. */
export function scaleFor(messages: number): number {
  let unit = 1
  for (;;) {
    for (const step of [1, 2, 5]) if (messages <= CELLS * unit * step) return unit * step
    unit *= 10
  }
}
