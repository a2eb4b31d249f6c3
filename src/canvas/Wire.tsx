import type { Edge, EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { DrawnEdge, Point, Side } from '../drawing'
import { Glyph } from '../ui/glyphs'
import { Poller } from './Poller'

export type FlowEdge = Edge<{ drawn: DrawnEdge; mark?: string | undefined }>

const ANGLE: { readonly [side in Side]: number } = { left: 0, right: 180, top: 90, bottom: 270 }

/** Solid: the caller waits. Dashed: it does not. Wires never animate; tokens do. */
export const WireView = memo(function WireView({ data, selected }: EdgeProps<FlowEdge>) {
  if (data === undefined) return null
  const { drawn, mark } = data
  const { wire, station } = drawn
  const end = wire.points.at(-1) ?? { x: 0, y: 0 }
  const polls = drawn.connection?.poller === true
  const isMapping = drawn.connection?.resource !== undefined && drawn.style !== 'route'
  return (
    <g className="cs-wire" data-style={drawn.style} data-selected={selected || undefined} data-mark={mark}>
      <path className="cs-wire-hit react-flow__edge-interaction" d={wire.d} />
      <path className="cs-wire-line react-flow__edge-path" d={wire.d} />
      {drawn.style !== 'tether' && (
        <path
          className="cs-wire-head"
          d="M0 0-7-3.5V3.5z"
          transform={`translate(${end.x},${end.y}) rotate(${ANGLE[wire.endSide]})`}
        />
      )}
      {polls && <AskHead points={wire.points} />}
      {mark === 'blocked' && <BlockedBar drawn={drawn} />}
      {station && <Poller edge={drawn.id} station={station} label={drawn.label} />}
      {!station && drawn.label !== '' && (
        <foreignObject x={wire.labelAt.x} y={wire.labelAt.y} width={150} height={22} className="cs-wire-label">
          <span data-mapping={isMapping || undefined}>
            {isMapping && <Glyph name="mapping" size={12} />}
            {drawn.label}
          </span>
        </foreignObject>
      )}
    </g>
  )
})

/** What polls asks the queue: its wire has a head at that end too, clear of the port. */
function AskHead({ points: [a, b] }: { points: readonly Point[] }) {
  if (a === undefined || b === undefined) return null
  const angle = a.y === b.y ? (b.x > a.x ? 180 : 0) : b.y > a.y ? 270 : 90
  return <path className="cs-wire-head" d="M-4 0-11-3.5V3.5z" transform={`translate(${a.x},${a.y}) rotate(${angle})`} />
}

/** A wire that stops: a double bar before the port. */
function BlockedBar({ drawn }: { drawn: DrawnEdge }) {
  const end = drawn.wire.points.at(-1) ?? { x: 0, y: 0 }
  return (
    <path
      className="cs-wire-bar"
      d="M-16-8V8M-11-8V8"
      transform={`translate(${end.x},${end.y}) rotate(${ANGLE[drawn.wire.endSide]})`}
    />
  )
}
