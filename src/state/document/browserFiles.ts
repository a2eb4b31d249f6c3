/** File dialogs of a real browser. */
import type { FileHost, ReadableFile, WritableFile } from './files'

interface FileType {
  description: string
  accept: { [mime: string]: string[] }
}

/** Chromium's pickers, which the DOM types leave out: https://developer.mozilla.org/docs/Web/API/Window/showOpenFilePicker */
interface PickerWindow {
  showOpenFilePicker?: (options: {
    types: FileType[]
  }) => Promise<(WritableFile & { getFile(): Promise<ReadableFile> })[]>
  showSaveFilePicker?: (options: { suggestedName: string; types: FileType[] }) => Promise<WritableFile>
}

const SCENARIO: FileType = { description: 'Coldstart scenario', accept: { 'application/json': ['.json'] } }
const READABLE: FileType = {
  description: 'Scenario or template',
  accept: { 'application/json': ['.json', '.template'], 'application/yaml': ['.yaml', '.yml'] },
}

export function browserFiles(): FileHost {
  const pickers = window as Window & PickerWindow
  const open = pickers.showOpenFilePicker?.bind(window)
  const save = pickers.showSaveFilePicker?.bind(window)
  return {
    ...(open === undefined
      ? {}
      : {
          pickOpen: async () => {
            const [handle] = await open({ types: [READABLE] })
            if (handle === undefined) throw new DOMException('nothing chosen', 'AbortError')
            return handle
          },
        }),
    ...(save === undefined
      ? {}
      : { pickSave: async (suggestedName: string) => save({ suggestedName, types: [SCENARIO] }) }),
    chooseFile: async () => chooseWithInput(Object.values(READABLE.accept).flat().join(',')),
    download,
  }
}

async function chooseWithInput(accept: string): Promise<ReadableFile | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.hidden = true
  // Safari drops the event of an input that is not in the page.
  document.body.append(input)
  return new Promise((resolve) => {
    const finish = () => {
      input.remove()
      resolve(input.files?.[0] ?? null)
    }
    input.addEventListener('change', finish, { once: true })
    input.addEventListener('cancel', finish, { once: true })
    input.click()
  })
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Firefox and Safari read the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
