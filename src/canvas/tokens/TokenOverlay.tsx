import { useStoreApi } from '@xyflow/react'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import type { DrawnEdge, Drawing } from '../../drawing'
import { useReducedMotion, useTheme } from '../../ui/theme'
import { readColors } from './colors'
import type { FaceSource } from '../types'
import { createPainted, paintChevrons, paintTokens } from './paint'
import { forksOf, paintSplits } from './splits'
import { createTokenBuffer, TOKEN_CAPACITY, type TokenSource } from './token-buffer'

export interface TokenHit {
  readonly edge: DrawnEdge
  readonly shape: number
  readonly count: number
  readonly row: number
}

export interface TokenOverlayHandle {
  /** The token under a point of the page, within 9 screen px. */
  hit(clientX: number, clientY: number): TokenHit | null
}

interface TokenOverlayProps {
  drawing: Drawing
  tokens: TokenSource
  faces: FaceSource
  ref?: Ref<TokenOverlayHandle> | undefined
}

const HIT_PX = 9
/** Below this zoom nodes have no bodies. */
const BODIES_FROM = 0.6

/** One canvas above the drawing. It paints once per frame at most, and only when the playhead, camera, drawing or theme changed. */
export function TokenOverlay({ drawing, tokens, faces, ref }: TokenOverlayProps) {
  const { edges } = drawing
  const store = useStoreApi()
  const canvas = useRef<HTMLCanvasElement>(null)
  const buffer = useRef(createTokenBuffer())
  const painted = useRef(createPainted(TOKEN_CAPACITY))
  const { resolved } = useTheme()
  const reduced = useReducedMotion()

  useEffect(() => {
    const element = canvas.current
    const g = element?.getContext('2d')
    if (!element || !g) return
    const colors = readColors(element.parentElement ?? element)
    const forks = forksOf(drawing)
    let frame = 0
    const paint = (): void => {
      frame = 0
      const { width, height, transform } = store.getState()
      const ratio = devicePixelRatio
      const w = Math.round(width * ratio)
      const h = Math.round(height * ratio)
      if (element.width !== w) element.width = w
      if (element.height !== h) element.height = h
      g.setTransform(1, 0, 0, 1, 0, 0)
      g.clearRect(0, 0, w, h)
      tokens.sample(buffer.current)
      const [x, y, zoom] = transform
      g.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y)
      const scene = { g, edges, tokens: buffer.current, colors, painted: painted.current }
      if (reduced) return paintChevrons(scene)
      paintTokens(scene)
      if (zoom >= BODIES_FROM) paintSplits(g, forks, faces, colors)
    }
    const request = (): void => {
      if (frame === 0) frame = requestAnimationFrame(paint)
    }
    let seen = store.getState()
    const unwatchCamera = store.subscribe((state) => {
      if (state.transform !== seen.transform || state.width !== seen.width || state.height !== seen.height) request()
      seen = state
    })
    const unwatchTokens = tokens.subscribe(request)
    request()
    return () => {
      unwatchCamera()
      unwatchTokens()
      if (frame !== 0) cancelAnimationFrame(frame)
    }
  }, [drawing, edges, faces, tokens, resolved, reduced, store])

  useImperativeHandle(ref, () => ({
    hit(clientX, clientY) {
      const element = canvas.current
      if (!element) return null
      const box = element.getBoundingClientRect()
      const [tx, ty, zoom] = store.getState().transform
      const x = (clientX - box.left - tx) / zoom
      const y = (clientY - box.top - ty) / zoom
      let best = HIT_PX / zoom
      let found = -1
      const { x: xs, y: ys, token, length } = painted.current
      for (let i = 0; i < length; i++) {
        const apart = Math.hypot((xs[i] ?? 0) - x, (ys[i] ?? 0) - y)
        if (apart < best) {
          best = apart
          found = token[i] ?? -1
        }
      }
      const edge = edges[buffer.current.edge[found] ?? -1]
      if (edge === undefined) return null
      return {
        edge,
        shape: buffer.current.shape[found] ?? 0,
        count: buffer.current.count[found] ?? 1,
        row: buffer.current.row[found] ?? -1,
      }
    },
  }))

  return <canvas ref={canvas} className="cs-tokens" aria-hidden="true" />
}
