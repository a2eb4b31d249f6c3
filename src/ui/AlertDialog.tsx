import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button } from './Button'
import './dialog.css'

interface AlertDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Names the thing and what happens to it. */
  title: ReactNode
  /** What is lost and what stays. */
  body: ReactNode
  /** A verb: `Delete Orders`. */
  confirmLabel: string
  cancelLabel?: string | undefined
  onConfirm: () => void
  danger?: boolean | undefined
}

/** Asks before what undo cannot bring back. Cancel has the focus; a press outside does not close it. */
export function AlertDialog(props: AlertDialogProps) {
  const { open, onOpenChange, title, body, confirmLabel, cancelLabel = 'Cancel', onConfirm, danger = true } = props
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="ui-scrim" />
        <Base.Viewport className="ui-dialog-viewport">
          <Base.Popup className="ui-dialog" data-width={440}>
            <div className="ui-dialog-head">
              <Base.Title className="ui-dialog-title">{title}</Base.Title>
            </div>
            <Base.Description render={<div />} className="ui-dialog-body">
              {body}
            </Base.Description>
            <footer className="ui-dialog-foot">
              <Base.Close render={<Button variant="quiet">{cancelLabel}</Button>} />
              <Base.Close
                render={<Button variant={danger ? 'danger' : 'primary'}>{confirmLabel}</Button>}
                onClick={onConfirm}
              />
            </footer>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
