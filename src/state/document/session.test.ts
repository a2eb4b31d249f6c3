import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { ordersScenario } from '../../share/samples'
import { memoryBackend } from './backend'
import type { LockManagerLike } from './lock'
import { createSession } from './session'
import { createStorage } from './storage'
import type { DocumentStorage, SaveResult } from './storage'
import { createTestHost, createTestLocks, settle } from './testHost'

const named = (name: string): Scenario => ({ ...ordersScenario(), name })

function browser(locks: LockManagerLike | undefined = createTestLocks()) {
  const host = createTestHost()
  const real = createStorage(memoryBackend(), () => host.now())
  let isFull = false
  const full: SaveResult = { ok: false, reason: 'quota' }
  const storage: DocumentStorage = { ...real, save: async (...args) => (isFull ? full : real.save(...args)) }
  let ids = 0
  const tab = async () => {
    const session = createSession(named('start'), {
      storage,
      host,
      locks,
      newId: () => `id${ids++}`,
      admit: (stored) =>
        (stored as Scenario).name === 'broken'
          ? { ok: false, message: 'Line 1: no.' }
          : { ok: true, scenario: stored as Scenario },
    })
    await settle()
    await settle()
    return session
  }
  const rename = (session: Awaited<ReturnType<typeof tab>>, name: string) =>
    session.history.edit('Rename', (draft) => void (draft.name = name))
  const storedNames = async () => {
    const list = await storage.list()
    return list.ok ? list.value.map((summary) => summary.name).sort() : null
  }
  return { host, storage, tab, rename, storedNames, fill: (next: boolean) => (isFull = next) }
}

describe('session', () => {
  test('stores nothing before the first edit; undo is saved too', async () => {
    const { host, tab, rename, storedNames } = browser()
    const session = await tab()
    await host.wait(5000)
    expect(await storedNames()).toEqual([])
    rename(session, 'mine')
    await host.wait(400)
    expect(await storedNames()).toEqual(['mine'])
    session.history.undo()
    await host.wait(400)
    expect(await storedNames()).toEqual(['start'])
    expect(session.store.getState()).toMatchObject({ id: 'id0', save: { status: 'saved' }, lock: { mode: 'editing' } })
  })

  test('opening another document saves the present one and forgets its history', async () => {
    const { host, storage, tab, rename, storedNames } = browser()
    await storage.save('other', 0, named('other'))
    const session = await tab()
    rename(session, 'mine')
    expect(await session.open('other')).toEqual({ ok: true })
    await host.wait(400)
    expect(await storedNames()).toEqual(['mine', 'other'])
    expect(session.history.get().name).toBe('other')
    expect(session.history.undo()).toBeNull()
    rename(session, 'other two')
    await host.wait(400)
    expect(await storedNames()).toEqual(['mine', 'other two'])
  })

  test('a document that does not pass the gate, or is gone, leaves the present one', async () => {
    const { storage, tab, rename } = browser()
    await storage.save('bad', 0, named('broken'))
    const session = await tab()
    rename(session, 'mine')
    expect(await session.open('bad')).toEqual({ ok: false, reason: 'refused', message: 'Line 1: no.' })
    expect(await session.open('gone')).toMatchObject({ ok: false, message: expect.stringContaining('deleted') })
    expect(session.history.get().name).toBe('mine')
    expect(session.history.undo()).toBe('Rename')
  })

  test('leaving a document that cannot be saved asks first, and never writes the next one under its id', async () => {
    const { host, tab, rename, storedNames, fill } = browser()
    const session = await tab()
    rename(session, 'mine')
    await host.wait(400)
    fill(true)
    rename(session, 'mine, unsaved')
    expect(await session.begin(named('next'))).toMatchObject({ ok: false, reason: 'not-saved' })
    expect(session.history.get().name).toBe('mine, unsaved')
    fill(false)
    rename(session, 'mine again')
    fill(true)
    expect(await session.begin(named('next'), true)).toEqual({ ok: true })
    fill(false)
    await host.wait(5000)
    expect(await storedNames()).toEqual(['mine'])
    await session.keep()
    expect(await storedNames()).toEqual(['mine', 'next'])
  })

  test('a begun document is stored by keep', async () => {
    const { tab, storedNames } = browser()
    const session = await tab()
    await session.begin(named('from a link'))
    await settle()
    expect(await session.keep()).toEqual({ status: 'saved' })
    expect(await storedNames()).toEqual(['from a link'])
  })

  test('two tabs: the second reads, takes over with the latest, and nothing is overwritten', async () => {
    const { host, storage, tab, rename, storedNames } = browser()
    await storage.save('a', 0, named('v1'))
    const [one, two] = [await tab(), await tab()]
    await one.open('a')
    await settle()
    await two.open('a')
    await host.wait(0)
    expect(two.store.getState().lock).toMatchObject({ mode: 'read-only', reason: 'other-tab' })
    rename(one, 'v2 of one')
    await host.wait(400)
    expect(await two.takeOver()).toEqual({ ok: true })
    await host.wait(0)
    expect(two.history.get().name).toBe('v2 of one')
    expect(one.store.getState().lock).toMatchObject({ mode: 'read-only', reason: 'taken-over' })
    rename(two, 'v3 of two')
    rename(one, 'too late')
    await host.wait(5000)
    expect(await storedNames()).toEqual(['v3 of two'])
    expect(one.store.getState().save).toMatchObject({ status: 'not-saved', reason: 'read-only' })
    await one.duplicate()
    await host.wait(400)
    expect(await storedNames()).toEqual(['too late', 'v3 of two'])
  })

  test('without locks the revision check keeps both', async () => {
    const { host, storage, tab, rename, storedNames } = browser({
      request: async () => {
        throw new Error('none')
      },
    })
    await storage.save('a', 0, named('v1'))
    const [one, two] = [await tab(), await tab()]
    await one.open('a')
    await two.open('a')
    await settle()
    rename(one, 'of one')
    await host.wait(400)
    rename(two, 'of two')
    await host.wait(400)
    expect(two.store.getState().save).toMatchObject({ status: 'not-saved', reason: 'conflict' })
    await two.duplicate()
    await host.wait(400)
    expect(await storedNames()).toEqual(['of one', 'of two'])
    expect(await two.reload()).toEqual({ ok: true })
  })
})
