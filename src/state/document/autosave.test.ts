import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ordersScenario } from '../../share/samples'
import { createAutosave } from './autosave'
import { memoryBackend } from './backend'
import { createStorage } from './storage'
import type { DocumentStorage, SaveResult } from './storage'
import { createTestHost, settle } from './testHost'

function setUp(wrap: (storage: DocumentStorage) => DocumentStorage = (storage) => storage) {
  const host = createTestHost()
  const real = createStorage(memoryBackend(), () => host.now())
  let saves = 0
  const wrapped = wrap(real)
  const storage: DocumentStorage = {
    ...wrapped,
    save: async (...args) => {
      saves++
      return wrapped.save(...args)
    },
  }
  let name = 'start'
  const autosave = createAutosave({ id: 'a', rev: 0, storage, host, document: () => ({ ...ordersScenario(), name }) })
  const edit = (next: string) => {
    name = next
    autosave.changed()
  }
  const storedName = async (id = 'a') => {
    const record = await real.load(id)
    return record.ok ? record.value?.name : undefined
  }
  return { host, storage: real, autosave, edit, storedName, saves: () => saves, state: () => autosave.store.getState() }
}

const full: SaveResult = { ok: false, reason: 'quota' }

describe('autosave', () => {
  test('waits 400 ms after the last change, then saves once', async () => {
    const { host, edit, saves, state, storedName } = setUp()
    expect(state()).toEqual({ status: 'saved' })
    edit('one')
    await host.wait(399)
    edit('two')
    await host.wait(399)
    expect(state()).toEqual({ status: 'saving' })
    expect(saves()).toBe(0)
    await host.wait(1)
    expect(state()).toEqual({ status: 'saved' })
    expect(saves()).toBe(1)
    expect(await storedName()).toBe('two')
  })

  test('edits that never pause are saved every 2 s', async () => {
    const { host, edit, saves, storedName } = setUp()
    for (let i = 1; i <= 21; i++) {
      edit(`edit ${i}`)
      await host.wait(100)
    }
    expect(saves()).toBe(1)
    expect(await storedName()).toMatch(/edit (20|21)/)
  })

  test('saves at once when the page is hidden, and when disposed of', async () => {
    const { host, edit, autosave, storedName } = setUp()
    edit('hidden')
    host.hide()
    await settle()
    expect(await storedName()).toBe('hidden')
    edit('closed')
    await autosave.dispose()
    expect(await storedName()).toBe('closed')
    host.hide()
  })

  test('asks to persist once, after the first save; a refusal is no error', async () => {
    const { host, edit, state } = setUp()
    expect(host.persistCalls()).toBe(0)
    edit('one')
    await host.wait(400)
    edit('two')
    await host.wait(400)
    expect(host.persistCalls()).toBe(1)
    expect(state()).toEqual({ status: 'saved' })
  })

  test('a change during a save is saved by the next one', async () => {
    let release: () => void = () => undefined
    const { edit, autosave, state, storedName } = setUp((storage) => ({
      ...storage,
      save: async (...args) => {
        await new Promise<void>((resolve) => {
          release = resolve
        })
        return storage.save(...args)
      },
    }))
    edit('one')
    const first = autosave.flush()
    await settle()
    edit('two')
    const second = autosave.flush()
    release()
    await first
    expect(await storedName()).toBe('one')
    expect(state()).toEqual({ status: 'saving' })
    await settle()
    release()
    expect(await second).toEqual({ status: 'saved' })
    expect(await storedName()).toBe('two')
    expect(autosave.rev()).toBe(2)
  })

  test('a full storage says so until a later change gets through', async () => {
    let isFull = true
    const { host, edit, state, storedName } = setUp((storage) => ({
      ...storage,
      save: async (...args) => (isFull ? full : storage.save(...args)),
    }))
    edit('one')
    await host.wait(400)
    const message = "Not saved: this browser's storage is full. Save a file instead."
    expect(state()).toEqual({ status: 'not-saved', reason: 'quota', message })
    edit('two')
    expect(state()).toMatchObject({ status: 'not-saved' })
    isFull = false
    await host.wait(400)
    expect(state()).toEqual({ status: 'saved' })
    expect(await storedName()).toBe('two')
  })

  test('a conflict is reported, never overwritten; a copy goes on under its own id', async () => {
    const { host, storage, edit, autosave, saves, state, storedName } = setUp()
    edit('mine')
    await host.wait(400)
    await storage.save('a', 1, { ...ordersScenario(), name: 'theirs' })
    edit('mine too')
    await host.wait(400)
    expect(state()).toMatchObject({
      status: 'not-saved',
      reason: 'conflict',
      message: expect.stringContaining('saved theirs'),
    })
    edit('mine still')
    await host.wait(5000)
    expect(saves()).toBe(2)
    expect(await storedName()).toBe('theirs')
    autosave.adopt({ id: 'copy', rev: 0, changed: true })
    expect(state()).toEqual({ status: 'saving' })
    await host.wait(400)
    expect(state()).toEqual({ status: 'saved' })
    expect([await storedName('copy'), await storedName()]).toEqual(['mine still', 'theirs'])
  })

  test('read-only writes nothing; taking over saves what waited', async () => {
    const { host, edit, autosave, saves, state, storedName } = setUp()
    autosave.setReadOnly(true)
    expect(state()).toEqual({ status: 'saved' })
    edit('quiet')
    await host.wait(5000)
    host.hide()
    await settle()
    expect(saves()).toBe(0)
    expect(state()).toMatchObject({ status: 'not-saved', reason: 'read-only' })
    autosave.setReadOnly(false)
    expect(state()).toEqual({ status: 'saving' })
    await host.wait(400)
    expect(await storedName()).toBe('quiet')
  })

  test('whatever the timing, "saved" means that what is stored is the document', async () => {
    const turn = fc.oneof(
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(900) }),
      fc.record({
        do: fc.constantFrom('edit', 'hide', 'readOnly', 'write', 'fill', 'empty' as const),
        ms: fc.constant(0),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 40 }), async (turns) => {
        let isFull = false
        const { host, edit, autosave, state, storedName } = setUp((storage) => ({
          ...storage,
          save: async (...args) => (isFull ? full : storage.save(...args)),
        }))
        let name: string | undefined
        for (const [i, { do: what, ms }] of turns.entries()) {
          if (what === 'wait') await host.wait(ms)
          else if (what === 'hide') host.hide()
          else if (what === 'edit') edit((name = `edit ${i}`))
          else if (what === 'fill' || what === 'empty') isFull = what === 'fill'
          else autosave.setReadOnly(what === 'readOnly')
          const saved = await storedName()
          expect(state().status !== 'saved' || saved === name).toBe(true)
        }
        isFull = false
        autosave.setReadOnly(false)
        if (name !== undefined) edit((name = 'last'))
        await host.wait(3000)
        expect(state()).toEqual({ status: 'saved' })
        expect(await storedName()).toBe(name)
      }),
      { numRuns: 200 },
    )
  })
})
