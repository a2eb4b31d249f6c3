/** What is wrong with a query, where, and what to write instead. */
export class QueryProblem extends Error {
  /** Offset in the query. */
  readonly at: number
  readonly length: number

  constructor(message: string, at: number, length = 1) {
    super(message)
    this.at = at
    this.length = length
  }
}

/** Line and column of an offset, both from 1. */
export function placeOf(query: string, at: number): { line: number; column: number } {
  const before = query.slice(0, at).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
