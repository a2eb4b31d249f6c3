import {
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type UIEvent,
} from 'react'
import './rows.css'

/** Height of a row (px). */
const ROW_HEIGHT = 24
/** Browsers stop at about 17 M px; beyond this height the scroll bar stands for more rows than pixels. */
const TALLEST = 8_000_000

export interface VirtualRowsProps {
  /** Names the list. */
  label: string
  count: number
  /** Row to keep in view as it changes: near the end, so that what led to it is seen; -1 for none. */
  reached?: number | undefined
  /** Row the keyboard is at; -1 for none. */
  active: number
  onActive: (position: number) => void
  onChoose: (position: number) => void
  onWhy?: ((position: number) => void) | undefined
  /** Opens what a row is about. */
  onOpen?: ((position: number) => void) | undefined
  /** Cells of a row. */
  render: (position: number) => ReactNode
  /** Marks a row for its look. */
  data?: ((position: number) => { readonly [name: `data-${string}`]: string | boolean | undefined }) | undefined
  /** Stands above the rows and stays. */
  header?: ReactNode
  className?: string | undefined
}

/** A list of any length of which only what is seen is made. Arrows move, Enter chooses, ? asks why, O opens. */
export function VirtualRows(props: VirtualRowsProps) {
  const {
    label,
    count,
    reached = -1,
    active,
    onActive,
    onChoose,
    onWhy,
    onOpen,
    render,
    data,
    header,
    className,
  } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const [height, setHeight] = useState(200)
  useEffect(() => {
    const observed = box.current
    if (observed === null) return undefined
    const sizes = new ResizeObserver(() => setHeight(observed.clientHeight - (header === undefined ? 0 : ROW_HEIGHT)))
    sizes.observe(observed)
    return () => sizes.disconnect()
  }, [header])

  const total = Math.min(TALLEST, count * ROW_HEIGHT)
  const shown = Math.ceil(height / ROW_HEIGHT) + 1
  const range = Math.max(1, total - height)
  const first =
    total < TALLEST
      ? Math.floor(scrollTop / ROW_HEIGHT)
      : Math.max(0, Math.min(count - shown + 1, Math.floor((scrollTop / range) * (count - height / ROW_HEIGHT))))

  const reveal = (position: number, below: number): void => {
    const element = box.current
    if (element === null || position < 0) return
    const y = total < TALLEST ? position * ROW_HEIGHT : (position / Math.max(1, count - height / ROW_HEIGHT)) * range
    const bottom = height - (1 + below) * ROW_HEIGHT
    if (y < element.scrollTop) element.scrollTop = below > 0 ? y - bottom : y
    else if (y > element.scrollTop + bottom) element.scrollTop = y - bottom
  }
  const onReached = useEffectEvent(() => reveal(reached, 1))
  useEffect(() => onReached(), [reached])
  // what the keyboard is at stays in view when less is seen
  const onResized = useEffectEvent(() => (active >= 0 ? reveal(active, 0) : reveal(reached, 1)))
  useEffect(() => onResized(), [height])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return
    const now = active < 0 || active >= count ? Math.min(count - 1, Math.max(0, reached)) : active
    const page = Math.max(1, shown - 2)
    const moves: { readonly [key: string]: number } = {
      ArrowDown: active < 0 ? now : now + 1,
      ArrowUp: now - 1,
      PageDown: now + page,
      PageUp: now - page,
      Home: 0,
      End: count - 1,
    }
    const target = moves[event.key]
    if (target !== undefined) {
      const next = Math.min(count - 1, Math.max(0, target))
      onActive(next)
      reveal(next, 0)
    } else if (event.key === 'Enter') onChoose(now)
    else if (event.key === '?' && onWhy !== undefined) onWhy(now)
    else if (event.key === 'o' && onOpen !== undefined) onOpen(now)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const rows: ReactNode[] = []
  for (let position = Math.max(0, first); position < Math.min(count, first + shown); position++) {
    const y = total < TALLEST ? position * ROW_HEIGHT : scrollTop + (position - first) * ROW_HEIGHT
    rows.push(
      <div
        key={position}
        id={`${id}-${position}`}
        data-position={position}
        className="vr-row"
        role="row"
        aria-rowindex={position + 1}
        aria-selected={position === active}
        {...data?.(position)}
        style={{ transform: `translateY(${y}px)` }}
      >
        {render(position)}
      </div>,
    )
  }
  const visible = active >= first && active < first + shown
  return (
    <div
      className={`vr-box ${className ?? ''}`}
      ref={box}
      tabIndex={0}
      role="grid"
      aria-label={label}
      aria-rowcount={count}
      aria-activedescendant={visible ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-position]') : null
        if (row !== null) onChoose(Number(row.dataset['position']))
      }}
      onScroll={(event: UIEvent<HTMLDivElement>) => setScrollTop(event.currentTarget.scrollTop)}
    >
      {header !== undefined && (
        <div className="vr-head" role="row">
          {header}
        </div>
      )}
      <div className="vr-space" role="presentation" style={{ height: total }}>
        {rows}
      </div>
    </div>
  )
}
