/** What was typed and not applied, kept while the page is open. */

interface Draft {
  /** The pattern in the document when it was typed. */
  readonly base: string
  readonly text: string
}

const MOST = 50
const drafts = new Map<string, Draft>()

/** The text typed before for a property, if the document still says what it said then. */
export function draftOf(property: string, base: string): string | null {
  const found = drafts.get(property)
  return found?.base === base && found.text !== base ? found.text : null
}

export function keepDraft(property: string, base: string, text: string): void {
  drafts.delete(property)
  if (text === base) return
  drafts.set(property, { base, text })
  const [oldest] = drafts.keys()
  if (drafts.size > MOST && oldest !== undefined) drafts.delete(oldest)
}
