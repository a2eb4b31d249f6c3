import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode, RefObject } from 'react'
import { Button } from './Button'
import './dialog.css'

/** 1180: two panes of work side by side, as high as the window lets it. */
export type DialogWidth = 440 | 640 | 880 | 1180

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** One sentence under the title. */
  description?: ReactNode
  width?: DialogWidth | undefined
  /** Buttons, right-aligned; the primary one last. */
  footer?: ReactNode
  /** What gets focus when the dialog opens; the first control otherwise. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  /** What gets focus when it closes; what had it before otherwise. */
  finalFocus?: (() => HTMLElement | null) | undefined
  children: ReactNode
}

/** A modal dialog: focus stays inside, Escape and the close button leave it, the page behind does not scroll. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, width = 640, footer, initialFocus, finalFocus, children } = props
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="ui-scrim" />
        <Base.Viewport className="ui-dialog-viewport">
          <Base.Popup className="ui-dialog" data-width={width} initialFocus={initialFocus} finalFocus={finalFocus}>
            <div className="ui-dialog-head">
              <div className="grow">
                <Base.Title className="ui-dialog-title">{title}</Base.Title>
                {description && <Base.Description className="ui-dialog-description">{description}</Base.Description>}
              </div>
              <Base.Close render={<Button variant="quiet" glyph="close" aria-label="Close" />} />
            </div>
            <div className="ui-dialog-body">{children}</div>
            {footer && <footer className="ui-dialog-foot">{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
