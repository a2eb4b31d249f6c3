import { useEffect, useState } from 'react'
import { fieldsOf } from '../../../state/run/logs/fields'
import { parseQuery } from '../../../state/run/logs/insights/parse'
import { placeOf, QueryProblem } from '../../../state/run/logs/insights/problem'
import { QueryRun, type QueryResult } from '../../../state/run/logs/insights/run'
import type { LineWriter } from '../../../state/run/logs/lines'
import { LogView, type LogFilter } from '../../../state/run/logs/logView'

/** Lines read per slice, and at most. */
const SLICE = 5_000
export const MOST_LINES = 500_000

export interface Asked {
  readonly query: string
  /** Lines after this time are not looked at (µs). */
  readonly until: number
}
export interface Answer {
  readonly result: QueryResult | null
  /** What is wrong, with line and column. */
  readonly problem: { readonly text: string; readonly at: number; readonly length: number } | null
  /** Lines read so far of a query under way; null when it is over. */
  readonly reading: number | null
}

const NOTHING: Answer = { result: null, problem: null, reading: null }

/** Runs a query over the lines that pass a filter, in slices; again when the lines are others or more. */
export function useQuery(writer: LineWriter, filter: LogFilter, asked: Asked | null): Answer {
  const [answer, setAnswer] = useState(NOTHING)
  const { length, complete } = writer.index
  useEffect(() => {
    if (asked === null || !complete) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let run: QueryRun
    try {
      run = new QueryRun(parseQuery(asked.query))
    } catch (error) {
      setAnswer({ result: null, problem: told(asked.query, error), reading: null })
      return undefined
    }
    const view = new LogView(writer, filter)
    let next = 0
    const slice = (): void => {
      view.scan(SLICE)
      for (; next < view.lines.length && next < MOST_LINES; next++) {
        const position = view.lines.at(next)
        if (writer.index.at.at(position) > asked.until) break
        run.feed(fieldsOf(writer, position), position)
      }
      const over = view.complete || next >= MOST_LINES || next < view.lines.length
      setAnswer((last) =>
        over
          ? { result: run.finish(), problem: null, reading: null }
          : { ...last, problem: null, reading: run.scanned },
      )
      if (!over) timer = setTimeout(slice, 0)
    }
    slice()
    return () => clearTimeout(timer)
  }, [writer, filter, asked, length, complete])
  return asked === null ? NOTHING : answer
}

function told(query: string, error: unknown): NonNullable<Answer['problem']> {
  if (!(error instanceof QueryProblem)) throw error
  const { line, column } = placeOf(query, error.at)
  return { text: `Line ${line}, column ${column}: ${error.message}`, at: error.at, length: error.length }
}
