import { describe, expect, test } from 'vitest'
import { createDocumentLock } from './lock'
import type { LockManagerLike } from './lock'
import { createTestLocks, settle } from './testHost'

async function open(locks: LockManagerLike | undefined, id = 'a') {
  const lock = createDocumentLock(id, locks, () => 'copy')
  await settle()
  await settle()
  return { lock, state: () => lock.store.getState() }
}

describe('document lock', () => {
  test('the first tab edits, the second reads, another document is free', async () => {
    const locks = createTestLocks()
    expect((await open(locks)).state()).toEqual({ mode: 'editing' })
    expect((await open(locks)).state()).toEqual({
      mode: 'read-only',
      reason: 'other-tab',
      message: 'Read-only: another tab edits this scenario. Take over, or duplicate it.',
    })
    expect((await open(locks, 'b')).state()).toEqual({ mode: 'editing' })
  })

  test('taking over makes the first tab read-only, and it can take the document back', async () => {
    const locks = createTestLocks()
    const one = await open(locks)
    const two = await open(locks)
    await two.lock.takeOver()
    await settle()
    expect(two.state()).toEqual({ mode: 'editing' })
    expect(one.state()).toMatchObject({ mode: 'read-only', reason: 'taken-over' })
    await one.lock.takeOver()
    await settle()
    expect(one.state()).toEqual({ mode: 'editing' })
    expect(two.state()).toMatchObject({ mode: 'read-only', reason: 'taken-over' })
  })

  test('a duplicate is edited under its own id while the other tab keeps the document', async () => {
    const locks = createTestLocks()
    const one = await open(locks)
    const two = await open(locks)
    expect(await two.lock.duplicate()).toBe('copy')
    expect(two.lock.id()).toBe('copy')
    expect([one.state(), two.state()]).toEqual([{ mode: 'editing' }, { mode: 'editing' }])
    expect((await open(locks, 'copy')).state()).toMatchObject({ mode: 'read-only' })
  })

  test('a released document is free again, even when released before the answer', async () => {
    const locks = createTestLocks()
    const one = await open(locks)
    one.lock.release()
    await settle()
    expect((await open(locks)).state()).toEqual({ mode: 'editing' })
    const early = createDocumentLock('c', locks, () => 'copy')
    expect(early.store.getState()).toEqual({ mode: 'waiting' })
    early.release()
    await settle()
    await settle()
    expect((await open(locks, 'c')).state()).toEqual({ mode: 'editing' })
  })

  test('without Web Locks, or where they are refused, the tab takes itself to be the only one', async () => {
    const one = await open(undefined)
    expect(one.state()).toEqual({ mode: 'editing' })
    await one.lock.takeOver()
    expect(await one.lock.duplicate()).toBe('copy')
    expect(one.state()).toEqual({ mode: 'editing' })
    const refusing = await open({
      request: async () => {
        throw new DOMException('no', 'SecurityError')
      },
    })
    expect(refusing.state()).toEqual({ mode: 'editing' })
  })
})
