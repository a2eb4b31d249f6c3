import { cloneElement, lazy, Suspense, useEffect, useState, type ReactElement, type ReactNode } from 'react'

type Side = 'top' | 'bottom' | 'left' | 'right'

export interface Tip {
  readonly anchor: Element
  readonly content: string
  readonly shortcut: string
  readonly side: Side
}

interface TooltipProps {
  content: string
  /** Key that does the same, shown after the text. */
  shortcut?: string | undefined
  side?: Side | undefined
  disabled?: boolean | undefined
  /** One element that can take focus. */
  children: ReactElement<{ [attribute: `data-${string}`]: string | undefined }>
}

const TooltipPopup = lazy(() => import('./TooltipPopup'))
const MARK = '[data-tooltip]'
/** Rest before a tooltip shows, and after one for which its neighbours show at once (ms). */
const DELAY = 500
const WARM = 400

/** Names or explains a control on hover and focus. It repeats what the control's own name says, so nothing is lost without it. */
export function Tooltip({ content, shortcut, side = 'bottom', disabled = false, children }: TooltipProps) {
  if (disabled) return children
  return cloneElement(children, { 'data-tooltip': content, 'data-tooltip-key': shortcut, 'data-tooltip-side': side })
}

/** Wrap the app once: one listener serves all tooltips, and the popup is loaded with the first. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let closed = -Infinity
    let shown: Element | null = null
    const show = (anchor: Element): void => {
      const { tooltip = '', tooltipKey = '', tooltipSide } = (anchor as HTMLElement).dataset
      shown = anchor
      setTip({ anchor, content: tooltip, shortcut: tooltipKey, side: (tooltipSide ?? 'bottom') as Side })
    }
    const hide = (): void => {
      clearTimeout(timer)
      if (shown !== null) closed = performance.now()
      shown = null
      setTip(null)
    }
    const over = (event: PointerEvent): void => {
      const anchor = event.target instanceof Element ? event.target.closest(MARK) : null
      if (anchor === shown && anchor !== null) return
      hide()
      if (anchor === null || event.pointerType === 'touch') return
      timer = setTimeout(() => show(anchor), performance.now() - closed < WARM ? 0 : DELAY)
    }
    const focus = (event: FocusEvent): void => {
      const anchor = event.target instanceof Element ? event.target.closest(MARK) : null
      if (anchor?.matches(':focus-visible')) show(anchor)
    }
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' || shown !== null) hide()
    }
    document.addEventListener('pointerover', over)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', hide)
    document.addEventListener('keydown', key)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', over)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('keydown', key)
    }
  }, [])
  return (
    <>
      {children}
      {tip !== null && (
        <Suspense fallback={null}>
          <TooltipPopup tip={tip} onClose={() => setTip(null)} />
        </Suspense>
      )}
    </>
  )
}
