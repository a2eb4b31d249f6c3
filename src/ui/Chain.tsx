import type { ReactNode } from 'react'
import './data.css'

export interface ChainStep {
  id: string
  /** Simulated time as printed: `14.204`. */
  time: string
  /** The cause, in bold. */
  cause: ReactNode
  /** What followed. */
  consequence?: ReactNode
}

interface ChainProps {
  /** Names the list: the question it answers. */
  label: string
  /** Oldest first; the last one is now. */
  steps: readonly ChainStep[]
}

/** The answer to "Why?": causes in time order, newest last, the last row is now. */
export function Chain({ label, steps }: ChainProps) {
  return (
    <ol className="ui-chain" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.id} aria-current={index === steps.length - 1 ? 'step' : undefined}>
          <span className="ui-chain-time mono">{step.time}</span>
          <span className="ui-chain-dot" />
          <span className="ui-chain-text">
            <b>{step.cause}</b>
            {step.consequence !== undefined && <> {step.consequence}</>}
          </span>
        </li>
      ))}
    </ol>
  )
}
