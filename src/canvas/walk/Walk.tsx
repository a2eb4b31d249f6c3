import { useReactFlow, useStoreApi, ViewportPortal } from '@xyflow/react'
import { useEffect, useMemo, type CSSProperties } from 'react'
import type { Drawing, Rect } from '../../drawing'
import type { Hop, Network, Query, Trace } from '../../network'
import { Glyph } from '../../ui/glyphs'
import { useReducedMotion } from '../../ui/theme'
import type { Marks } from '../types'
import { gateGlyph } from './gates'
import { courseOf, type Course, type Station } from './stations'
import { WalkBar } from './WalkBar'
import './walk.css'

export interface WalkProps {
  drawing: Drawing
  network: Network
  query: Query
  verdict: Trace
  /** Index of the hop the packet stands at. */
  hop: number
  onHop: (hop: number | null) => void
  /** What is not on the way stands back. */
  onMarks: (marks: Marks | undefined) => void
  /** Opens the property that decided; null where a hop has none. */
  propertyOf: (hop: Hop) => (() => void) | null
  nameOf: (id: string) => string
}

/** The packet on the drawing, hop by hop. */
export default function Walk(props: WalkProps) {
  const { drawing, network, query, verdict, hop, onMarks, nameOf } = props
  const course = useMemo(() => courseOf(drawing, network, query, verdict), [drawing, network, query, verdict])
  useEffect(() => {
    if (course === null) return
    const faded = drawing.nodes.filter(({ id }) => !course.nodes.has(id)).map(({ id }) => [id, 'faded'] as const)
    onMarks({ nodes: new Map(faded), edges: new Map() })
    return () => onMarks(undefined)
  }, [course, drawing, onMarks])
  useInView(course, drawing)
  return (
    <>
      {course !== null && <Picture course={course} drawing={drawing} hop={hop} nameOf={nameOf} />}
      <WalkBar {...props} />
    </>
  )
}

/** Moves the camera once when the way does not fit above the caption. */
function useInView(course: Course | null, drawing: Drawing): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  const reduced = useReducedMotion()
  useEffect(() => {
    if (course === null) return
    const { width, height, transform } = store.getState()
    const [x, y, zoom] = transform
    const all = boundsOf(course, drawing)
    const free = height - CAPTION
    const isSeen =
      all.x * zoom + x > 0 &&
      (all.x + all.w) * zoom + x < width &&
      all.y * zoom + y > 0 &&
      (all.y + all.h) * zoom + y < free
    if (isSeen && zoom >= 0.4) return
    const next = Math.min(1, width / all.w, free / all.h)
    void flow.setViewport(
      { x: (width - all.w * next) / 2 - all.x * next, y: (free - all.h * next) / 2 - all.y * next, zoom: next },
      { duration: reduced ? 0 : 420 },
    )
    // the camera follows a new way, not every edit
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [course?.wire.d])
}

/** Everything on the way that is no container, with air around it. */
function boundsOf({ nodes, ghosts, wire }: Course, drawing: Drawing): Rect {
  const rects: Rect[] = [
    ...drawing.nodes.filter(({ id, shape }) => shape !== 'container' && nodes.has(id)).map(({ rect }) => rect),
    ...ghosts.map(({ rect }) => rect),
    ...wire.points.map(({ x, y }) => ({ x, y, w: 0, h: 0 })),
  ]
  const x = Math.min(...rects.map((rect) => rect.x)) - 32
  const y = Math.min(...rects.map((rect) => rect.y)) - 76
  const right = Math.max(...rects.map((rect) => rect.x + rect.w)) + 32
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.h)) + 24
  return { x, y, w: right - x, h: bottom - y }
}

/** Height kept free for the caption (px). */
const CAPTION = 132

interface PictureProps {
  course: Course
  drawing: Drawing
  hop: number
  nameOf: (id: string) => string
}

