import type { ConnectionLineComponentProps } from '@xyflow/react'
import { wireThrough } from '../drawing/geometry'
import { route } from '../drawing/route'
import type { Side } from '../drawing'

const SIDES: readonly Side[] = ['left', 'right', 'top', 'bottom']

/** A wire being drawn: dotted, orthogonal like the wire it becomes. */
export function ConnectionLine({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
  connectionStatus,
}: ConnectionLineComponentProps) {
  const side = SIDES.find((candidate) => candidate === String(fromPosition)) ?? 'right'
  const to: Side = side === 'bottom' ? 'top' : 'left'
  const points = route(
    { x: Math.round(fromX), y: Math.round(fromY), side },
    { x: Math.round(toX), y: Math.round(toY), side: to },
    { obstacles: [], runs: [] },
    { from: 'from', to: 'to' },
  )
  return <path className="cs-drawing-wire" data-status={connectionStatus ?? undefined} d={wireThrough(points, to).d} />
}
