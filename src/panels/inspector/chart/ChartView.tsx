import { useId, useMemo } from 'react'
import type { AnyStateMachine } from 'xstate'
import { slotStateOf } from '../../../state/run/machines'
import { chartLayout, leaves, STATE_H, type Box } from './chart-layout'
import { chartModel } from './chart-model'
import './chart.css'

interface ChartViewProps {
  machine: AnyStateMachine
  /** Path of the state it is in; null: none is shown. */
  current: string | null
  /** Path of the state before. */
  before: string | null
  width?: number
}

/** The chart that runs, with the state it is in lit. A list of states and arrows says the same to a screen reader. */
export function ChartView({ machine, current, before, width = 288 }: ChartViewProps) {
  const id = useId()
  const { model, layout } = useMemo(() => {
    const read = chartModel(machine)
    return { model: read, layout: chartLayout(read, width, current ?? read.initial) }
  }, [machine, width, current])
  const ahead = current ?? model.initial
  const took = (from: string, to: string) =>
    before !== null && current !== null && leaves(before, from) && leaves(current, to)

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className="chart" role="group" aria-label="Statechart" tabIndex={0}>
      <svg width={layout.w} height={layout.h} viewBox={`0 0 ${layout.w} ${layout.h}`} aria-hidden="true">
        <defs>
          {['', 'lit', 'quiet'].map((look) => (
            <marker
              key={look}
              id={`${id}${look}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 .8 7.5 4 0 7.2z" className="chart-head" data-look={look} />
            </marker>
          ))}
        </defs>
        <circle cx={layout.start.x} cy={layout.start.y - 14} r={3.5} className="chart-start" />
        <path d={`M${layout.start.x} ${layout.start.y - 11}v10`} className="chart-arrow" markerEnd={`url(#${id})`} />
        {layout.boxes
          .filter((box) => box.frame)
          .map((box) => (
            <g key={box.path} className="chart-frame">
              <rect x={box.x} y={box.y} width={box.w} height={box.h} rx={7} />
              <text x={box.x + 8} y={box.y + 14}>
                {box.name}
              </text>
            </g>
          ))}
        {layout.routes.map(({ arrow, points }) => {
          const lit = took(arrow.from, arrow.to)
          const look = lit ? 'lit' : leaves(ahead, arrow.from) ? '' : 'quiet'
          return (
            <path
              key={`${arrow.from}>${arrow.to}`}
              d={rounded(points)}
              className="chart-arrow"
              data-look={look}
              markerEnd={`url(#${id}${look})`}
            />
          )
        })}
        {layout.boxes
          .filter((box) => !box.frame)
          .map((box) => (
            <State key={box.path} box={box} look={box.path === current ? 'now' : box.path === before ? 'past' : ''} />
          ))}
        {layout.routes.map(({ arrow, label }) =>
          label === null ? null : (
            <text
              key={`${arrow.from}>${arrow.to}`}
              x={label.x}
              y={label.y}
              style={{ textAnchor: label.anchor }}
              className="chart-label"
              data-look={took(arrow.from, arrow.to) ? 'lit' : ''}
            >
              {label.text}
              <title>{arrow.labels.join(', ')}</title>
            </text>
          ),
        )}
      </svg>
      <ul className="visually-hidden" aria-label="Transitions">
        {model.arrows.map((arrow) => (
          <li key={`${arrow.from}>${arrow.to}`} aria-current={arrow.from === current ? 'step' : undefined}>
            {arrow.from} to {arrow.to}: {arrow.labels.join(', ')}
          </li>
        ))}
      </ul>
    </div>
  )
}

function State({ box, look }: { box: Box; look: 'now' | 'past' | '' }) {
  const longest = Math.floor((box.w - 10) / 6)
  const name = box.name.length > longest ? `${box.name.slice(0, longest - 1)}…` : box.name
  return (
    <g className="chart-state" data-look={look} data-state={look === '' ? undefined : slotStateOf(box.path)}>
      <rect x={box.x} y={box.y} width={box.w} height={STATE_H} rx={5} />
      {box.final && <rect x={box.x + 2.5} y={box.y + 2.5} width={box.w - 5} height={STATE_H - 5} rx={3} />}
      <text x={box.x + box.w / 2} y={box.y + 17}>
        {name}
        <title>{box.path}</title>
      </text>
    </g>
  )
}

const CORNER = 7

/** Orthogonal lines with round corners. */
function rounded(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  let path = `M${first.x} ${first.y}`
  let before = first
  for (const [index, point] of rest.entries()) {
    const after = rest[index + 1]
    if (after === undefined) {
      path += `L${point.x} ${point.y}`
      continue
    }
    const r = Math.min(CORNER, span(before, point) / 2, span(point, after) / 2)
    const [start, end] = [toward(point, before, r), toward(point, after, r)]
    path += `L${start.x} ${start.y}Q${point.x} ${point.y} ${end.x} ${end.y}`
    before = point
  }
  return path
}

const span = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.abs(a.x - b.x) + Math.abs(a.y - b.y)

function toward(from: { x: number; y: number }, to: { x: number; y: number }, by: number): { x: number; y: number } {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by }
}
