/** The little that storage needs of a database: keys, prefixes, and a read-then-write nobody can come between. */
import { createStore, promisifyRequest } from 'idb-keyval'

export interface Backend {
  read(key: string): Promise<unknown>
  /** Values of all keys that begin with `prefix`. */
  readAll(prefix: string): Promise<readonly unknown[]>
  /**
   * One transaction: reads `keys`, hands the values over in that order, writes what comes back (`undefined` deletes).
   * `change` is synchronous. When it throws, nothing is written.
   */
  update(keys: readonly string[], change: (values: readonly unknown[]) => ReadonlyMap<string, unknown>): Promise<void>
}

/** IndexedDB. Every method rejects when the browser has none or refuses it (private windows, blocked cookies). */
export function indexedDbBackend(database = 'coldstart'): Backend {
  const store = createStore(database, 'documents')
  return {
    read: async (key) => store('readonly', (objects) => promisifyRequest<unknown>(objects.get(key))),
    readAll: async (prefix) =>
      store('readonly', (objects) =>
        promisifyRequest<unknown[]>(objects.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`))),
      ),
    update: async (keys, change) =>
      store('readwrite', async (objects) => {
        const done = promisifyRequest(objects.transaction)
        try {
          const values = await Promise.all(keys.map(async (key) => promisifyRequest<unknown>(objects.get(key))))
          for (const [key, value] of change(values)) {
            if (value === undefined) objects.delete(key)
            else objects.put(value, key)
          }
        } catch (error) {
          abort(objects.transaction)
          await done.catch(() => undefined)
          throw error
        }
        await done
      }),
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

/** The same in memory: for tests, and for pages that may store nothing. */
export function memoryBackend(): Backend & { readonly values: Map<string, unknown> } {
  const values = new Map<string, unknown>()
  return {
    values,
    read: async (key) => structuredClone(values.get(key)),
    readAll: async (prefix) =>
      [...values.entries()]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, value]) => structuredClone(value)),
    update: async (keys, change) => {
      const written = change(keys.map((key) => structuredClone(values.get(key))))
      for (const [key, value] of written) {
        if (value === undefined) values.delete(key)
        else values.set(key, structuredClone(value))
      }
    },
  }
}
