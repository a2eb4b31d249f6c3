import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ordersScenario } from '../../share/samples'
import { memoryBackend } from './backend'
import type { Backend } from './backend'
import { continueList } from './library'
import { createStorage, VERSION_EVERY_MS, VERSION_LIMIT } from './storage'

function named(name: string) {
  return { ...ordersScenario(), name }
}

function setUp() {
  let clock = 1_000_000
  const backend = memoryBackend()
  return { backend, storage: createStorage(backend, () => clock), wait: (ms: number) => (clock += ms) }
}

function failing(name: string): Backend {
  const fail = async () => {
    throw Object.assign(new Error(name), { name })
  }
  return { read: fail, readAll: fail, update: fail }
}

describe('storage', () => {
  test('saves, lists newest first, loads and removes', async () => {
    const { backend, storage, wait } = setUp()
    await storage.save('a', 0, named('A'))
    wait(5)
    await storage.save('b', 0, named('B'))
    expect(await storage.list()).toEqual({
      ok: true,
      value: [
        { id: 'b', rev: 1, name: 'B', savedAt: 1_000_005 },
        { id: 'a', rev: 1, name: 'A', savedAt: 1_000_000 },
      ],
    })
    expect(await storage.load('a')).toMatchObject({ ok: true, value: { rev: 1, scenario: named('A') } })
    expect(await storage.load('c')).toEqual({ ok: true, value: null })
    await storage.save('a', 1, named('A2'))
    await storage.remove('a')
    await storage.remove('b')
    expect(backend.values.size).toBe(0)
  })

  test('a save from another revision is refused and leaves what is stored', async () => {
    const { storage } = setUp()
    await storage.save('a', 0, named('first'))
    await storage.save('a', 1, named('tab one'))
    const refused = await storage.save('a', 1, named('tab two'))
    expect(refused).toEqual({
      ok: false,
      reason: 'conflict',
      theirs: { id: 'a', rev: 2, name: 'tab one', savedAt: 1_000_000 },
    })
    expect(await storage.load('a')).toMatchObject({ value: { rev: 2, name: 'tab one' } })
    expect(await storage.save('gone', 3, named('deleted elsewhere'))).toMatchObject({
      reason: 'conflict',
      theirs: null,
    })
    expect(await storage.load('gone')).toEqual({ ok: true, value: null })
  })

  test('keeps the last 20 versions, a minute apart and from before every pause, newest first', async () => {
    const { storage, wait } = setUp()
    for (let rev = 0; rev < 30; rev++) {
      await storage.save('a', rev, named(`v${rev + 1}`))
      wait(VERSION_EVERY_MS)
    }
    const versions = await storage.versions('a')
    const names = versions.ok ? versions.value.map((version) => version.name) : []
    expect(names).toHaveLength(VERSION_LIMIT)
    expect(names[0]).toBe('v29')
    expect(names.at(-1)).toBe('v10')
    await storage.save('a', 30, named('v31'))
    await storage.save('a', 31, named('v32'))
    const newest = async () => {
      const kept = await storage.versions('a')
      return kept.ok ? kept.value[0]?.name : undefined
    }
    expect(await newest()).toBe('v31')
    wait(VERSION_EVERY_MS - 1)
    await storage.save('a', 32, named('v33'))
    expect(await newest()).toBe('v31')
    wait(VERSION_EVERY_MS * 1000)
    await storage.save('a', 33, named('next day'))
    expect(await newest()).toBe('v33')
  })

  test('tells a full storage from a missing one', async () => {
    const full = createStorage(failing('QuotaExceededError'), () => 0)
    expect(await full.save('a', 0, named('A'))).toEqual({ ok: false, reason: 'quota' })
    const none = createStorage(failing('SecurityError'), () => 0)
    expect(await none.save('a', 0, named('A'))).toEqual({ ok: false, reason: 'no-storage' })
    expect(await none.list()).toEqual({ ok: false, reason: 'no-storage' })
    expect(await continueList(none, 0)).toMatchObject({ ok: false, message: expect.stringContaining('Open a file') })
  })

  test('foreign entries in the database are passed over', async () => {
    const { backend, storage } = setUp()
    backend.values.set('summary/x', { id: 3 })
    backend.values.set('record/x', 'text')
    backend.values.set('versions/x', { 0: 'a' })
    expect(await storage.list()).toEqual({ ok: true, value: [] })
    expect(await storage.load('x')).toEqual({ ok: true, value: null })
    expect(await storage.versions('x')).toEqual({ ok: true, value: [] })
  })

  test('of any tabs saving in any order, every stored revision grew from the one before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.boolean()), { maxLength: 40 }), async (turns) => {
        const { storage } = setUp()
        const seen = [0, 0, 0]
        let stored = { rev: 0, name: '' }
        for (const [i, [tab, reload]] of turns.entries()) {
          if (reload) seen[tab] = stored.rev
          const result = await storage.save('a', seen[tab] ?? 0, named(`save ${i}`))
          expect(result.ok).toBe(seen[tab] === stored.rev)
          if (result.ok) {
            stored = { rev: result.saved.rev, name: `save ${i}` }
            seen[tab] = stored.rev
          }
          const now = await storage.load('a')
          expect(now).toMatchObject({ value: stored.rev === 0 ? null : stored })
        }
      }),
    )
  })
})

describe('continue list', () => {
  test('says how long ago, and how many more there are', async () => {
    const { storage, wait } = setUp()
    await storage.save('a', 0, named('A'))
    wait(2 * 86_400_000)
    await storage.save('b', 0, named(' '))
    wait(300_000)
    await storage.save('c', 0, named('C'))
    expect(await continueList(storage, 1_000_000 + 2 * 86_400_000 + 300_000, 2)).toMatchObject({
      ok: true,
      more: 1,
      documents: [
        { id: 'c', title: 'C', saved: 'just now' },
        { id: 'b', title: 'Untitled', saved: '5 minutes ago' },
      ],
    })
    const all = await continueList(storage, 1_000_000 + 3 * 86_400_000)
    expect(all).toMatchObject({ ok: true, more: 0, documents: [{}, { saved: 'yesterday' }, { saved: '3 days ago' }] })
  })
})
