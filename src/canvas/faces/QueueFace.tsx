import { digits } from '../../state/run/clock'
import type { FaceProps } from '../types'

const CELLS = 20
type Cell = 'flight' | 'waiting' | 'delayed' | undefined

/** Cells from the open end: dashed are in flight, solid wait, dotted are delayed. One cell is a message until they no longer fit. */
export function QueueFace({ data }: FaceProps) {
  const hidden = data.hidden === true
  const { visible: waiting = 0, inFlight = 0, delayed = 0 } = hidden ? {} : data.levels
  const words = (n: number, what: string) => (
    <span>
      <b>{hidden ? '?' : short(n)}</b>
      {` ${what}`}
    </span>
  )
  return (
    <div className="cs-body">
      <div className="cs-cells" aria-hidden="true">
        {cellsOf(inFlight, waiting, delayed).map((cell, i) => (
          <i key={i} data-cell={cell} />
        ))}
      </div>
      <div className="cs-facts num">
        {words(waiting, 'waiting')}
        {(inFlight > 0 || hidden) && words(inFlight, 'in flight')}
      </div>
      <div className="cs-facts num">
        {data.groups && <span className="cs-blocked">{data.groups}</span>}
        {delayed > 0 && !data.groups && words(delayed, 'delayed')}
        {data.back && <span className="cs-back">{data.back}</span>}
      </div>
    </div>
  )
}

/** As many of each as there are, or of their share; what there is has a cell at least. */
export function cellsOf(inFlight: number, waiting: number, delayed: number): Cell[] {
  const perCell = scaleFor(inFlight + waiting + delayed)
  const cells = (n: number): number => Math.ceil(n / perCell)
  const late = cells(delayed)
  const dashed = Math.min(CELLS - late - (waiting > 0 ? 1 : 0), cells(inFlight))
  const solid = Math.min(CELLS - late - dashed, cells(waiting))
  return Array.from({ length: CELLS }, (_, i): Cell => {
    if (i < dashed) return 'flight'
    if (i < dashed + solid) return 'waiting'
    return i < dashed + solid + late ? 'delayed' : undefined
  })
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
