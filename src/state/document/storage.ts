/**
 * Documents in this browser, each under an id of its own, so that two scenarios never overwrite each other.
 * Every save names the revision it grew from; a save from any other revision is refused and reported.
 */
import type { Scenario } from '../../model/scenario'
import type { Backend } from './backend'

/** How many older versions a document keeps. */
export const VERSION_LIMIT = 20
/** A save sets aside what it replaces when the newest version is so many ms old: a minute apart, and before pauses. */
export const VERSION_EVERY_MS = 60_000

export interface DocumentSummary {
  readonly id: string
  /** Counts saves, from 1. */
  readonly rev: number
  readonly name: string
  /** ms since 1970. */
  readonly savedAt: number
}

/** As stored, perhaps by another version of the app: `scenario` has to pass the gate. */
export interface DocumentRecord extends DocumentSummary {
  readonly scenario: unknown
}

export type SaveResult =
  | { ok: true; saved: DocumentSummary }
  /** `theirs`: what is stored, where someone else saved; `null` where someone deleted it. */
  | { ok: false; reason: 'conflict'; theirs: DocumentSummary | null }
  | { ok: false; reason: 'quota' | 'no-storage' }

export type Stored<T> = { ok: true; value: T } | { ok: false; reason: 'no-storage' }

export interface DocumentStorage {
  /** Newest first. */
  list(): Promise<Stored<readonly DocumentSummary[]>>
  /** `null`: no such document. */
  load(id: string): Promise<Stored<DocumentRecord | null>>
  /** `baseRev`: the revision the scenario grew from, 0 for a new document. */
  save(id: string, baseRev: number, scenario: Scenario): Promise<SaveResult>
  remove(id: string): Promise<Stored<null>>
  /** Older versions, newest first. To restore one, edit the document to it: that can be undone. */
  versions(id: string): Promise<Stored<readonly DocumentRecord[]>>
}

const summaryKey = (id: string) => `summary/${id}`
const recordKey = (id: string) => `record/${id}`
const versionsKey = (id: string) => `versions/${id}`

/** `now`: ms since 1970. */
export function createStorage(backend: Backend, now: () => number): DocumentStorage {
  return {
    list: async () =>
      attempt(async () => {
        const summaries = (await backend.readAll('summary/')).filter(isSummary)
        return summaries.sort((a, b) => b.savedAt - a.savedAt || (a.id < b.id ? -1 : 1))
      }),
    load: async (id) =>
      attempt(async () => {
        const record = await backend.read(recordKey(id))
        return isRecord(record) ? record : null
      }),
    save: async (id, baseRev, scenario) => save(backend, now, id, baseRev, scenario),
    remove: async (id) =>
      attempt(async () => {
        const keys = [summaryKey(id), recordKey(id), versionsKey(id)]
        await backend.update([], () => new Map(keys.map((key) => [key, undefined])))
        return null
      }),
    versions: async (id) => attempt(async () => versionList(await backend.read(versionsKey(id)))),
  }
}

async function save(
  backend: Backend,
  now: () => number,
  id: string,
  baseRev: number,
  scenario: Scenario,
): Promise<SaveResult> {
  let result: SaveResult = { ok: false, reason: 'no-storage' }
  try {
    await backend.update([recordKey(id), versionsKey(id)], ([stored, storedVersions]) => {
      const current = isRecord(stored) ? stored : null
      if ((current?.rev ?? 0) !== baseRev) {
        result = { ok: false, reason: 'conflict', theirs: current === null ? null : summaryOf(current) }
        return new Map()
      }
      const saved: DocumentSummary = { id, rev: baseRev + 1, name: scenario.name, savedAt: now() }
      result = { ok: true, saved }
      const writes = new Map<string, unknown>([
        [summaryKey(id), saved],
        [recordKey(id), { ...saved, scenario }],
      ])
      const versions = versionList(storedVersions)
      const newest = versions[0]
      if (current !== null && (newest === undefined || saved.savedAt - newest.savedAt >= VERSION_EVERY_MS)) {
        writes.set(versionsKey(id), [current, ...versions].slice(0, VERSION_LIMIT))
      }
      return writes
    })
  } catch (error) {
    return { ok: false, reason: isQuota(error) ? 'quota' : 'no-storage' }
  }
  return result
}

async function attempt<T>(work: () => Promise<T>): Promise<Stored<T>> {
  try {
    return { ok: true, value: await work() }
  } catch {
    return { ok: false, reason: 'no-storage' }
  }
}

function isQuota(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'QuotaExceededError'
}

function summaryOf({ id, rev, name, savedAt }: DocumentSummary): DocumentSummary {
  return { id, rev, name, savedAt }
}

function isSummary(value: unknown): value is DocumentSummary {
  if (typeof value !== 'object' || value === null) return false
  const { id, rev, name, savedAt } = value as { readonly [key: string]: unknown }
  return typeof id === 'string' && typeof rev === 'number' && typeof name === 'string' && typeof savedAt === 'number'
}

function isRecord(value: unknown): value is DocumentRecord {
  return isSummary(value) && 'scenario' in value
}

function versionList(value: unknown): readonly DocumentRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
