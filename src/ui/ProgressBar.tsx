import type { CSSProperties, ReactNode } from 'react'
import './data.css'

interface ProgressBarProps {
  /** Names what is under way. */
  label: string
  /** Share done, 0 to 1. */
  value: number
  /** What stands above the bar: `62 % of 05:00 computed`. */
  children?: ReactNode
}

/** Real progress only; nothing is shown for work under 300 ms. */
export function ProgressBar({ label, value, children }: ProgressBarProps) {
  const share = Math.min(1, Math.max(0, value))
  const style: CSSProperties = { inlineSize: `${share * 100}%` }
  return (
    <div className="ui-progress">
      {children && <span className="num">{children}</span>}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="ui-progress-track"
      >
        <i style={style} />
      </div>
    </div>
  )
}
