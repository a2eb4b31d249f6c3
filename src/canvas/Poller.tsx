import type { Station } from '../drawing'
import { Glyph } from '../ui/glyphs'
import { useFace } from './canvas-context'

interface PollerProps {
  /** Its wire. */
  edge: string
  station: Station
  /** `batch 10` */
  label: string
}

/** The poller of a mapping: it asks the queue or stream at one end and calls the function at the other. */
export function Poller({ edge, station: { rect }, label }: PollerProps) {
  const { line, hidden } = useFace(edge)
  return (
    <foreignObject x={rect.x} y={rect.y} width={rect.w} height={rect.h} className="cs-poller">
      <div>
        <Glyph name="mapping" size={14} />
        <span>
          <b>{label}</b>
          <span className="num">{hidden ? '? pollers' : (line ?? 'pollers')}</span>
        </span>
      </div>
    </foreignObject>
  )
}
