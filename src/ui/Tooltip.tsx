import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd'
import './popup.css'

interface TooltipProps {
  content: ReactNode
  /** Key that does the same, shown after the text. */
  shortcut?: string | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  disabled?: boolean | undefined
  /** One element that can take focus and a ref. */
  children: ReactElement
}

/** Names or explains a control on hover and focus. It repeats what the control's own name says, so nothing is lost without it. */
export function Tooltip({ content, shortcut, side = 'bottom', disabled, children }: TooltipProps) {
  return (
    <Base.Root disabled={disabled}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="ui-positioner" side={side} sideOffset={6} collisionPadding={8}>
          <Base.Popup className="ui-tooltip">
            {content}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Wrap the app once: after the first tooltip, its neighbours open without delay. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={500} timeout={400}>
      {children}
    </Base.Provider>
  )
}
