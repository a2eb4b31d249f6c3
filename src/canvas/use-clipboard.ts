import type { ClipboardEvent } from 'react'
import { tell } from './tell'
import type { CanvasProps } from './types'

interface Clipboard {
  readonly onCopy: (event: ClipboardEvent) => void
  readonly onCut: (event: ClipboardEvent) => void
  readonly onPaste: (event: ClipboardEvent) => void
}

const isField = (event: ClipboardEvent): boolean =>
  event.target instanceof Element && event.target.closest('input, textarea') !== null

/** Copy, cut and paste of what is chosen. `viewCenter`: where pasted things go (canvas coordinates). */
export function useClipboard(props: CanvasProps, viewCenter: () => { x: number; y: number }): Clipboard {
  const { selection, readOnly = false } = props
  const onCopy = (event: ClipboardEvent): void => {
    const text = isField(event) ? null : props.onCopy([...selection])
    if (text === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
    if (event.type === 'cut' && !readOnly) tell(props.onRemove([...selection]))
  }
  return {
    onCopy,
    onCut: onCopy,
    onPaste(event) {
      if (isField(event) || readOnly) return
      event.preventDefault()
      tell(props.onPaste(event.clipboardData.getData('text/plain'), viewCenter()), true)
    },
  }
}
