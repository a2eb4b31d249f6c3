import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'
import { cx } from './cx'
import { boundsIn, clampTo, keyTarget, type SplitWay } from './split-size'
import './splitter.css'

interface SplitterProps {
  /** `row`: the panel lies below `children`. `column`: it stands right of them. */
  way: SplitWay
  /** What the line sets, spoken: `Height of the dock`. */
  label: string
  /** Element id of the panel. */
  panelId: string
  /** The panel; null leaves all room to `children` and remembers the panel's size. */
  panel: ReactNode
  /** Size at first and after a double click, px. Another one brings its own place of the line with it, and each is remembered. */
  size: number
  /** Smallest and largest size, px. */
  min: number
  max?: number | undefined
  /** The share of the room, 0 to 1, that `children` keep. */
  rest: number
  /** Enter folds the panel away and brings it back. */
  collapsible?: boolean | undefined
  className?: string | undefined
  children: ReactNode
}

const NONE: ReadonlyMap<number, number> = new Map()

/** A pointer on its way: where it started, where it is, how large the panel was. Coordinates and size in px. */
interface Drag {
  readonly pointer: number
  readonly from: number
  readonly size: number
  to: number
  /** Animation frame that will move the line; 0 for none. */
  frame: number
}

/**
 * Two parts with a line between them that pointer and keys move. The panel keeps its share of the room when the room changes, within its limits;
 * CSS sees to that, so nothing is rendered then but the line's numbers.
 */
export function Splitter(props: SplitterProps) {
  const { way, label, panelId, panel, size, min, max = Infinity, rest, collapsible, className, children } = props
  const box = useRef<HTMLDivElement>(null)
  const drag = useRef<Drag | null>(null)
  /** px along the way; 0 until the browser has told. */
  const [room, setRoom] = useState(0)
  /** The panel's part of the room, 0 to 1, before limits, by the size it has at first; none until the room is known. */
  const [shares, setShares] = useState<ReadonlyMap<number, number>>(NONE)
  const share = shares.get(size) ?? (room === 0 ? null : size / room)
  const [folded, setFolded] = useState(false)

  useEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const sizes = new ResizeObserver(([entry]) => {
      const length = (way === 'row' ? entry?.contentRect.height : entry?.contentRect.width) ?? 0
      if (length === 0) return
      setRoom(length)
      setShares((known) => (known.has(size) ? known : new Map([...known, [size, size / length]])))
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [way, size])

  const bounds = boundsIn(room, { min, max, rest })
  const now = folded ? 0 : clampTo(bounds, share === null ? size : share * room)

  function place(wanted: number): void {
    if (room === 0) return
    setFolded(false)
    setShares(new Map([...shares, [size, clampTo(bounds, wanted) / room]]))
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0 || !event.isPrimary) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const from = along(event)
    drag.current = { pointer: event.pointerId, from, size: now, to: from, frame: 0 }
  }

  function move(moved: Drag): void {
    moved.frame = 0
    place(moved.size + moved.from - moved.to)
  }

  function onPointerMove(event: PointerEvent): void {
    const current = drag.current
    if (current?.pointer !== event.pointerId) return
    current.to = along(event)
    current.frame ||= requestAnimationFrame(() => move(current))
  }

  function onLostPointerCapture(event: PointerEvent): void {
    const current = drag.current
    if (current?.pointer !== event.pointerId) return
    drag.current = null
    if (current.frame === 0) return
    cancelAnimationFrame(current.frame)
    move(current)
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter' && collapsible) setFolded(!folded)
    else {
      const wanted = keyTarget(event.key, event.shiftKey, way, now, bounds)
      if (wanted === undefined) return
      place(wanted)
    }
    event.preventDefault()
  }

  const along = (event: PointerEvent): number => (way === 'row' ? event.clientY : event.clientX)
  const style: CSSProperties & Record<`--split-${string}`, string> = {
    '--split-at': share === null ? `${size}px` : `${share * 100}%`,
    '--split-min': `${min}px`,
    '--split-max': max === Infinity ? '100%' : `${max}px`,
    '--split-rest': `${(1 - rest) * 100}%`,
  }
  return (
    <div ref={box} className={cx('ui-split', className)} data-way={way} data-folded={folded || undefined} style={style}>
      <div className="ui-split-main">{children}</div>
      {panel !== null && (
        <>
          <div
            className="ui-splitter"
            role="separator"
            tabIndex={0}
            aria-label={label}
            aria-controls={panelId}
            aria-orientation={way === 'row' ? 'horizontal' : 'vertical'}
            aria-valuemin={collapsible ? 0 : min}
            aria-valuemax={Math.round(bounds.max)}
            aria-valuenow={Math.round(now)}
            aria-valuetext={folded ? 'folded' : `${Math.round(now)} px`}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onLostPointerCapture={onLostPointerCapture}
            onDoubleClick={() => place(size)}
            onKeyDown={onKeyDown}
          />
          <div className="ui-split-panel" id={panelId} hidden={folded}>
            {panel}
          </div>
        </>
      )}
    </div>
  )
}
