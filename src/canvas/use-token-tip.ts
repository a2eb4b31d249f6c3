import { useState, type MouseEvent, type PointerEvent, type RefObject } from 'react'
import type { TokenHit, TokenOverlayHandle } from './tokens/TokenOverlay'
import type { CanvasProps } from './types'
import { tokenName } from './words'

interface TokenTip {
  /** px from the top left corner of the canvas. */
  readonly tip: { readonly x: number; readonly y: number; readonly text: string } | null
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void
  readonly onClickCapture: (event: MouseEvent) => void
}

/** What moves under the pointer says its name, and why when it is clicked. */
export function useTokenTip(
  root: RefObject<HTMLDivElement | null>,
  overlay: RefObject<TokenOverlayHandle | null>,
  { drawing, onOpenReason }: Pick<CanvasProps, 'drawing' | 'onOpenReason'>,
): TokenTip {
  const [tip, setTip] = useState<TokenTip['tip']>(null)
  const tokenAt = (event: MouseEvent): TokenHit | null => {
    const onNode = event.target instanceof Element && event.target.closest('.react-flow__node-node, button') !== null
    return onNode || event.buttons !== 0 ? null : (overlay.current?.hit(event.clientX, event.clientY) ?? null)
  }
  return {
    tip,
    onPointerMove(event) {
      const hit = tokenAt(event)
      const box = root.current?.getBoundingClientRect()
      if (hit === null || box === undefined) {
        if (tip !== null) setTip(null)
        return
      }
      const text = `${tokenName(hit.shape, hit.count, hit.edge, drawing)}. Why?`
      setTip({ x: event.clientX - box.left, y: event.clientY - box.top, text })
    },
    onClickCapture(event) {
      const hit = tokenAt(event)
      if (hit === null) return
      event.stopPropagation()
      onOpenReason({ kind: 'token', edge: hit.edge.id, row: hit.row })
    },
  }
}
