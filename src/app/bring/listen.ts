/** Networks that are dropped on the page or pasted into it. Small: what reads them is loaded when there is one. */
import { openText } from '../open'
import type { Workspace } from '../workspace'
import { looksDescribed } from './looks'

const TEXT = 'input, textarea, [contenteditable], .monaco-editor'

/** Returns how to stop. */
export function listenForNetworks(workspace: Workspace): () => void {
  const onDragOver = (event: DragEvent): void => {
    if (hasFiles(event)) event.preventDefault()
  }
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    const items = [...(event.dataTransfer?.items ?? [])]
    const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? [])
    const [only] = event.dataTransfer?.files ?? []
    if (entries.length === 1 && entries[0]?.isFile === true && only !== undefined) void openDropped(workspace, only)
    else void import('./import-network').then(async (module) => module.importDropped(workspace, entries))
  }
  const onPaste = (event: ClipboardEvent): void => {
    if (event.target instanceof Element && event.target.closest(TEXT) !== null) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!looksDescribed(text)) return
    event.preventDefault()
    event.stopPropagation()
    void openText(workspace, 'the paste', text)
  }
  addEventListener('dragover', onDragOver)
  addEventListener('drop', onDrop)
  addEventListener('paste', onPaste, { capture: true })
  return () => {
    removeEventListener('dragover', onDragOver)
    removeEventListener('drop', onDrop)
    removeEventListener('paste', onPaste, { capture: true })
  }
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

async function openDropped(workspace: Workspace, file: File): Promise<void> {
  const { readFile } = await import('../../state/document/files')
  const read = await readFile(file)
  if (read.ok) await openText(workspace, read.name, read.text)
  else if (read.reason !== 'cancelled') (await import('../../ui/toast')).toast.show({ title: read.message })
}
