import { useEffect, useMemo, useState } from 'react'
import { fieldsOf } from '../../../state/run/logs/fields'
import type { Query } from '../../../state/run/logs/insights/ast'
import { parseQuery } from '../../../state/run/logs/insights/parse'
import { placeOf, QueryProblem } from '../../../state/run/logs/insights/problem'
import { QueryRun, type QueryResult } from '../../../state/run/logs/insights/run'
import type { LineWriter } from '../../../state/run/logs/lines'
import { LogView, type LogFilter } from '../../../state/run/logs/logView'
import { inSlices } from './slices'

/** Lines read at most, and between two looks at the clock. */
export const MOST_LINES = 2_000_000
const STEP = 10

export interface Asked {
  readonly query: string
  /** Lines after this time are not looked at (µs). */
  readonly until: number
}
/** What is wrong with a query, with line and column in words, and where it stands. */
export interface Problem {
  readonly text: string
  readonly at: number
  readonly length: number
}
export interface Answer {
  readonly result: QueryResult | null
  readonly problem: Problem | null
  /** Lines read so far of a query under way; null when it is over. */
  readonly reading: number | null
}

const NOTHING: Answer = { result: null, problem: null, reading: null }

/** Runs a query over the lines that pass a filter, a few milliseconds at a time; again when the lines are others or more. */
export function useQuery(writer: LineWriter, filter: LogFilter, asked: Asked | null): Answer {
  const [answer, setAnswer] = useState(NOTHING)
  const { length, complete } = writer.index
  const parsed = useMemo(() => (asked === null ? null : read(asked.query)), [asked])
  useEffect(() => {
    if (asked === null || parsed?.query === undefined || !complete) return undefined
    const run = new QueryRun(parsed.query)
    const view = new LogView(writer, filter)
    let next = 0
    const step = (): boolean => {
      view.scan(STEP)
      for (; next < view.lines.length && next < MOST_LINES; next++) {
        const position = view.lines.at(next)
        if (writer.index.at.at(position) > asked.until) return false
        run.feed(fieldsOf(writer, position), position)
      }
      return !view.complete && next < MOST_LINES
    }
    return inSlices(
      step,
      () => setAnswer(({ result }) => ({ result, problem: null, reading: run.scanned })),
      () => setAnswer({ result: run.finish(), problem: null, reading: null }),
    )
    // `length`: the index grows in place
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [writer, filter, asked, parsed, length, complete])
  if (parsed === null) return NOTHING
  return parsed.problem === undefined ? answer : { result: null, problem: parsed.problem, reading: null }
}

type Parsed =
  { readonly query: Query; readonly problem?: never } | { readonly problem: Problem; readonly query?: never }

function read(query: string): Parsed {
  try {
    return { query: parseQuery(query) }
  } catch (error) {
    if (!(error instanceof QueryProblem)) throw error
    const { line, column } = placeOf(query, error.at)
    const { message, at, length } = error
    return { problem: { text: `Line ${line}, column ${column}: ${message}`, at, length } }
  }
}
