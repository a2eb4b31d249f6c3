import { useState } from 'react'

export interface TextDraft {
  text: string
  problem: string | undefined
  edit: (text: string) => void
  /** Hands a valid, changed text to `onCommit`; an invalid one stays and shows its problem. */
  commit: () => void
  revert: () => void
  dirty: boolean
}

/** Holds what is typed until it is committed; a value that changes from outside (undo) replaces the draft. */
export function useTextDraft(
  value: string,
  onCommit: ((value: string) => void) | undefined,
  onInput: ((value: string) => void) | undefined,
  validate: ((value: string) => string | undefined) | undefined,
): TextDraft {
  const [draft, setDraft] = useState<string | null>(null)
  const [seen, setSeen] = useState(value)
  const [tried, setTried] = useState(false)
  if (seen !== value) {
    setSeen(value)
    setDraft(null)
    setTried(false)
  }
  const text = draft ?? value
  const found = draft === null ? undefined : validate?.(draft)
  return {
    text,
    problem: tried ? found : undefined,
    dirty: draft !== null,
    edit(next) {
      setDraft(next)
      onInput?.(next)
    },
    commit() {
      if (draft === null) return
      if (found !== undefined) {
        setTried(true)
        return
      }
      setDraft(null)
      setTried(false)
      if (draft !== value) onCommit?.(draft)
    },
    revert() {
      setDraft(null)
      setTried(false)
    },
  }
}
