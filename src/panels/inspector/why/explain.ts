/** The causal chain of a row as the steps of "Why?": what happened in bold, what followed, when. */
import { RowKind } from '../../../model/recording'
import type { ChainStep } from '../../../ui/Chain'
import type { Row, Told } from '../types'

export interface Explanation {
  readonly steps: readonly ChainStep[]
  /** How many steps in the middle are folded away. */
  readonly folded: number
  /** Fact-sheet rows and pages of AWS the sentences rest on, without repeats. */
  readonly sources: readonly string[]
  /** µs from the first cause to the row. */
  readonly took: number
  /** The last step without its full stop, for a heading. */
  readonly headline: string
}

const HEAD = 2
const TAIL = 6
/** Rows of the fact sheet and pages of AWS in brackets: `(LAM-45, docs.aws.amazon.com/lambda/...)`. */
const SOURCES = /\s*\(((?:(?:[A-Z]{2,}[A-Z-]*-\d+b?|docs\.aws\.amazon\.com\/[\w./-]+)(?:,\s*)?)+)\)/g

/** `rows`: oldest first, the row asked about last. `told` says what a row tells. */
export function explain(rows: readonly Row[], told: (row: Row) => Told, unfold = false): Explanation {
  const sources = new Set<string>()
  const steps: ChainStep[] = []
  rows.forEach((row, index) => {
    // what a counter showed is a consequence already told
    if (row.kind === RowKind.level && index < rows.length - 1) return
    const { time, text } = told(row)
    for (const match of text.matchAll(SOURCES)) for (const id of (match[1] ?? '').split(/,\s*/)) sources.add(id)
    const [cause, consequence] = halves(text.replaceAll(SOURCES, ''))
    const before = steps.at(-1)
    if (before?.cause === cause && before.consequence === consequence) steps.pop()
    steps.push({ id: String(row.index), time: shortTime(time), cause, ...(consequence === '' ? {} : { consequence }) })
  })
  const fold = !unfold && steps.length > HEAD + TAIL + 1
  const folded = fold ? steps.length - HEAD - TAIL : 0
  const first = rows[0]
  const last = rows.at(-1)
  return {
    steps: fold ? [...steps.slice(0, HEAD), ...steps.slice(-TAIL)] : steps,
    folded,
    sources: [...sources],
    took: first !== undefined && last !== undefined ? last.at - first.at : 0,
    headline: String(steps.at(-1)?.cause ?? '').replace(/[.:]$/, ''),
  }
}

/** The clause that matters, and the rest: cut after the first colon or full stop. */
export function halves(sentence: string): [string, string] {
  const cut = /^(.*?(?::(?=\s)|\.(?=\s)))\s+(.*)$/.exec(sentence.trim())
  return cut ? [cut[1] ?? '', cut[2] ?? ''] : [sentence.trim(), '']
}

/** `02:14.318` -> `14.318` within the first minute's width; hours stay. */
const shortTime = (time: string): string =>
  /^\d\d:\d\d\.\d+$/.test(time) && time.startsWith('00:') ? time.slice(3) : time
