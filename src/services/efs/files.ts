import type { Stateful } from '../../kernel/stateful'
import type { Json } from '../../model/scenario'

export interface StoredFile {
  /** MB */
  readonly size: number
  /** What was written; null when the step says a size alone. */
  readonly content: Json
  /** µs of the last write. */
  readonly at: number
}

/** Files by path. Entries are replaced, never changed, so that an image may share them. */
export class Files implements Stateful {
  #files = new Map<string, StoredFile>()

  get(path: string): StoredFile | undefined {
    return this.#files.get(path)
  }
  put(path: string, file: StoredFile): void {
    this.#files.set(path, file)
  }
  clear(): void {
    this.#files.clear()
  }
  entries(): [string, StoredFile][] {
    return [...this.#files]
  }
  /** MB of all. */
  size(): number {
    let sum = 0
    for (const { size } of this.#files.values()) sum += size
    return sum
  }
  /** Whether something lies below a directory. */
  has(directory: string): boolean {
    for (const path of this.#files.keys()) if (path.startsWith(`${directory}/`)) return true
    return false
  }

  save(): Map<string, StoredFile> {
    return new Map(this.#files)
  }
  load(image: unknown): void {
    this.#files = new Map(image as Map<string, StoredFile>)
  }
}
