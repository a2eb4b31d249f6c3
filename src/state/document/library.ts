/** The "continue" list of the start page. */
import type { DocumentStorage, DocumentSummary } from './storage'

const CONTINUE_LIMIT = 12

export interface RecentDocument extends DocumentSummary {
  /** `Untitled` where the scenario has no name. */
  readonly title: string
  /** `5 minutes ago`, `yesterday`. */
  readonly saved: string
}

export type ContinueList =
  /** `more`: how many older documents the list leaves out. */
  { ok: true; documents: readonly RecentDocument[]; more: number } | { ok: false; message: string }

/** Documents of this browser, newest first. `now`: ms since 1970. */
export async function continueList(
  storage: DocumentStorage,
  now: number,
  limit = CONTINUE_LIMIT,
): Promise<ContinueList> {
  const stored = await storage.list()
  if (!stored.ok) return { ok: false, message: 'This browser lets this page store nothing. Open a file instead.' }
  const documents = stored.value.slice(0, limit).map((summary) => ({
    ...summary,
    title: summary.name.trim() === '' ? 'Untitled' : summary.name,
    saved: ago(summary.savedAt, now),
  }))
  return { ok: true, documents, more: Math.max(0, stored.value.length - limit) }
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How long before `now` something was, in words; both in ms since 1970. */
export function ago(then: number, now: number): string {
  const elapsed = now - then
  const unit = UNITS.find(([, ms]) => elapsed >= ms)
  if (unit === undefined) return 'just now'
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  return words.format(-Math.floor(elapsed / unit[1]), unit[0])
}
