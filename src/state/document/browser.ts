/** What the document stores need of a real browser. Everything else in this folder runs without one. */
import type { AutosaveHost } from './autosave'
import type { LockManagerLike } from './lock'

let persistAsked: Promise<unknown> | null = null

/** Firefox asks the user; once per page load is enough. Undefined outside https and localhost. */
async function persistOnce(): Promise<unknown> {
  const storage: Partial<StorageManager> | undefined = navigator.storage
  persistAsked ??= storage?.persist?.() ?? Promise.resolve(false)
  return persistAsked
}

export function browserHost(): AutosaveHost {
  return {
    now: () => performance.now(),
    later(run, ms) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    onHide(run) {
      const onVisibility = () => {
        if (document.visibilityState === 'hidden') run()
      }
      document.addEventListener('visibilitychange', onVisibility)
      addEventListener('pagehide', run)
      return () => {
        document.removeEventListener('visibilitychange', onVisibility)
        removeEventListener('pagehide', run)
      }
    },
    persist: persistOnce,
  }
}

/** Undefined where the browser has none or hides them (plain http). */
export function browserLocks(): LockManagerLike | undefined {
  const locks: LockManager | undefined = navigator.locks
  if (locks === undefined) return undefined
  return { request: async (name, options, run) => locks.request(name, options, run) }
}

/** 128 random bits in hex. `crypto.randomUUID` is missing on plain http, which classrooms use. */
export function newDocumentId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
