/** A browser for tests: a clock moved by hand, timers that fire on it, a page that can be hidden, Web Locks. */
import type { AutosaveHost } from './autosave'
import type { LockManagerLike } from './lock'

export interface TestHost extends AutosaveHost {
  /** Moves the clock; timers due on the way fire in order. */
  wait(ms: number): Promise<void>
  hide(): void
  readonly persistCalls: () => number
}

/** Lets everything that waits only for promises go on. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

export function createTestHost(): TestHost {
  let clock = 0
  let persistCalls = 0
  const timers = new Set<{ at: number; run: () => void }>()
  const hideListeners = new Set<() => void>()
  return {
    now: () => clock,
    later(run, ms) {
      const timer = { at: clock + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    onHide(run) {
      hideListeners.add(run)
      return () => hideListeners.delete(run)
    },
    persist: async () => {
      persistCalls++
      throw new Error('denied')
    },
    async wait(ms) {
      const until = clock + ms
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers.delete(due)
        clock = due.at
        due.run()
        await settle()
      }
      clock = until
      await settle()
    },
    hide: () => hideListeners.forEach((run) => run()),
    persistCalls: () => persistCalls,
  }
}

/** Web Locks as the specification has them, for exclusive locks without a queue. */
export function createTestLocks(): LockManagerLike {
  const held = new Map<string, { reject: (error: Error) => void }>()
  return {
    async request(name, options, run) {
      await settle()
      const holder = held.get(name)
      if (holder !== undefined && options.steal !== true) return run(null)
      const stolen = new Error('stolen')
      stolen.name = 'AbortError'
      holder?.reject(stolen)
      return new Promise((resolve, reject) => {
        const me = { reject }
        held.set(name, me)
        void run({ name }).then((value) => {
          if (held.get(name) === me) held.delete(name)
          resolve(value)
        }, reject)
      })
    },
  }
}
