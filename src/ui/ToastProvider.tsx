import { Toast } from '@base-ui/react/toast'
import { useEffect, type ReactNode } from 'react'
import { Button } from './Button'
import { Glyph, type GlyphName } from './glyphs'
import { receiveToasts, type ToastKind, type ToastMessage } from './toast'
import './popup.css'

const GLYPH: Record<ToastKind, GlyphName> = { note: 'info', ok: 'ok', warning: 'warning', error: 'error' }

interface ToastData {
  kind: ToastKind
  action: ToastMessage['action']
}

/** Renders toasts at the bottom left of the canvas; F6 moves focus to them. Wrap the app once. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="ui-toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts, add, close } = Toast.useToastManager<ToastData>()
  useEffect(
    () =>
      receiveToasts((command) => {
        if (command.do === 'close') return close(command.id)
        const { title, body, action, kind = 'note', timeout } = command.message
        add({
          id: command.id,
          title,
          description: body,
          timeout: timeout ?? (kind === 'error' ? 0 : action ? 10_000 : 6_000),
          priority: kind === 'error' ? 'high' : 'low',
          data: { kind, action },
        })
      }),
    [add, close],
  )
  return toasts.map((shown) => {
    const kind = shown.data?.kind ?? 'note'
    const action = shown.data?.action
    return (
      <Toast.Root key={shown.id} toast={shown} className="ui-toast" swipeDirection={['left', 'down']}>
        <Toast.Content className="ui-toast-content">
          <span className="ui-toast-glyph" data-kind={kind}>
            <Glyph name={GLYPH[kind]} />
          </span>
          <div className="grow">
            <Toast.Title render={<div />} className="ui-toast-title" />
            <Toast.Description render={<div />} className="ui-toast-body" />
            {action && (
              <button
                type="button"
                className="ui-link"
                onClick={() => {
                  action.onAction()
                  close(shown.id)
                }}
              >
                {action.label}
              </button>
            )}
          </div>
          <Toast.Close render={<Button variant="quiet" size="sm" glyph="close" aria-label="Close" />} />
        </Toast.Content>
      </Toast.Root>
    )
  })
}
