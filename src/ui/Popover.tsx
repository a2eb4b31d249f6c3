import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx'
import './popup.css'

interface PopoverProps {
  trigger: ReactElement
  /** Names the popover; shown as its first line unless `hideTitle`. */
  title: ReactNode
  hideTitle?: boolean | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  align?: 'start' | 'center' | 'end' | undefined
  open?: boolean | undefined
  onOpenChange?: ((open: boolean) => void) | undefined
  children: ReactNode
  className?: string | undefined
}

/** A card tied to the button that opened it. Escape and a press outside close it. */
export function Popover(props: PopoverProps) {
  const { trigger, title, hideTitle, side = 'bottom', align = 'start', open, onOpenChange, children, className } = props
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next: boolean) => onOpenChange(next))}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="ui-positioner" side={side} align={align} sideOffset={6} collisionPadding={8}>
          <Base.Popup className={cx('ui-popup ui-popover', className)}>
            <Base.Title className={hideTitle ? 'visually-hidden' : 'ui-popover-title'}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
