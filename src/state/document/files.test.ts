import { describe, expect, test } from 'vitest'
import { MAX_FILE_BYTES, openFile, readFile, saveFile } from './files'
import type { FileHost, ReadableFile, WritableFile } from './files'

function fileOf(name: string, content: string | Uint8Array): ReadableFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, size: bytes.length, arrayBuffer: async () => bytes.slice().buffer }
}

function handleOf(name: string, works = true) {
  const written: string[] = []
  const handle: WritableFile & { getFile(): Promise<ReadableFile> } = {
    name,
    getFile: async () => fileOf(name, '{}'),
    createWritable: async () => {
      if (!works) throw new DOMException('no', 'NotAllowedError')
      return { write: async (text) => void written.push(text), close: async () => undefined }
    },
  }
  return { handle, written }
}

function hostOf(host: Partial<FileHost> = {}) {
  const downloads: string[] = []
  const full: FileHost = { chooseFile: async () => null, download: (name) => void downloads.push(name), ...host }
  return { host: full, downloads }
}

const rejects = (name: string) => async () => {
  throw new DOMException('no', name)
}

describe('reading', () => {
  test('gives UTF-8 text without byte order mark', async () => {
    const text = '{"name":"Ćevapi 🍕"}'
    expect(await readFile(fileOf('a.json', `\uFEFF${text}`))).toEqual({ ok: true, name: 'a.json', text })
  })

  test('refuses above 2 MB without reading, and bytes that are no text', async () => {
    const big: ReadableFile = { name: 'big.json', size: MAX_FILE_BYTES + 1, arrayBuffer: rejects('never asked') }
    expect(await readFile(big)).toMatchObject({
      reason: 'too-big',
      message: expect.stringContaining('2 MB is the most'),
    })
    expect(await readFile({ ...big, size: MAX_FILE_BYTES })).toMatchObject({ reason: 'unreadable' })
    expect(await readFile(fileOf('a.png', new Uint8Array([0x89, 0xff])))).toMatchObject({ reason: 'not-text' })
  })
})

describe('opening', () => {
  test('by picker, with a handle to save back to', async () => {
    const { handle } = handleOf('a.json')
    const { host } = hostOf({ pickOpen: async () => handle })
    expect(await openFile(host)).toEqual({ ok: true, name: 'a.json', text: '{}', handle })
  })

  test('by input where the picker is missing or refused', async () => {
    const chooseFile = async () => fileOf('b.json', '[]')
    expect(await openFile(hostOf({ chooseFile }).host)).toEqual({ ok: true, name: 'b.json', text: '[]' })
    const refused = hostOf({ chooseFile, pickOpen: rejects('SecurityError') })
    expect(await openFile(refused.host)).toMatchObject({ ok: true, name: 'b.json' })
  })

  test('cancelled, or gone since it was picked', async () => {
    expect(await openFile(hostOf().host)).toEqual({ ok: false, reason: 'cancelled' })
    expect(await openFile(hostOf({ pickOpen: rejects('AbortError') }).host)).toEqual({ ok: false, reason: 'cancelled' })
    const gone = { ...handleOf('a.json').handle, getFile: rejects('NotFoundError') }
    expect(await openFile(hostOf({ pickOpen: async () => gone }).host)).toMatchObject({ reason: 'unreadable' })
  })
})

describe('saving', () => {
  const file = { name: 'a.json', text: '{}' }

  test('to the same file, to a picked one, or as a download', async () => {
    const same = handleOf('same.json')
    const picked = handleOf('picked.json')
    const { host, downloads } = hostOf({ pickSave: async () => picked.handle })
    expect(await saveFile(host, file, same.handle)).toEqual({ ok: true, name: 'same.json', handle: same.handle })
    expect(await saveFile(host, file)).toEqual({ ok: true, name: 'picked.json', handle: picked.handle })
    expect([same.written, picked.written, downloads]).toEqual([['{}'], ['{}'], []])
    const plain = hostOf()
    expect(await saveFile(plain.host, file)).toEqual({ ok: true, name: 'a.json' })
    const framed = hostOf({ pickSave: rejects('SecurityError') })
    expect(await saveFile(framed.host, file)).toEqual({ ok: true, name: 'a.json' })
    expect([plain.downloads, framed.downloads]).toEqual([['a.json'], ['a.json']])
  })

  test('cancelled writes nothing; a failed write is said', async () => {
    const { host, downloads } = hostOf({ pickSave: rejects('AbortError') })
    expect(await saveFile(host, file)).toEqual({ ok: false, reason: 'cancelled' })
    expect(downloads).toEqual([])
    expect(await saveFile(host, file, handleOf('x.json', false).handle)).toMatchObject({
      reason: 'not-written',
      message: expect.stringContaining('x.json was not written'),
    })
  })
})