function Picture({ course, drawing, hop, nameOf }: PictureProps) {
  const { wire, stations, ghosts } = course
  const now = stations[Math.min(hop, stations.length - 1)]
  const back = now?.hop.direction === 'return'
  const far = Math.max(0, ...stations.slice(0, hop + 1).map((station) => standing(station, wire.length)))
  const stood = stateOf(stations, hop)
  return (
    <ViewportPortal>
      <svg className="walk-way" aria-hidden="true">
        <path className="walk-halo" d={wire.d} />
        <path className="walk-ahead" d={wire.d} />
        <path className="walk-passed" d={wire.d} pathLength={1} style={{ strokeDashoffset: 1 - far }} />
      </svg>
      <div className="walk" aria-hidden="true">
        {ghosts.map(({ id, rect }) => (
          <div key={id} className="walk-ghost" style={place(rect)}>
            <Glyph name="internet" size={14} />
            {nameOf(id.replace('ghost:', ''))}
          </div>
        ))}
        {stood.map(({ station, state, current }) => {
          const rect =
            station.node === null
              ? undefined
              : (drawing.nodeById.get(station.node)?.rect ?? ghosts.find(({ id }) => id === station.node)?.rect)
          const key = `${station.hop.direction} ${station.hop.gate} ${station.hop.resource} ${station.fraction}`
          return rect === undefined ? (
            <Badge key={key} station={station} state={state} current={current} />
          ) : (
            <div
              key={key}
              className="walk-node"
              data-state={state}
              data-current={current || undefined}
              style={{ ...place(rect), borderRadius: shapeOf(drawing, station.node) }}
            >
              <Mark state={state} />
            </div>
          )
        })}
        {now !== undefined && (
          <div
            className="walk-packet"
            data-blocked={!now.hop.passed || undefined}
            style={{ offsetPath: `path("${wire.d}")`, offsetDistance: `${standing(now, wire.length) * 100}%` }}
          >
            <svg width="20" height="20" viewBox="-10 -10 20 20">
              {back ? <circle r="5" /> : <path d="M-6-5.5H1.5L7 0 1.5 5.5H-6Z" />}
            </svg>
          </div>
        )}
      </div>
    </ViewportPortal>
  )
}

/** A packet that is stopped stands before the gate. */
function standing({ fraction, hop }: Station, length: number): number {
  if (hop.passed || hop.gate.startsWith('security-group')) return fraction
  const step = 22 / Math.max(length, 22)
  return hop.direction === 'forward' ? Math.max(0, fraction - step) : Math.min(1, fraction + step)
}

type State = 'passed' | 'blocked' | 'ahead'

interface Stood {
  readonly station: Station
  readonly state: State
  readonly current: boolean
}

/** One mark a place: what a later hop says there replaces what an earlier one said. */
function stateOf(stations: readonly Station[], hop: number): Stood[] {
  const byPlace = new Map<string, Stood>()
  stations.forEach((station, index) => {
    const key = station.node ?? `${Math.round(station.at.x)},${Math.round(station.at.y)}`
    const seen = index <= hop
    const before = byPlace.get(key)
    if (!seen && before !== undefined) return
    const state = !seen ? 'ahead' : station.hop.passed ? 'passed' : 'blocked'
    byPlace.set(key, { station, state, current: index === hop })
  })
  return [...byPlace.values()]
}

function Badge({ station, state, current }: Stood) {
  return (
    <div
      className="walk-gate"
      data-state={state}
      data-current={current || undefined}
      style={{ transform: `translate(${station.at.x}px, ${station.at.y}px) translate(-50%, -50%)` }}
    >
      <Glyph name={gateGlyph(station.hop.gate)} size={14} />
      <Mark state={state} />
    </div>
  )
}

function Mark({ state }: { state: State }) {
  if (state === 'ahead') return null
  return (
    <span className="walk-mark" data-state={state}>
      <Glyph name={state === 'passed' ? 'check' : 'close'} size={10} />
    </span>
  )
}

function place({ x, y, w, h }: { x: number; y: number; w: number; h: number }): CSSProperties {
  return { transform: `translate(${x}px, ${y}px)`, width: w, height: h }
}

function shapeOf(drawing: Drawing, id: string | null): number {
  const node = id === null ? undefined : drawing.nodeById.get(id)
  return node === undefined || node.shape === 'gate' ? 20 : node.silhouette === 'actor' ? 26 : 9
}
