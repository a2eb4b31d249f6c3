import { Glyph, type GlyphName } from '../../ui/glyphs'
import type { FaceProps, LaneData } from '../types'

const CELLS = 14
/** Records that are done and still seen before the reader. */
const PAST = 3
const GLYPHS: { readonly [state in NonNullable<LaneData['state']>]: GlyphName } = {
  blocked: 'retry',
  held: 'throttle',
  denied: 'lock',
  hot: 'throttle',
}
type Cell = 'done' | 'flight' | 'waiting' | undefined

/** Shards as lanes: records pass the reader from right to left, one that is stuck keeps all behind it. */
export function StreamFace({ data }: FaceProps) {
  const hidden = data.hidden === true
  return (
    <div className="cs-body cs-shards num" aria-hidden="true">
      {(data.lanes ?? []).map((lane) => (
        <div key={lane.label} className="cs-shard" data-state={hidden ? undefined : lane.state} title={lane.says}>
          <span>{lane.label}</span>
          <span className="cs-tape">
            {(hidden ? [] : laneCells(lane)).map((cell, i) => (
              <i key={i} data-cell={cell} data-iterator={i === Math.min(PAST, lane.done) || undefined} />
            ))}
          </span>
          <span>
            {lane.state && !hidden && <Glyph name={GLYPHS[lane.state]} size={12} />}
            {hidden ? '?' : lane.words}
          </span>
        </div>
      ))}
      {data.moreLanes && <div className="cs-shard">{data.moreLanes}</div>}
    </div>
  )
}

/** Done ones, those in the reader's hands, those that wait. More than there are cells: the last one stands for the rest. */
export function laneCells({ done, inHand, waiting }: Pick<LaneData, 'done' | 'inHand' | 'waiting'>): Cell[] {
  const past = Math.min(PAST, done)
  const room = CELLS - past
  const scale = Math.max(1, (inHand + waiting) / room)
  const held = Math.min(room, Math.ceil(inHand / scale))
  const behind = Math.min(room - held, Math.ceil(waiting / scale))
  return Array.from({ length: CELLS }, (_, i): Cell => {
    if (i < past) return 'done'
    if (i < past + held) return 'flight'
    return i < past + held + behind ? 'waiting' : undefined
  })
}
