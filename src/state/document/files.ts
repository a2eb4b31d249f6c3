/** Opening and saving files: the browser's file dialogs where it has them, an `<input>` and a download elsewhere. */

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 2_000_000

/** A file the browser lets the page write again without asking where. */
export interface WritableFile {
  readonly name: string
  createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>
}

export interface ReadableFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

export type OpenedFile =
  /** `handle`: for saving back to the same file. */
  | { ok: true; name: string; text: string; handle?: WritableFile }
  | { ok: false; reason: 'cancelled' }
  | { ok: false; reason: 'too-big' | 'not-text' | 'unreadable'; message: string }

export type SavedFile =
  /** Without `handle` the browser put the file among its downloads. */
  | { ok: true; name: string; handle?: WritableFile }
  | { ok: false; reason: 'cancelled' }
  | { ok: false; reason: 'not-written'; message: string }

/** What files need of the browser; `browserFiles` in `browserFiles.ts` is the real one. */
export interface FileHost {
  /** `showOpenFilePicker`, where present. Rejects with `AbortError` on cancel. */
  pickOpen?: () => Promise<WritableFile & { getFile(): Promise<ReadableFile> }>
  /** `showSaveFilePicker`, where present. */
  pickSave?: (suggestedName: string) => Promise<WritableFile>
  /** `<input type=file>`; `null` on cancel. */
  chooseFile(): Promise<ReadableFile | null>
  /** `<a download>`. */
  download(name: string, text: string): void
}

/** Reads a chosen or dropped file: bounded, UTF-8, without byte order mark. */
export async function readFile(file: ReadableFile): Promise<OpenedFile> {
  const { name } = file
  if (file.size > MAX_FILE_BYTES) {
    const size = (file.size / 1e6).toFixed(1)
    return refused('too-big', `${name} has ${size} MB; ${MAX_FILE_BYTES / 1e6} MB is the most. It was not opened.`)
  }
  let bytes: ArrayBuffer
  try {
    bytes = await file.arrayBuffer()
  } catch {
    return refused('unreadable', `${name} could not be read. Choose it again.`)
  }
  try {
    return { ok: true, name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return refused('not-text', `${name} is not UTF-8 text. Open a JSON or YAML file.`)
  }
}

function refused(reason: 'too-big' | 'not-text' | 'unreadable', message: string): OpenedFile {
  return { ok: false, reason, message }
}

/** Asks for a file and reads it. Call it from a click or key: browsers refuse dialogs otherwise. */
export async function openFile(host: FileHost): Promise<OpenedFile> {
  if (host.pickOpen !== undefined) {
    const picked = await host.pickOpen().catch((error: unknown) => nameOf(error))
    if (typeof picked !== 'string') {
      const file = await picked.getFile().catch(() => null)
      if (file === null) return refused('unreadable', `${picked.name} could not be read. Choose it again.`)
      const opened = await readFile(file)
      return opened.ok ? { ...opened, handle: picked } : opened
    }
    if (picked === 'AbortError') return { ok: false, reason: 'cancelled' }
    // Framed pages have the picker but may not use it.
  }
  const file = await host.chooseFile()
  return file === null ? { ok: false, reason: 'cancelled' } : readFile(file)
}

/** Writes to `handle` when there is one, else asks where, else downloads. */
export async function saveFile(
  host: FileHost,
  file: { name: string; text: string },
  handle?: WritableFile,
): Promise<SavedFile> {
  let target = handle
  if (target === undefined && host.pickSave !== undefined) {
    try {
      target = await host.pickSave(file.name)
    } catch (error) {
      if (nameOf(error) === 'AbortError') return { ok: false, reason: 'cancelled' }
    }
  }
  if (target === undefined) {
    host.download(file.name, file.text)
    return { ok: true, name: file.name }
  }
  try {
    const stream = await target.createWritable()
    await stream.write(file.text)
    await stream.close()
    return { ok: true, name: target.name, handle: target }
  } catch {
    const message = `${target.name} was not written: the browser or the disk refused. Save under another name.`
    return { ok: false, reason: 'not-written', message }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : ''
}
